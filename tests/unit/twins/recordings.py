"""Recordings for the tests: of routers of the simulation, as a terminal log would have them, and imports of them."""

from collections.abc import Iterable
from pathlib import Path

from emulator.twins.report import Report, Twin
from emulator.twins.use_case import Recording, import_into, read, start_for
from emulator.world.build import new_world
from emulator.world.recipe import WorldRecipe
from emulator.world.world import World
from tests.driver import ConsoleDriver

CAPTURES = Path(__file__).parents[2] / "captures"

COMMANDS = (
    "show version", "show license", "show license all", "show license detail", "show license feature",
    "show license status", "show license udi", "show inventory", "show running-config", "show startup-config",
    "show ip interface brief",
    "show interfaces", "show arp", "dir flash:", "show clock",
)  # fmt: skip


def log_of(console: ConsoleDriver, commands: Iterable[str] = COMMANDS) -> str:
    """Screen of a terminal while the commands are typed at a prompt; no time passes between them."""
    log = ""
    for command in commands:
        prompt = console.prompt
        console.type(command)
        log += f"{prompt}{command}\n{console.shown}"
    return log + console.prompt


def imported(*texts: str | bytes, names: tuple[str, ...] = ()) -> tuple[World, Report]:
    """A new world with the twins of the recordings, and the report."""
    recordings = [
        Recording(f"capture{number}.txt", text if isinstance(text, bytes) else text.encode())
        for number, text in enumerate(texts, 1)
    ]
    found = read(recordings)
    world = new_world(WorldRecipe(start=start_for(found)))
    return world, import_into(world, found, names)


def twin_of(*texts: str | bytes) -> tuple[World, Twin]:
    """The one twin of the recordings."""
    world, report = imported(*texts)
    assert len(report.twins) == 1, report
    assert report.made, report
    return world, report.twins[0]


def told(report: Report) -> list[str]:
    """Everything that the report tells."""
    return [str(note) for note in (*report.notes, *(note for twin in report.twins for note in twin.notes))]


def printed(world: World, command: str, name: str = "R1") -> str:
    """Output of a router at a command typed on its console."""
    console = ConsoleDriver(world, name)
    console.type("")
    console.line.exec.privilege = 15
    console.line.exec.length = 0
    console.type(command)
    return console.shown
