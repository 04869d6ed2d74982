"""The addresses that a configuration gives, and what an address and a mask have to be for a device to take them.

R: a host's address is neither of network 0 nor of 127 nor above 223, a mask is ones and then zeros; two networks
overlap if one lies in the other, whatever their lengths; VRFs have networks of their own. I: an interface that is held
down has no part in it. Left out: an overlap with an address that was leased, and of two addresses of one interface.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

import msgspec

from emulator.router.configuration import Section
from emulator.router.network.host import Host
from emulator.router.network.views import ADMINISTRATIVELY_DOWN, SECONDARY, derived_standing, interface_names

FIRST_MULTICAST = 224
LOOPBACK = 127


class Assigned(msgspec.Struct, frozen=True):
    """An address that a line of an interface gives it."""

    interface: str
    address: IPv4Interface
    secondary: bool = False


def assigned(router: Host) -> Iterator[Assigned]:
    """Yield all addresses by the names of their interfaces, the primary address of each first."""
    for name in interface_names(router):
        section = router.configuration.sections.get(f"interface {name}")
        if section is not None:
            yield from addresses_of(section, name)


def addresses_of(section: Section, name: str) -> Iterator[Assigned]:
    """Yield the addresses of one interface; a line with an invalid mask gives none."""
    primary = section.lines.get("ip address", "")
    others = [line for key, line in section.lines.items() if key.startswith(SECONDARY)]
    for line in (primary, *others):
        words = line.split()
        if len(words) < 4 or (length := mask_length(words[3])) is None:
            continue
        try:
            yield Assigned(name, IPv4Interface((words[2], length)), line is not primary)
        except ValueError:
            continue


def overlapping(router: Host, interface: str, network: IPv4Network) -> Assigned | None:
    """Find the address of another interface of the same VRF whose network overlaps with this one; None if none does."""
    vrf = vrf_of(router, interface)
    fitting = (
        each
        for each in assigned(router)
        if each.interface != interface
        and each.address.network.overlaps(network)
        and vrf_of(router, each.interface) == vrf
        and not is_held_down(router, each.interface)
    )
    return next(fitting, None)


def is_held_down(router: Host, interface: str) -> bool:
    """Tell whether the configuration holds an interface down, or the one that it is a part of."""
    return derived_standing(router, interface)[0] == ADMINISTRATIVELY_DOWN


def vrf_of(router: Host, interface: str) -> str:
    """Name of an interface's VRF; empty for the router's own table."""
    section = router.configuration.sections.get(f"interface {interface}")
    return section.word("ip vrf forwarding") or section.word("vrf forwarding") if section is not None else ""


def is_host(address: str) -> bool:
    """Tell whether a host can have an address, whatever the mask."""
    first = int(address.partition(".")[0])
    return 0 < first < FIRST_MULTICAST and first != LOOPBACK


def mask_length(mask: str) -> int | None:
    """Length of a mask; None if ones follow zeros, or it is no mask at all."""
    try:
        bits = f"{int(IPv4Address(mask)):032b}"
    except ValueError:
        return None
    length = len(bits.rstrip("0"))
    return length if "0" not in bits[:length] else None


def natural_length(address: str) -> int:
    """Length of the mask of an address's class; 32 without a class."""
    first = int(address.partition(".")[0])
    return 8 if first < 128 else 16 if first < 192 else 24 if first < FIRST_MULTICAST else 32


def is_network(address: str, mask: str) -> bool:
    """Tell whether an address has no bits outside of its mask."""
    length = mask_length(mask)
    return length is not None and not int(IPv4Address(address)) & ((1 << (32 - length)) - 1)
