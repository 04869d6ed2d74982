"""`docs/fidelity.md`: capture by capture, how many bytes a twin made from it prints otherwise.

`python -m tests.fidelity` writes the page, `--check` says whether it is stale. A capture is imported into a new
world, and the same command is given again. Fidelity A: its bytes are those of the router. B: blanks were lost on the
way, so the comparison leaves blanks inside lines out; what a collector cut off at the head or the end is not counted.
C: indents or lines were lost.
"""

import argparse
import sys
from pathlib import Path

import msgspec

from emulator.kernel.errors import EmulatorError
from emulator.twins.use_case import Recording, import_into, read
from emulator.world.build import new_world
from emulator.world.recipe import WorldRecipe
from tests.documents.pages import NOTICE, table

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
    "show-version.c881.reload-uptime-1y21w.15.4-2-T1.txt": "A",
    "show-version.c881.udi-spaces.15.4-2-T1.txt": "B",
    "show-arp.c881.ansible-lookup.txt": "A",
    "show-running-config.c881.name-servers.15.4-2-T1.txt": "A",
    "show-running-config.c881.logging-count.15.4-2-T1.txt": "A",
    "show-running-config.c881.bgp-two-neighbors.15.4-2-T1.txt": "A",
    "show-running-config.c881.helper-address.15.4-2-T1.txt": "A",
    "show-running-config.c881.access-vlan-100.15.4-2-T1.txt": "B",
    "show-running-config.c881.ipsec-2015.15.4-2-T1.txt": "B",
    "show-running-config.c881.cisco1.15.5-3-M8.txt": "A",
    "show-running-config.c881.cisco2.15.5-3-M8.txt": "A",
    "oxidized.c881.wan-eigrp.15.4-3-M5.txt": "A",
    "oxidized.c881.wan-ospf-acl-www.15.4-3-M5.txt": "A",
    "oxidized.c881.core-subinterface.15.4-3-M5.txt": "A",
    "show-running-config.c887va-v-w.pastebin-aavdP8fW.partial.15.1.txt": "C",
    "show-running-config.c881w.pastebin-q0Gsxqb1.partial.15.1-2-T1.txt": "C",
    "show-running-config.c8xx.router-internet.12.4.txt": "B",
    "session.c881.netmiko-examples-output.txt": "A",
}
"""The captures of this family, with their fidelity: A and B are those whose bytes can be trusted."""

EXPLAINED = {
    "show-running-config.c881.access-vlan-100.15.4-2-T1.txt": (
        3, "lines were added by hand, so the count of bytes in the head is not that of the lines below it"
    ),
    "show-running-config.c887va-v-w.pastebin-aavdP8fW.partial.15.1.txt": (
        3, "cut off at the end, so the count of bytes in the head is not that of the lines that are left"
    ),
    "show-running-config.c8xx.router-internet.12.4.txt": (
        2, "a blank at the end of a line was lost, so the count of bytes in the head is one more than there are"
    ),
}  # fmt: skip
"""Captures that the router did not print so: the bytes that differ, and why."""


class Measure(msgspec.Struct, frozen=True):
    """One command of one capture."""

    capture: str
    fidelity: str
    command: str
    bytes: int
    differing: int
    unread: int
    why: str = ""


def measures() -> list[Measure]:
    """All of them."""
    return [each for name in MEASURED for each in measure(name)]


def measure(name: str) -> list[Measure]:
    """Import one capture and give its commands again."""
    world = new_world(WorldRecipe())
    report = import_into(world, read([Recording(name, (CAPTURES / name).read_bytes())]), ())
    unread = sum(note.matter == "not read" for note in (*report.notes, *report.twins[0].notes))
    _, why = EXPLAINED.get(name, (0, ""))
    return [
        Measure(name, MEASURED[name], each.command, each.bytes, each.differing, unread, why)
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
            each.why,
        )
        for each in measures()
    )
    intro = (
        "Each capture of a real router is imported (`isrtwin import`), and the twin is given the same command."
        " Fidelity A: the bytes of the capture are those of the router. B: blanks inside lines were lost on the way,"
        " and the comparison leaves them out. C: indents were lost, or lines left out."
        " What a collector cut off at the head or the end is not counted. Lines"
        " kept as they are: configuration lines that the language does not know; they are printed in their place.\n\n"
    )
    columns = (
        "capture",
        "fidelity",
        "command",
        "bytes",
        "bytes that differ",
        "lines kept as they are",
        "why they differ",
    )
    return f"# Fidelity\n\n{NOTICE.replace('tests.documents', 'tests.fidelity')}{intro}{table(columns, rows)}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fidelity", description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    try:
        text = page()
    except EmulatorError as error:
        print(error, file=sys.stderr)
        return 2
    if not check:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        print("docs/fidelity.md is stale; run python -m tests.fidelity")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
