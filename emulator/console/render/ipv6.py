"""IPv6 interfaces and routes: addresses of the configuration, and the link-local one that the MAC address makes.

R: forms; what the router joins on its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv6Address, IPv6Interface, IPv6Network

import msgspec

from emulator.console.wording import text_file
from emulator.router.configuration import Block, Configuration
from emulator.router.network.views import InterfaceView

ALL_NODES, ALL_ROUTERS = "FF02::1", "FF02::2"
MULTICAST = IPv6Network("ff00::/8")
LINK_LOCAL = int(IPv6Address("fe80::"))


def link_local(view: InterfaceView, section: Block) -> IPv6Address:
    """Link-local address: the one that is configured, or that of the interface's MAC address."""
    for line in section.lines.values():
        words = line.split()
        if words[:2] == ["ipv6", "address"] and words[-1] == "link-local":
            return IPv6Address(words[2])
    return IPv6Address(LINK_LOCAL | _identifier(view.hardware))


def _identifier(hardware: str) -> int:
    """Modified EUI-64 of a MAC address."""
    mac = int(hardware.replace(".", ""), 16)
    return ((mac >> 24) ^ 0x020000) << 40 | 0xFFFE << 24 | mac & 0xFFFFFF


def addresses(view: InterfaceView, section: Block) -> list[IPv6Interface]:
    """Global addresses of an interface."""
    found = []
    for line in section.lines.values():
        words = line.split()
        if words[:2] == ["ipv6", "address"] and "/" in words[2]:
            address = IPv6Interface(words[2])
            if words[-1] == "eui-64":
                whole = int(address.network.network_address) | _identifier(view.hardware)
                address = IPv6Interface((whole, address.network.prefixlen))
            found.append(address)
    return found


def enabled(section: Block) -> bool:
    """Tell whether IPv6 runs on an interface."""
    return any(line == "ipv6 enable" or line.startswith("ipv6 address ") for line in section.lines.values())


def show_ipv6_interface(view: InterfaceView, section: Block, *, routing: bool) -> str:
    """Block of an interface on which IPv6 runs; empty for another."""
    if not enabled(section):
        return ""
    listed = addresses(view, section)
    known = "".join(_unicast(each) for each in listed)
    return text_file(
        "ipv6_interface",
        name=view.name,
        status=view.status,
        protocol=view.protocol,
        local=_shown(link_local(view, section)),
        unicast=f"  Global unicast address(es):\n{known}" if listed else "  No global unicast address is configured\n",
        groups="".join(f"    {each}\n" for each in _groups(view, section, routing=routing)),
        mtu=section.word("ipv6 mtu") or section.word("mtu") or "1500",
    )


def _unicast(address: IPv6Interface) -> str:
    network = address.network
    return f"    {_shown(address.ip)}, subnet is {_shown(network.network_address)}/{network.prefixlen} \n"


def _groups(view: InterfaceView, section: Block, *, routing: bool) -> Iterator[str]:
    yield ALL_NODES
    if routing:
        yield ALL_ROUTERS
    parts = {
        int(each) & 0xFFFFFF for each in (link_local(view, section), *(one.ip for one in addresses(view, section)))
    }
    yield from sorted(f"FF02::1:FF{part >> 16:02X}:{part & 0xFFFF:X}" for part in parts)


def _shown(address: IPv6Address) -> str:
    return str(address).upper()


def show_ipv6_interface_brief(view: InterfaceView, section: Block) -> str:
    """Lines of an interface in `show ipv6 interface brief`."""
    head = f"{view.name:<27s}[{view.status}/{view.protocol}]\n"
    if not enabled(section):
        return f"{head}    unassigned\n"
    listed = [link_local(view, section), *(each.ip for each in addresses(view, section))]
    return head + "".join(f"    {_shown(each)}\n" for each in listed)


class Route6(msgspec.Struct, frozen=True):
    """A route of IPv6: its code, network, distance, and the words behind `via`."""

    code: str
    network: IPv6Network
    distance: int
    via: str


def routes6(views: Iterable[InterfaceView], configuration: Configuration) -> list[Route6]:
    """List the routes that hold: networks and addresses of interfaces that are up, static routes, the multicast one."""
    found = []
    for view in views:
        section = configuration.sections.get(f"interface {view.name}", Block())
        for address in addresses(view, section) if view.protocol.startswith("up") else ():
            found.append(Route6("C", address.network, 0, f"{view.name}, directly connected"))
            found.append(Route6("L", IPv6Network(address.ip), 0, f"{view.name}, receive"))
    if found or any(enabled(section) for section in configuration.sections.values()):
        found.append(Route6("L", MULTICAST, 0, "Null0, receive"))
    up = {view.name for view in views if view.protocol.startswith("up")}
    connected = [each.network for each in found if each.code == "C"]
    found += [*_static6(configuration, connected, up)]
    return sorted(found, key=lambda each: (int(each.network.network_address), each.network.prefixlen, each.code))


def _static6(configuration: Configuration, connected: list[IPv6Network], up: set[str]) -> Iterator[Route6]:
    for line in configuration.lines.values():
        words = line.split()
        if words[:2] != ["ipv6", "route"] or len(words) < 4:
            continue
        interface = words[3] if ":" not in words[3] else ""
        hop = next((word for word in words[3:5] if ":" in word), "")
        numbers = [word for word in words[4:6] if word.isdecimal()]
        reached = (
            interface in up or interface == "Null0"
            if interface
            else any(IPv6Address(hop) in network for network in connected)
        )
        if reached:
            via = ", ".join(each for each in (hop.upper(), interface) if each)
            distance = int(numbers[0]) if numbers else 1
            yield Route6(
                "S", IPv6Network(words[2], strict=False), distance, via if hop else f"{via}, directly connected"
            )


def show_ipv6_route(table: Sequence[Route6]) -> str:
    """Screen of `show ipv6 route`."""
    rows = (
        f"{each.code}   {_shown(each.network.network_address)}/{each.network.prefixlen} [{each.distance}/0]\n"
        f"     via {each.via}\n"
        for each in table
    )
    return text_file("ipv6_route", count=len(table)) + "".join(rows)
