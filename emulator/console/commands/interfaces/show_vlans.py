"""`show vlan-switch`, `show vtp status`: the VLANs of the switch inside, as far as the configuration makes them.

I: `show vlan`, which such a router abbreviates to two commands, shows the same.
"""

from emulator.console.modes import EXEC
from emulator.console.render.interfaces.vlans import UNSUPPORTED, show_vlan_switch, show_vtp_status, vlans
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show vlan": "VTP VLAN status",
    "show vlan brief": "VTP all VLAN status in brief",
    "show vlan-switch": "VTP VLAN status",
    "show vlan-switch brief": "VTP all VLAN status in brief",
    **{f"show {word} id": "VTP VLAN status by VLAN id" for word in ("vlan", "vlan-switch")},
    **{f"show {word} id <number>": "VLAN id" for word in ("vlan", "vlan-switch")},
    "show vtp": "VTP information",
    "show vtp password": "VTP password",
    "show vtp status": "VTP domain status",
}


def vlan_switch(session: Session, *, form: str | None) -> Handler:
    yield Say(show_vlan_switch(session.router, brief=form is not None))


def one_vlan(session: Session, *, number: int) -> Handler:
    if number not in {*vlans(session.router), *UNSUPPORTED}:
        yield Say(wording("vlan.absent", number=number))
        return
    yield Say(show_vlan_switch(session.router, number=number))


def vtp_password(_session: Session) -> Handler:
    yield Say(wording("vtp.password"))


def vtp_status(session: Session) -> Handler:
    yield Say(show_vtp_status(session.router))


_SOURCE = "IOS LAN switching command reference, recalled"
COMMANDS = (
    Command("show vlan [<form:brief>]", modes=(EXEC,), run=vlan_switch, piped=True, output="show_vlan_switch",
            source=_SOURCE, basis="I"),
    Command("show vlan-switch [<form:brief>]", modes=(EXEC,), run=vlan_switch, piped=True,
            output="show_vlan_switch", source=_SOURCE, basis="R"),
    Command("show {vlan | vlan-switch} id <number:1-1005>", modes=(EXEC,), run=one_vlan, piped=True,
            output="show_vlan_id", source=_SOURCE, basis="R"),
    Command("show vtp password", modes=(EXEC,), run=vtp_password, piped=True, output="show_vlan_id", source=_SOURCE,
            basis="R"),
    Command("show vtp status", modes=(EXEC,), run=vtp_status, piped=True, output="show_vtp_status", source=_SOURCE,
            basis="R"),
)  # fmt: skip
