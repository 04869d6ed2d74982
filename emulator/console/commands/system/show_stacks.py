"""`show stacks`, `show context`: for the vendor's support, after a crash."""

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.system.stacks import show_context, show_stacks
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show context": "Show context information about recent crash(s)",
    "show stacks": "Process stack utilization",
}


def stacks(session: Session) -> Handler:
    yield Say(show_stacks(session.router))


def context(session: Session) -> Handler:
    yield Say(show_context(session.router))


_SOURCE = "IOS configuration fundamentals command reference; public listings of other routers"
COMMANDS = (
    Command("show context", modes=(EXEC,), privilege=PRIVILEGED, run=context, piped=True, output="show_stacks",
            source=_SOURCE, basis="R"),
    Command("show stacks", modes=(EXEC,), privilege=PRIVILEGED, run=stacks, piped=True, output="show_stacks",
            source=_SOURCE, basis="R"),
)  # fmt: skip
