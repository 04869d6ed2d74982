"""`show mac-address-table` and `show spanning-tree`: the switch inside."""

from functools import partial

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.interfaces.switch_tables import (
    show_mac_addresses,
    show_spanning_tree,
    show_spanning_tree_summary,
)
from emulator.console.session.screens import show_screen
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "clear": "Reset functions",
    "clear mac-address-table": "MAC forwarding table",
    "show": "Show running system information",
    "show mac": "MAC configuration",
    "show mac address-table": "MAC forwarding table",
    "show mac-address-table": "MAC forwarding table",
    "show spanning-tree": "Spanning tree topology",
    "show spanning-tree summary": "Summary of port states",
    "show spanning-tree vlan": "VLAN Switch Spanning Trees",
    "show spanning-tree vlan <vlan>": "VLAN id",
}


def tree(session: Session, *, vlan: int | None) -> Handler:
    yield Say(show_spanning_tree(session.router, vlan))


def all_trees(session: Session) -> Handler:
    yield from tree(session, vlan=None)


def forget(_session: Session) -> None:
    """Forget the learned addresses, of which there are none."""


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_switch_tables", basis="R",
                source="EtherSwitch module feature guide, recalled")  # fmt: skip
COMMANDS = (
    Command("clear mac-address-table", modes=(EXEC,), privilege=PRIVILEGED, run=forget, basis="R",
            source="EtherSwitch module feature guide, recalled"),
    _SHOW("show {mac-address-table | mac address-table}", run=partial(show_screen, screen=show_mac_addresses)),
    _SHOW("show spanning-tree", run=all_trees),
    _SHOW("show spanning-tree summary", run=partial(show_screen, screen=show_spanning_tree_summary)),
    _SHOW("show spanning-tree vlan <vlan:1-1005>", run=tree),
)  # fmt: skip
