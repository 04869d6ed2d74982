"""Tables of the switch inside: its own hardware addresses, and the spanning tree of each VLAN.

R: the forms of a router with a built-in switch. It is alone, so it is the root of every tree and every port that is
up forwards; no address was learned.
"""

from collections.abc import Iterator
from typing import NamedTuple

from emulator.console.render.interfaces.vlans import vlans
from emulator.console.wording import text_file, wording
from emulator.hardware.platform import SWITCHED
from emulator.router.device import Router
from emulator.router.link_state import TRUNK
from emulator.router.network.views import InterfaceView, hardware_address, interface_views

FIRST_PORT = 2
STATES = {True: "forwarding", False: "down"}


class MacEntry(NamedTuple):
    """An entry of the MAC table."""

    address: str
    kind: str
    vlan: int
    port: str


def _entries(router: Router) -> Iterator[MacEntry]:
    """Yield the address of each VLAN interface, and those that are configured; none was learned."""
    for view in interface_views(router):
        if view.name.startswith("Vlan"):
            yield MacEntry(view.hardware, "Self", int(view.name.removeprefix("Vlan")), view.name)
    for line in router.configuration.lines.values():
        match line.split():
            case ["mac-address-table", "static", address, "vlan", vlan, "interface", port]:
                yield MacEntry(address, "Static", int(vlan), port)


def show_mac_addresses(router: Router, kind: str = "", vlan: int | None = None, interface: str = "") -> str:
    """Screen of `show mac-address-table`: all entries, or those of a kind, a VLAN or an interface."""
    rows = (
        f"{entry.address:<21s}{entry.kind:<14s}{entry.vlan:<6d}{entry.port}\n"
        for entry in _entries(router)
        if kind in {"", entry.kind} and vlan in {None, entry.vlan} and interface in {"", entry.port}
    )
    return wording("show.mac_addresses") + "".join(rows)


def show_aging_time(router: Router) -> str:
    """Screen of `show mac-address-table aging-time`: when a learned address is forgotten."""
    return wording("show.mac_aging", seconds=router.configuration.word("mac-address-table aging-time") or "300")


def ports_of(router: Router, vlan: int) -> list[tuple[int, InterfaceView]]:
    """Ports in a VLAN, trunks included, with their numbers in the spanning tree."""
    ports = {port.name: port for port in router.platform.interfaces if port.kind in SWITCHED}
    views = [view for view in interface_views(router) if view.name in ports]
    return [
        (number, view)
        for number, view in enumerate(views, start=FIRST_PORT)
        if router.links.vlan_of(ports[view.name]) in {str(vlan), TRUNK}
    ]


def show_spanning_tree(router: Router, vlan: int | None = None) -> str:
    """Screen of `show spanning-tree`, of all VLANs with a port or of one."""
    trees = (each for each in vlans(router) if vlan in {None, each})
    return "\n".join(text for each in trees if (text := _tree(router, each)))


def _tree(router: Router, vlan: int) -> str:
    ports = ports_of(router, vlan)
    if not ports:
        return ""
    priority = router.configuration.word(f"spanning-tree vlan {vlan} priority") or "32768"
    address = hardware_address(router, "Vlan1")
    head = text_file("spanning_tree", vlan=vlan, priority=priority, address=address)
    return head + "".join(_port(number, view, vlan, priority, address) for number, view in ports)


def _port(number: int, view: InterfaceView, vlan: int, priority: str, address: str) -> str:
    return text_file(
        "spanning_tree_port",
        number=number,
        name=view.name,
        vlan=vlan,
        state=STATES[view.is_up],
        priority=priority,
        address=address,
        transitions=int(view.is_up),
    )


def show_spanning_tree_summary(router: Router) -> str:
    """Screen of `show spanning-tree summary`."""
    rows = [*_summary(router)]
    total = [sum(row[column] for _, row in rows) for column in range(5)]
    counted = (*rows, (f"{len(rows)} VLAN{'s' if len(rows) != 1 else ''}", total))
    return wording("show.spanning_summary") + "".join(
        f"{name:<20s}{''.join(f'{count:<9d}' for count in row[:4])}{row[4]}\n" for name, row in counted
    )


def _summary(router: Router) -> Iterator[tuple[str, list[int]]]:
    for vlan in vlans(router):
        ports = ports_of(router, vlan)
        if ports:
            up = sum(view.is_up for _, view in ports)
            yield f"VLAN{vlan}", [len(ports) - up, 0, 0, up, len(ports)]
