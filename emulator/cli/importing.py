"""`isrtwin import`: captured output of real routers becomes routers of a world."""

from argparse import Namespace
from pathlib import Path

from emulator.cli.output import complain, say, say_json
from emulator.kernel.errors import DataFileError
from emulator.kernel.host_paths import read_bytes
from emulator.runtime.held_world import HeldWorld, hold
from emulator.runtime.world_paths import world_path
from emulator.twins.choice import ImportChoice
from emulator.twins.report import Matter, Note, Report
from emulator.twins.use_case import Recording, check, import_into, read, start_for
from emulator.world.build import new_world
from emulator.world.directory import WorldDirectory
from emulator.world.recipe import WorldRecipe

LARGEST = 64 * 1024 * 1024
"""Bytes of a capture."""


def run(options: Namespace) -> int:
    """Import files; 0 if a router was made, whatever there is to warn of, and 1 if none was."""
    found = read(_recordings(options.files))
    start = start_for(found)
    report = Report([], found.notes)
    if found.devices:
        report = import_into(new_world(WorldRecipe(start=start)), found, options.names, _choice(options))
    if not report.made:
        _tell(report, as_json=options.json)
        return 1
    with WorldDirectory(world_path(options.world)) as directory:
        held = hold(directory, fresh=False, first=None, start=start)
        report = _import(held, options)
    _tell(report, as_json=options.json)
    return 0 if report.made else 1


def _import(held: HeldWorld, options: Namespace) -> Report:
    """Once more, into the world itself; that it can be done was tried beside it."""
    found = read(_recordings(options.files))
    check(held.world, found, options.names)
    report = import_into(held.world, found, options.names, _choice(options))
    if report.made:
        held.save_changed()
    return report


def _choice(options: Namespace) -> ImportChoice:
    return ImportChoice(options.pid, options.image)


def _recordings(names: list[str]) -> list[Recording]:
    return [Recording(name, _content(name)) for name in names]


def _content(name: str) -> bytes:
    try:
        return read_bytes(Path(name), LARGEST)
    except OSError as error:
        raise DataFileError(name, None, f"cannot be read: {error.strerror}") from error


# --- the report ----------------------------------------------------------------------------------------------------


def _tell(report: Report, *, as_json: bool) -> None:
    if as_json:
        say_json(report)
        return
    for note in report.notes:
        _complain(note)
    for twin in report.twins:
        if twin.router:
            called = f", called {twin.host}" if twin.host else ""
            say(f"{twin.router} is {twin.udi}{called}")
        for printed in twin.printed:
            same = (
                "the same bytes" if not printed.differing else f"{printed.differing} of {printed.bytes} bytes otherwise"
            )
            say(f"  {printed.command}: {same}")
        for note in twin.notes:
            _complain(note)
    if not report.made:
        complain("isrtwin: nothing was found that a router could be made from")


def _complain(note: Note) -> None:
    text = str(note)
    complain(f"isrtwin: {text}" if note.matter is Matter.REFUSED else f"  {text}")
