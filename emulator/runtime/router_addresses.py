"""Addresses of a world's routers on this machine: one loopback address a device, given once and kept.

An address is given in the order of the rack when a world is first served, or when a client first asks for a router that
was racked since; a device that leaves the rack keeps its own. The addresses are part of the world, so giving them is an
input of it.
"""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address

from emulator.kernel.errors import Refused
from emulator.router.device import Router
from emulator.world.inputs import AddressesGiven
from emulator.world.saved_file import Rack
from emulator.world.world import World

FIRST = int(IPv4Address("127.1.0.0"))
HOSTS = 250
"""Hosts of one block of 256 addresses, so that no address ends in 0 or 255."""

MOST = HOSTS << 8


def address_of(number: int) -> str:
    """Loopback address by its number: `127.1.0.1` for 0."""
    block, host = divmod(number, HOSTS)
    return str(IPv4Address(FIRST + (block << 8) + host + 1))


def numbers_for(devices: Iterable[str], given: Mapping[str, int]) -> dict[str, int]:
    """Number the devices that have no address yet, in their order."""
    new = [device for device in devices if device not in given]
    return {device: number for number, device in enumerate(new, len(given))}


def first_addresses(names: Iterable[str]) -> dict[str, str]:
    """Addresses of the routers of a world that is not made yet, by name, in the order of its rack."""
    return {name: address_of(number) for number, name in enumerate(names)}


def addresses_in(rack: Rack) -> dict[str, str]:
    """Addresses of the routers of a saved world, also of those that were never served, by name."""
    devices = {name: str(router.udi) for name, router in rack.routers.items()}
    numbers = rack.addresses | numbers_for(devices.values(), rack.addresses)
    return {name: address_of(numbers[device]) for name, device in devices.items()}


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
        new = numbers_for((str(router.state.udi) for router in self._world.routers.values()), self._numbers)
        if len(self._numbers) + len(new) > MOST:
            raise Refused(f"there are loopback addresses for {MOST} devices, and this world has had more")
        if new:
            with self._world.sink.taking(AddressesGiven()):
                self._numbers |= new
        self._names = {self._numbers[str(router.state.udi)]: name for name, router in self._world.routers.items()}

    def of(self, router: Router) -> str:
        """The address of a router: `127.1.0.1`."""
        return address_of(self._numbers[str(router.state.udi)])

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
