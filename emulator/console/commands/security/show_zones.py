"""`show zone security` and `show zone-pair security`."""

from functools import partial

from emulator.console.modes import EXEC
from emulator.console.render.security.zones import show_zone_pairs, show_zones
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.network.views import interface_names

HELP = {
    "show": "Show running system information",
    "show zone": "Show zone information",
    "show zone security": "Show zone security information",
    "show zone security <name>": "Name of a zone",
    "show zone-pair": "Zone pair information",
    "show zone-pair security": "Show zone pair security information",
}


def zones(session: Session, *, name: str | None) -> Handler:
    yield Say(show_zones(session.router.configuration, interface_names(session.router), name))


def pairs(session: Session) -> Handler:
    yield Say(show_zone_pairs(session.router.configuration))


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_zones", basis="R",
                source="public outputs of routers with a zone-based firewall")  # fmt: skip
COMMANDS = (
    _SHOW("show zone security [<name:Word>]", run=zones),
    _SHOW("show zone-pair security", run=pairs),
)
