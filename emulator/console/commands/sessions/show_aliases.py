"""`show aliases`: the built-in aliases and those of the configuration (R)."""

from emulator.console.modes import EXEC
from emulator.console.session.aliases import show_aliases
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show aliases": "Display alias commands",
}


def show(session: Session) -> Handler:
    yield Say(show_aliases(session.router.configuration))


_SOURCE = "IOS configuration fundamentals command reference, recalled; a public capture of `show aliases`"
COMMANDS = (Command("show aliases", modes=(EXEC,), run=show, piped=True, output="aliases", source=_SOURCE, basis="R"),)
