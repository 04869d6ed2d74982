"""`show aliases`, and the two commands that built-in aliases stand for: `where` and `resume`.

R: forms. I: a connection goes on until it is ended, so none waits to be resumed.
"""

from emulator.console.modes import EXEC
from emulator.console.session.aliases import show_aliases
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "resume": "Resume an active network connection",
    "show": "Show running system information",
    "show aliases": "Display alias commands",
    "where": "List active connections",
}


def show(session: Session) -> Handler:
    yield Say(show_aliases(session.router.configuration))


def no_connections(_session: Session) -> Handler:
    yield Say(wording("lines.no_connections"))


_SOURCE = "IOS configuration fundamentals command reference, recalled; a public capture of `show aliases`"
COMMANDS = (
    Command("show aliases", modes=(EXEC,), run=show, piped=True, output="aliases", source=_SOURCE, basis="R"),
    Command("{where | resume}", modes=(EXEC,), run=no_connections, output="aliases", source=_SOURCE, basis="R"),
)
