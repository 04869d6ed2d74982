"""`show aliases`: the built-in aliases and those of the configuration (R)."""

from emulator.console.modes import EXEC
from emulator.console.session.aliases import COMMAND_MODES, TITLES, show_aliases
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show aliases": "Display alias commands",
    **{f"show aliases {word}": TITLES[word] for word in COMMAND_MODES},
}


def show(session: Session, *, mode: str | None) -> Handler:
    yield Say(show_aliases(session.router.configuration, mode))


_SOURCE = "IOS configuration fundamentals command reference, recalled; a public capture of `show aliases`"
COMMANDS = (
    Command(f"show aliases [<mode:{'|'.join(COMMAND_MODES)}>]", modes=(EXEC,), run=show, piped=True, output="aliases",
            source=_SOURCE, basis="R"),
)  # fmt: skip
