"""`docs/fidelity.md`: capture by capture, how many bytes a twin made from it prints otherwise.

`python -m tests.fidelity` writes the page, `--check` says whether it is stale. A capture is imported into a new
world, and the same command is given again. Fidelity A: its bytes are those of the router. B: blanks were lost on the
way, so the comparison leaves blanks inside lines out; what a collector cut off at the head or the end is not counted.
"""

import argparse
import sys
from pathlib import Path

import msgspec

from emulator.twins.use_case import Recording, import_into, read
from emulator.world.build import new_world
from emulator.world.recipe import WorldRecipe
from tests.documents import NOTICE, table

CAPTURES = Path(__file__).parent / "captures"
PAGE = Path(__file__).parent.parent / "docs" / "fidelity.md"

MEASURED = {
    "show-version.c881w.15.0-1-M7.txt": "A",
    "show-version.c881.advipservices.15.0-1-M4.txt": "B",
    "show-version.c881.advsecurity.15.4-2-T1.txt": "A",
    "show-version.c881.advipservices.power-on.15.4-2-T1.txt": "A",
    "show-version.c881.advipservices.crash-sigtrap.15.5-3-M8.txt": "A",
    "show-inventory.c881.txt": "A",
    "session.c881.netmiko.show-ip-interface-brief.txt": "A",
    "session.c881.netmiko.invalid-input.txt": "A",
    "show-interfaces-fa4.c881.15.4-2-T1.txt": "A",
    "show-running-config.c881.15.4-3-M5.txt": "A",
    "show-running-config.c881.15.5-3-M8.txt": "A",
}
"""The captures of this family whose bytes can be trusted, with their fidelity."""


class Measure(msgspec.Struct, frozen=True):
    """One command of one capture."""

    capture: str
    fidelity: str
    command: str
    bytes: int
    differing: int
    unread: int


def measures() -> list[Measure]:
    """All of them."""
    return [each for name in MEASURED for each in measure(name)]


def measure(name: str) -> list[Measure]:
    """Import one capture and give its commands again."""
    world = new_world(WorldRecipe())
    report = import_into(world, read([Recording(name, (CAPTURES / name).read_bytes())]), ())
    unread = sum(note.matter == "not read" for note in (*report.notes, *report.twins[0].notes))
    return [
        Measure(name, MEASURED[name], each.command, each.bytes, each.differing, unread)
        for each in report.twins[0].printed
    ]


def page() -> str:
    """The page."""
    rows = (
        (
            f"`{each.capture}`",
            each.fidelity,
            f"`{each.command}`",
            str(each.bytes),
            str(each.differing),
            str(each.unread),
        )
        for each in measures()
    )
    intro = (
        "Each capture of a real router is imported (`isrtwin import`), and the twin is given the same command."
        " Fidelity A: the bytes of the capture are those of the router. B: blanks inside lines were lost on the way,"
        " and the comparison leaves them out. What a collector cut off at the head or the end is not counted. Lines"
        " kept as they are: configuration lines that the language does not know; they are printed in their place.\n\n"
    )
    columns = ("capture", "fidelity", "command", "bytes", "bytes that differ", "lines kept as they are")
    return f"# Fidelity\n\n{NOTICE.replace('tests.documents', 'tests.fidelity')}{intro}{table(columns, rows)}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fidelity", description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != page():
        print("docs/fidelity.md is stale; run python -m tests.fidelity")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
