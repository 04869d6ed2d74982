"""Interfaces of IGMP, MLD and PIM, and the way back to a source, of a router that hears no other.

R: forms and timers; the router is querier and designated router wherever it runs PIM, and joins 224.0.1.40 on the
first such interface.
"""

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Address

from emulator.console.render.routing.ipv6 import enabled, link_local
from emulator.console.wording import text_file, wording
from emulator.kernel.time import SECOND, Duration
from emulator.router.configuration import Block
from emulator.router.network.routes import Route
from emulator.router.network.routing_interfaces import UNSET
from emulator.router.network.views import InterfaceView

MODES = {"sparse-mode": "S", "dense-mode": "D", "sparse-dense-mode": "SD", "passive": "P"}
RP_DISCOVERY = "224.0.1.40"
GROUPS_A_LINE = 3
HELLO, PRIORITY = "30", "1"

Interfaces = Sequence[tuple[InterfaceView, Block]]
"""Interfaces, each with its section of the configuration."""


def mode_of(block: Block) -> str:
    """Mode of PIM on an interface; empty where it does not run."""
    return block.word("ip pim") if block.lines.get("ip pim", "").split()[2:3] else ""


def _running(interfaces: Interfaces) -> Iterator[tuple[InterfaceView, Block]]:
    return ((view, block) for view, block in interfaces if mode_of(block) and view.address is not None)


def show_pim_interface(interfaces: Interfaces) -> str:
    """Table of the interfaces on which PIM runs."""
    rows = ""
    for view, block in _running(interfaces):
        priority = block.word("ip pim dr-priority", PRIORITY)
        rows += (
            f"{view.address:<17s}{view.name:<25s}v2/{MODES[mode_of(block)]:<4s}{'0':<7s}"
            f"{block.word('ip pim query-interval', HELLO):<7s}{priority:<11s}{_router_of(view)}\n"
        )
    return wording("pim.interface") + rows


def _router_of(view: InterfaceView) -> str:
    """Designated router of an interface: the router itself, once it is up."""
    return str(view.address if view.is_up else UNSET)


def show_pim_interface_detail(interfaces: Interfaces, uptime: Duration) -> str:
    """Blocks of the interfaces on which PIM runs."""
    return "".join(
        text_file(
            "pim_interface",
            name=view.name,
            status=view.status,
            protocol=view.protocol,
            address=f"{view.address}/{view.prefix}",
            mode=mode_of(block).removesuffix("-mode"),
            router=f"{_router_of(view)}{' (this system)' if view.is_up else ''}",
            hello=block.word("ip pim query-interval", HELLO),
            hellos=uptime // (int(block.word("ip pim query-interval", HELLO)) * SECOND) + 1 if view.is_up else 0,
        )
        for view, block in _running(interfaces)
    )


def show_igmp_interface(interfaces: Interfaces, name: str | None, *, routing: bool) -> str:
    """Blocks of all interfaces, or of one; `routing` if multicast is routed."""
    first = next((view.name for view, _ in _running(interfaces)), "") if routing else ""
    return "".join(
        _igmp(view, block, routing=routing, first=view.name == first)
        for view, block in interfaces
        if name in {None, view.name}
    )


def _igmp(view: InterfaceView, block: Block, *, routing: bool, first: bool) -> str:
    text = f"{view.name} is {view.status}, line protocol is {view.protocol}\n"
    if view.address is None:
        return f"{text}  Internet protocol processing disabled\n"
    text += f"  Internet address is {view.address}/{view.prefix}\n"
    joined = [line.split()[3] for line in block.lines.values() if line.startswith("ip igmp join-group ")]
    groups = [*([RP_DISCOVERY] if first else []), *joined]
    if not mode_of(block):
        text += "  IGMP is disabled on interface\n" if not joined else ""
        return text + wording("igmp.unrouted") + _groups(groups)
    query = int(block.word("ip igmp query-interval", "60"))
    text += text_file(
        "igmp_interface",
        version=block.word("ip igmp version", "2"),
        query=query,
        timeout=2 * query,
        longest=block.word("ip igmp query-max-response-time", "10"),
        access=f"is {block.word('ip igmp access-group') or 'not set'}",
        joins=len(groups),
        routing="enabled" if routing else "disabled",
        router=_router_of(view),
        own=" (this system)" if view.is_up else "",
    )
    return text + _groups(groups)


def _groups(groups: Sequence[str]) -> str:
    if not groups:
        return "  No multicast groups joined by this system\n"
    lines = (groups[start : start + GROUPS_A_LINE] for start in range(0, len(groups), GROUPS_A_LINE))
    head = "  Multicast groups joined by this system (number of users):\n"
    return head + "".join(f"      {'  '.join(f'{each}(1)' for each in line)}\n" for line in lines)


def show_mld_interface(interfaces: Interfaces, name: str | None, *, routing: bool) -> str:
    """Blocks of the interfaces on which IPv6 runs, or of one; MLD runs there while multicast is routed."""
    text = "Global State Limit : 0 active out of 64000 max\n" if routing and name is None else ""
    for view, block in interfaces:
        if name in {None, view.name} and enabled(block):
            address = str(link_local(view, block)).upper()
            text += f"{view.name} is {view.status}, line protocol is {view.protocol}\n"
            text += f"  Internet address is {address}/10\n"
            text += wording("mld.enabled" if routing else "mld.disabled", address=address)
    return text


def show_pim6_interface(interfaces: Interfaces, *, routing: bool) -> str:
    """Table of the interfaces of IPv6 PIM, which runs wherever IPv6 does while multicast is routed."""
    text = wording("pim6.interface")
    for view, block in interfaces:
        if routing and enabled(block):
            router = "this system" if view.is_up else "not elected"
            text += f"{view.name:<18s} on    0     30     1     \n"
            text += f"    Address: {str(link_local(view, block)).upper()}\n    DR     : {router}\n"
    return text


def show_rpf(source: IPv4Address, route: Route | None, view: InterfaceView | None) -> str:
    """Way back to a source: the route to it, and the interface, on which PIM runs; without one it fails."""
    if route is None or view is None:
        return wording("rpf.failed", source=source)
    neighbor = f"? ({route.hop or source}){'' if route.hop else ' - directly connected'}"
    kind = "unicast (static)" if route.code == "S" else "unicast (connected)"
    return wording("rpf.found", source=source, name=view.name, neighbor=neighbor, network=route.network, kind=kind)


def show_multicast(lines: Iterable[str], *, routing: bool) -> str:
    """Screen of `show ip multicast`."""
    known = set(lines)
    return wording(
        "multicast.state",
        routing="enabled" if routing else "disabled",
        multipath="enabled" if "ip multicast multipath" in known else "disabled",
        fallback="Sparse" if "no ip pim dm-fallback" in known else "Dense",
    )
