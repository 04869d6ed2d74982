"""ROMMON, as far as a router that found no good image needs it: look, try again, start over.

C: the prompt and that a word it does not know is told so; R: the listing.
"""

from emulator.console.grammar import Command
from emulator.console.modes import ROMMON
from emulator.console.session import Session
from emulator.kernel.effects import Handler, Say

HELP = {
    "boot": "boot up an external process",
    "dir": "List files in directories-dir <directory>",
    "dir flash:": "internal compact flash",
    "reset": "system reset",
}


def boot(session: Session) -> None:
    session.router.board.reset()


def list_flash(session: Session) -> Handler:
    files = session.router.state.flash.files
    rows = "".join(f"{file.slot:<8d}{file.size:<12d}-rw-     {file.name}\n" for file in files)
    yield Say(rows or "No files in directory\n")


COMMANDS = (
    Command(
        "{boot | reset}", modes=(ROMMON,), run=boot, source="ROM monitor appendix of the 800 series guides", basis="R"
    ),
    Command("dir flash:", modes=(ROMMON,), run=list_flash, source="ROM monitor session of an 887VA", basis="R"),
)
