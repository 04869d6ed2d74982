"""The network around the routers: the lab's LAN, the provider of each site, and the little Internet behind.

I: all of it. The lab's file server is in the LAN of every router, and can be reached through the provider too. Every
site has an address of its own in the space that providers share (RFC 6598), 250 sites to a network; the provider's name
server and the licensing service have addresses for documents (RFC 5737).
"""

from collections.abc import Iterator
from ipaddress import IPv4Address

from emulator.router.device import Router
from emulator.router.lease import Lease
from emulator.router.network.routes import has_address, lookup, routes

SERVER_HOST = "192.0.2.10"
"""Address of the lab's file server."""

NAME_SERVER = "198.51.100.53"
SERVICE_NAME, SERVICE_ADDRESS = "tools.cisco.com", "198.51.100.80"
NAMES = {SERVICE_NAME: SERVICE_ADDRESS, "files.lab.example": SERVER_HOST, "mail.lab.example": SERVER_HOST}
"""Addresses of the names that the provider's name server knows."""

INTERNET = frozenset({NAME_SERVER, SERVICE_ADDRESS, SERVER_HOST})
SITES = 250
"""Number of sites in one network of the provider; a site's router is the first host."""

HARDWARE_ADDRESSES = 16
"""Number of addresses of one chassis."""


class SiteNetwork:
    """The network of one world. Implements `router.ports.Network`."""

    def __init__(self, routers: dict[str, Router]) -> None:
        self._routers = routers

    def lease(self, router: str) -> Lease | None:
        """Lease that the provider gives to a site; None while its line is dead."""
        device = self._routers[router]
        if not device.state.online:
            return None
        number = (int(device.state.mac.replace(".", ""), 16) & 0xFFFFFF) // HARDWARE_ADDRESSES
        block, host = divmod(number, SITES)
        network = f"100.{64 + (block >> 8)}.{block & 0xFF}"
        return Lease(f"{network}.{host + 2}/24", f"{network}.1", (NAME_SERVER,))

    def answers(self, router: str, address: str, *, provider: bool) -> bool:
        """Tell whether another host has an address: in the LAN, or behind the provider of the router's site."""
        if provider and (address in INTERNET or address in self._gateways(router)):
            return True
        if not provider and address == SERVER_HOST:
            return True
        return any(has_address(each, address) for each in self._others(router))

    def hops(self, router: str, address: str) -> list[str]:
        """List the addresses at which packets to a host that can be reached arrive in turn; the last one is its own."""
        hops: list[str] = []
        passed: set[str] = set()
        at: Router | None = self._routers[router]
        while at is not None and at.name not in passed:
            passed.add(at.name)
            if has_address(at, address):
                return [*hops[:-1], address]
            route = lookup(routes(at), IPv4Address(address))
            hop = str(route.hop) if route is not None and route.hop is not None else address
            if hop == address:
                break
            hops.append(hop)
            at = next((each for each in self._routers.values() if has_address(each, hop)), None)
        return [*hops, address]

    def resolve(self, name: str) -> str | None:
        """Address of a name on the Internet; None for an unknown name."""
        return NAMES.get(name.lower())

    def _gateways(self, router: str) -> set[str]:
        """The provider's routers: of leases, and the next hops that a customer was told."""
        device = self._routers[router]
        hops = {
            word
            for line in device.configuration.lines.values()
            if line.startswith("ip route ")
            for word in line.split()[4:6]
            if word.count(".") == 3
        }
        return hops | {lease.gateway for lease in device.running.leases.values()}

    def _others(self, router: str) -> Iterator[Router]:
        return (each for name, each in self._routers.items() if name != router)
