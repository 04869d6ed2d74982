"""`show vlan-switch`, `show vtp status`: the VLANs of the switch inside, as far as the configuration makes them.

I: `show vlan`, which such a router abbreviates to two commands, shows the same.
"""

from emulator.console.modes import EXEC
from emulator.console.render.vlans import show_vlan_switch, show_vtp_status
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show vlan": "VTP VLAN status",
    "show vlan brief": "VTP all VLAN status in brief",
    "show vlan-switch": "VTP VLAN status",
    "show vlan-switch brief": "VTP all VLAN status in brief",
    "show vtp": "VTP information",
    "show vtp status": "VTP domain status",
}


def vlan_switch(session: Session, *, form: str | None) -> Handler:
    yield Say(show_vlan_switch(session.router, brief=form is not None))


def vtp_status(session: Session) -> Handler:
    yield Say(show_vtp_status(session.router))


_SOURCE = "IOS LAN switching command reference, recalled"
COMMANDS = (
    Command("show vlan [<form:brief>]", modes=(EXEC,), run=vlan_switch, piped=True, output="show_vlan_switch",
            source=_SOURCE, basis="I"),
    Command("show vlan-switch [<form:brief>]", modes=(EXEC,), run=vlan_switch, piped=True,
            output="show_vlan_switch", source=_SOURCE, basis="R"),
    Command("show vtp status", modes=(EXEC,), run=vtp_status, piped=True, output="show_vtp_status", source=_SOURCE,
            basis="R"),
)  # fmt: skip
