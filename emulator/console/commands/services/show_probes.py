"""`show ip sla` and `show track`: probes, and what follows them."""

from functools import partial

from emulator.console.modes import EXEC
from emulator.console.render.services import probes, tracking
from emulator.console.session.screens import show_screen
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.device import Router

HELP = {
    "show": "Show running system information",
    "show ip": "IP information",
    "show ip sla": "IP Service Level Agreement (SLA)",
    "show ip sla configuration": "IP SLAs Configuration",
    "show ip sla configuration <number>": "Entry number",
    "show ip sla responder": "IP SLAs Responder Information",
    "show ip sla statistics": "IP SLAs Statistics",
    "show ip sla statistics <number>": "Entry number",
    "show ip sla summary": "IP SLAs Operations Summary",
    "show ip route": "IP routing table",
    "show ip route track-table": "Tracked static table",
    "show track": "Tracking information",
    "show track <number>": "Tracked object",
    "show track brief": "Brief tracking information",
}


def configuration(session: Session, *, number: int | None) -> Handler:
    yield Say(probes.show_configuration(session.router, number))


def statistics(session: Session, *, number: int | None) -> Handler:
    yield Say(probes.show_statistics(session.router, number))


def track(session: Session, *, number: int | None) -> Handler:
    yield Say(tracking.show_track(session.router, number))


def _responder(router: Router) -> str:
    state = "Enabled" if "ip sla responder" in router.configuration.lines else "Disabled"
    return f"        General IP SLA Responder on Control port 1967\nGeneral IP SLA Responder is: {state}\n\n"


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_probes", basis="R",
                source="IOS IP SLAs and network management command references; public outputs")  # fmt: skip
COMMANDS = (
    _SHOW("show ip sla configuration [<number:1-2147483647>]", run=configuration),
    _SHOW("show ip sla responder", run=partial(show_screen, screen=_responder)),
    _SHOW("show ip sla statistics [<number:1-2147483647>]", run=statistics),
    _SHOW("show ip sla summary", run=partial(show_screen, screen=probes.show_summary)),
    _SHOW("show ip route track-table", run=partial(show_screen, screen=tracking.show_track_table)),
    _SHOW("show track [<number:1-1000>]", run=track),
    _SHOW("show track brief", run=partial(show_screen, screen=tracking.show_track_brief)),
)
