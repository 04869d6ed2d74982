"""IPv6 interfaces and routes: addresses of the configuration, and the link-local one that the MAC address makes.

R: forms; what the router joins on its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from ipaddress import IPv6Address, IPv6Interface, IPv6Network

import msgspec

from emulator.console.render.interfaces.interfaces import protocol_mtu
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


def show_ipv6_interface(view: InterfaceView, sections: Mapping[str, Block], *, routing: bool) -> str:
    """Block of an interface on which IPv6 runs; empty for another."""
    section = sections.get(f"interface {view.name}", Block())
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
        mtu=protocol_mtu(view, sections, "ipv6"),
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


class StaticRoute6(msgspec.Struct, frozen=True):
    """A static route of the configuration: the network, the next hop and the interface, where there is one."""

    network: IPv6Network
    hop: str
    interface: str
    distance: int

    @property
    def via(self) -> str:
        """Words behind `via`, without more."""
        return ", ".join(each for each in (self.hop.upper(), self.interface) if each)


def routes6(views: Iterable[InterfaceView], configuration: Configuration, vrf: str = "") -> list[Route6]:
    """List the routes that hold: networks and addresses of interfaces that are up, static routes, the multicast one.

    `views` are the interfaces of the VRF, or of none.
    """
    views = list(views)
    sections = [configuration.sections.get(f"interface {view.name}", Block()) for view in views]
    found = []
    for view, section in zip(views, sections, strict=True):
        for address in addresses(view, section) if view.protocol.startswith("up") else ():
            found.append(Route6("C", address.network, 0, f"{view.name}, directly connected"))
            found.append(Route6("L", IPv6Network(address.ip), 0, f"{view.name}, receive"))
    if found or any(enabled(section) for section in sections):
        found.append(Route6("L", MULTICAST, 0, "Null0, receive"))
    found += [
        Route6("S", each.network, each.distance, each.via if each.hop else f"{each.via}, directly connected")
        for each in static6(configuration, vrf)
        if _is_reached(each, views, found)
    ]
    return sorted(found, key=lambda each: (int(each.network.network_address), each.network.prefixlen, each.code))


def static6(configuration: Configuration, vrf: str = "") -> Iterator[StaticRoute6]:
    """Static routes of a VRF, or of none, whether they hold or not."""
    start = ["ipv6", "route", *(["vrf", vrf] if vrf else [])]
    for line in configuration.lines.values():
        words = line.split()
        rest = words[len(start) :]
        if words[: len(start)] != start or len(rest) < 2 or rest[0] == "vrf":
            continue
        interface = rest[1] if ":" not in rest[1] else ""
        hop = next((word for word in rest[1:3] if ":" in word), "")
        numbers = [word for word in rest[2:4] if word.isdecimal()]
        distance = int(numbers[0]) if numbers else 1
        yield StaticRoute6(IPv6Network(rest[0], strict=False), hop, interface, distance)


def _is_reached(route: StaticRoute6, views: Iterable[InterfaceView], connected: Iterable[Route6]) -> bool:
    if route.interface:
        return route.interface == "Null0" or any(
            view.name == route.interface and view.protocol.startswith("up") for view in views
        )
    return any(IPv6Address(route.hop) in each.network for each in connected if each.code == "C")


def show_ipv6_route(table: Sequence[Route6], vrf: str = "", updated: str = "") -> str:
    """Screen of `show ipv6 route`; `updated`, if given, stands below each route."""
    below = f"      Last updated {updated}\n" if updated else ""
    rows = (
        f"{each.code}   {_shown(each.network.network_address)}/{each.network.prefixlen} [{each.distance}/0]\n"
        f"     via {each.via}\n{below}"
        for each in table
    )
    return text_file("ipv6_route", table=vrf or "default", count=len(table)) + "".join(rows)


STATIC_LEGEND = """Codes: * - installed in RIB, u/m - Unicast/Multicast only
       U - Per-user Static route
       N - ND Static route
       M - MIP Static route
       P - DHCP-PD Static route
       R - RHI Static route
"""


def show_ipv6_static(
    configuration: Configuration, table: Sequence[Route6], vrf: str = "", *, detailed: bool = False
) -> str:
    """Screen of `show ipv6 static`: a star before the routes that hold, and in detail where they lead."""
    held = {(each.network, each.distance, each.via.removesuffix(", directly connected")) for each in table}
    rows = ""
    for each in static6(configuration, vrf):
        holds = (each.network, each.distance, each.via) in held
        rows += f"{'*' if holds else ' '}   {_shown(each.network.network_address)}/{each.network.prefixlen} via "
        rows += f"{each.via}, distance {each.distance}\n"
        if detailed and each.hop and not each.interface:
            out = _outgoing(table, each) if holds else ""
            rows += f"     Resolves to {int(bool(out))} paths (max depth {int(bool(out))})\n"
            rows += f"     via {out}\n" if out else ""
    return f"IPv6 Static routes Table - {vrf or 'default'}\n{STATIC_LEGEND}{rows}"


def _outgoing(table: Sequence[Route6], route: StaticRoute6) -> str:
    fitting = (each for each in table if each.code == "C" and IPv6Address(route.hop) in each.network)
    return next((each.via.partition(",")[0] for each in fitting), "")
