"""`show pppoe`, `show ppp all`: PPP over Ethernet to the provider."""

from collections.abc import Callable, Sequence
from functools import partial

from emulator.console.configuration.conditions import is_since
from emulator.console.modes import EXEC
from emulator.console.render.services import pppoe
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.network.pppoe import PppoeSession, pppoe_sessions

HELP = {
    "show": "Show running system information",
    "show ppp": "PPP parameters and statistics",
    "show ppp all": "All PPP sessions",
    "show pppoe": "PPPoE information",
    "show pppoe session": "PPPoE session information",
    "show pppoe session all": "Detailed session information",
    "show pppoe summary": "PPPoE summary information",
}


def table(session: Session) -> Handler:
    old = not is_since(session.router.manifest, "15.0")
    yield Say(pppoe.show_pppoe_sessions(pppoe_sessions(session.router), old=old))


def of_sessions(session: Session, *, screen: Callable[[Sequence[PppoeSession]], str]) -> Handler:
    yield Say(screen(pppoe_sessions(session.router)))


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_pppoe", basis="R",
                source="public screens of PPPoE clients; IOS broadband access command reference, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show ppp all", run=partial(of_sessions, screen=pppoe.show_ppp)),
    _SHOW("show pppoe session", run=table),
    _SHOW("show pppoe session all", run=partial(of_sessions, screen=pppoe.show_pppoe_traffic)),
    _SHOW("show pppoe summary", run=partial(of_sessions, screen=pppoe.show_pppoe_summary)),
)
