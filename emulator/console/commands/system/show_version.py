"""`show version`: what runs, since when and why, on which hardware, with which licenses."""

from emulator.console.modes import EXEC
from emulator.console.render.system.version import show_version
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show version": "System hardware and software status",
}


def run(session: Session) -> Handler:
    yield Say(show_version(session.router))


COMMANDS = (
    Command("show version", modes=(EXEC,), run=run, piped=True, output="show_version", basis="C",
            source="captures of 881s"),
)  # fmt: skip
