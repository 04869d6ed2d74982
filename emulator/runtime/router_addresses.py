"""Where on this machine the routers of a world are: one loopback address a device, given once and kept.

An address is given in the order of the rack when a world is first served, or when a client first asks for a router that
was racked since; a device that leaves the rack keeps its own. The addresses are part of the world, so giving them is an
input of it.
"""

from ipaddress import IPv4Address

from emulator.kernel.errors import Refused
from emulator.router.device import Router
from emulator.world.inputs import AddressesGiven
from emulator.world.world import World

FIRST = int(IPv4Address("127.1.0.0"))
HOSTS = 250
"""Hosts of one block of 256 addresses, so that no address ends in 0 or 255."""

MOST = HOSTS << 8


class RouterAddresses:
    """The addresses of one world's routers."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._numbers = world.state.addresses
        self._names: dict[int, str] = {}
        """Routers by number, as last looked at; who left the rack is found out when somebody asks."""
        self.assign()

    def assign(self) -> None:
        """Give an address to every router that has none yet.

        Raises:
            Refused: there are no more.
        """
        new = [udi for router in self._world.routers.values() if (udi := str(router.state.udi)) not in self._numbers]
        if len(self._numbers) + len(new) > MOST:
            raise Refused(f"there are loopback addresses for {MOST} devices, and this world has had more")
        if new:
            with self._world.sink.taking(AddressesGiven()):
                self._numbers |= {udi: number for number, udi in enumerate(new, len(self._numbers))}
        self._names = {self._numbers[str(router.state.udi)]: name for name, router in self._world.routers.items()}

    def of(self, router: Router) -> str:
        """The address of a router: `127.1.0.1`."""
        block, host = divmod(self._numbers[str(router.state.udi)], HOSTS)
        return str(IPv4Address(FIRST + (block << 8) + host + 1))

    def router_at(self, address: str) -> Router | None:
        """The router at an address, if one is racked there."""
        block, host = divmod(int(IPv4Address(address)) - FIRST, 256)
        if not 0 <= block < 256 or not 0 < host <= HOSTS:
            return None
        number = block * HOSTS + host - 1
        found = self._named(number)
        if found is None:
            self.assign()
            found = self._named(number)
        return found

    def _named(self, number: int) -> Router | None:
        router = self._world.routers.get(self._names.get(number, ""))
        return router if router is not None and self._numbers[str(router.state.udi)] == number else None
