"""`show logging` and `clear logging`: the system messages of this boot."""

from emulator.console.dialogs.questions import confirmed
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.system.logging import show_logging
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show logging": "Show the contents of logging buffers",
    "clear": "Reset functions",
    "clear logging": "Clear logging buffer",
}


def show(session: Session) -> Handler:
    yield Say(show_logging(session.router))


def clear(session: Session) -> Handler:
    if (yield from confirmed(wording("logging.clear"))):
        session.router.running.log.clear()


_SOURCE = "IOS configuration fundamentals command reference, recalled"
COMMANDS = (
    Command("show logging", modes=(EXEC,), run=show, piped=True, output="show_logging", source=_SOURCE, basis="R"),
    Command("clear logging", modes=(EXEC,), privilege=PRIVILEGED, run=clear, output="show_logging", source=_SOURCE,
            basis="R"),
)  # fmt: skip
