"""`show mac-address-table`, `show spanning-tree` and `show errdisable`: the switch inside."""

from functools import partial

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.interfaces.errdisable import show_detect, show_recovery
from emulator.console.render.interfaces.switch_tables import (
    show_aging_time,
    show_mac_addresses,
    show_spanning_tree,
    show_spanning_tree_summary,
)
from emulator.console.session.screens import show_screen
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

_MAC_HELP = {
    f"show {table}{words}": text
    for table in ("mac address-table", "mac-address-table")
    for words, text in {
        "": "MAC forwarding table",
        " aging-time": "Aging time of learned addresses",
        " dynamic": "Addresses that were learned",
        " interface": "Addresses at an interface",
        " interface <interface>": "Interface",
        " static": "Addresses that are configured",
        " vlan": "Addresses of a VLAN",
        " vlan <vlan>": "VLAN id",
    }.items()
}
HELP = {
    "clear": "Reset functions",
    "clear mac-address-table": "MAC forwarding table",
    "show": "Show running system information",
    "show errdisable": "Error disable",
    "show errdisable detect": "Error disable detection",
    "show errdisable recovery": "Error disable recovery timer values",
    "show mac": "MAC configuration",
    **_MAC_HELP,
    "show spanning-tree": "Spanning tree topology",
    "show spanning-tree summary": "Summary of port states",
    "show spanning-tree vlan": "VLAN Switch Spanning Trees",
    "show spanning-tree vlan <vlan>": "VLAN id",
}


def tree(session: Session, *, vlan: int | None) -> Handler:
    yield Say(show_spanning_tree(session.router, vlan))


def all_trees(session: Session) -> Handler:
    yield from tree(session, vlan=None)


def addresses(session: Session, *, kind: str = "", vlan: int | None = None, interface: str = "") -> Handler:
    yield Say(show_mac_addresses(session.router, kind, vlan, interface))


def forget(_session: Session) -> None:
    """Forget the learned addresses, of which there are none."""


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_switch_tables", basis="R",
                source="EtherSwitch module feature guide, recalled")  # fmt: skip
_TABLE = "show {mac-address-table | mac address-table}"
COMMANDS = (
    Command("clear mac-address-table", modes=(EXEC,), privilege=PRIVILEGED, run=forget, basis="R",
            source="EtherSwitch module feature guide, recalled"),
    _SHOW("show errdisable detect", run=partial(show_screen, screen=show_detect)),
    _SHOW("show errdisable recovery", run=partial(show_screen, screen=show_recovery)),
    _SHOW(_TABLE, run=partial(addresses, kind="", vlan=None, interface="")),
    _SHOW(f"{_TABLE} aging-time", run=partial(show_screen, screen=show_aging_time)),
    _SHOW(f"{_TABLE} dynamic", run=partial(addresses, kind="Dynamic", vlan=None, interface="")),
    _SHOW(f"{_TABLE} static", run=partial(addresses, kind="Static", vlan=None, interface="")),
    _SHOW(f"{_TABLE} vlan <vlan:1-1005>", run=partial(addresses, kind="", interface="")),
    _SHOW(f"{_TABLE} interface <interface:Interface>", run=partial(addresses, kind="", vlan=None)),
    _SHOW("show spanning-tree", run=all_trees),
    _SHOW("show spanning-tree summary", run=partial(show_screen, screen=show_spanning_tree_summary)),
    _SHOW("show spanning-tree vlan <vlan:1-1005>", run=tree),
)  # fmt: skip
