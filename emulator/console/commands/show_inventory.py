"""`show inventory`: the chassis. C for the 881: names, padding and the blank after the VID."""

from emulator.console.grammar import Command
from emulator.console.modes import EXEC
from emulator.console.session import Session
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show inventory": "Show the physical inventory",
}


def run(session: Session) -> Handler:
    inventory, udi = session.router.platform.inventory, session.router.state.udi
    yield Say(
        f'NAME: "{inventory.name}", DESCR: "{inventory.description}, Hw Serial#: {udi.serial},'
        f' Hw Revision: {inventory.hardware_revision}"\n'
        f"PID: {udi.pid:<18s}, VID: {inventory.vid} , SN: {udi.serial}\n\n\n"
    )


COMMANDS = (
    Command("show inventory", modes=(EXEC,), run=run, piped=True, output="show_inventory", basis="C",
            source="capture of a CISCO881-SEC-K9"),
)  # fmt: skip
