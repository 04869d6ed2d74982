"""`show inventory`: the chassis and the cards in it."""

from emulator.console.modes import EXEC
from emulator.console.render.system.inventory import show_inventory
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show inventory": "Show the physical inventory",
}


def run(session: Session) -> Handler:
    yield Say(show_inventory(session.router.platform, session.router.state.udi))


COMMANDS = (
    Command("show inventory", modes=(EXEC,), run=run, piped=True, output="show_inventory", basis="C",
            source="capture of a CISCO881-SEC-K9"),
)  # fmt: skip
