"""An address that a router was given by the provider at its WAN port."""

from ipaddress import IPv4Address, IPv4Interface

import msgspec


class Lease(msgspec.Struct, frozen=True):
    """A lease of DHCP, or what a provider's PPP server gave.

    Attributes:
        address: with the length of the network's prefix, `100.64.0.10/24`.
        gateway: the provider's router.
        name_servers: of the provider.
    """

    address: str
    gateway: str
    name_servers: tuple[str, ...] = ()

    @property
    def interface(self) -> IPv4Interface:
        """The address and its network."""
        return IPv4Interface(self.address)

    @property
    def next_hop(self) -> IPv4Address:
        """The provider's router."""
        return IPv4Address(self.gateway)
