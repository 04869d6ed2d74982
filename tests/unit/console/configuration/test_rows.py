"""Every row of every table: typed, it is kept and printed; taken back, it is gone; found, it is understood."""

from functools import cache

import pytest
from msgspec.structs import replace

from emulator.console.configuration.conditions import applies
from emulator.console.configuration.layout import configuration_lines
from emulator.console.configuration.networks import cut
from emulator.console.configuration.rows import Row
from emulator.console.line.router_lines import RouterLines
from emulator.console.session.verbatim_reader import read_found
from emulator.grammar import Parsed
from emulator.router.configuration import Configuration
from emulator.world.build import console_grammar
from tests.driver import ConsoleDriver, world_of
from tests.unit.console.configuration.samples import flats, rows, typed, way

IMAGE = "c880data-universalk9-mz.155-3.M8.bin"
OLDER = "c880data-universalk9-mz.150-1.M4.bin"
FIRST = "c880data-universalk9-mz.124-20.T1.bin"
VOICE = "c880voice-universalk9-mz.151-4.M5.bin"
NEWEST = "c880data-universalk9-mz.158-3.M6.bin"
ROUTERS = (
    ("CISCO887VA-K9", IMAGE),
    ("CISCO881-K9", IMAGE),
    ("CISCO881G-G-K9", IMAGE),
    ("C888SRST-K9", ""),
    ("C888SRST-K9", VOICE),
    ("CISCO881-K9", OLDER),
    ("CISCO881-K9", NEWEST),
    ("CISCO881-K9", FIRST),
)
NOWHERE = {"mpls ip"}
"""Lines that the feature matrix has at no level."""
WARNED = {"login": "% Login disabled on line "}
"""Warnings of lines that are taken."""


@cache
def router(pid: str, image: str) -> ConsoleDriver:
    facts = {"image": image} if image else {}
    return ConsoleDriver(world_of(pid=pid, factory=("advsecurity", "advipservices"), **facts)).boot()


def place_for(mode: str, row: Row) -> tuple[ConsoleDriver, list[str]] | None:
    """A router that has the row, and the way to it."""
    for pid, image in ROUTERS:
        console = router(pid, image)
        path = way(console.router, mode, row)
        bare = replace(row, kinds=(), unless=())
        if path is not None and applies(bare, console.router, ""):
            subject = path[-1] if mode in {"config-router", "config-line"} and path else ""
            if not subject or applies(row, console.router, subject.replace("console", "con")):
                return console, path
    return None


@pytest.mark.parametrize(("mode", "row"), rows(), ids=lambda value: value if isinstance(value, str) else value.line)
def test_a_line_is_kept_printed_and_taken_back(mode: str, row: Row) -> None:
    found = place_for(mode, row)
    if row.line in NOWHERE:
        assert found is None
        return
    assert found is not None, "no router of the catalogue has it"
    console, path = found
    console.router.running.configuration = Configuration()
    empty = printed(console)
    console.type("end", "configure terminal", *path)
    before = [*empty, *printed(console)]
    outcomes = [(typed(flat), console.session.parse_here(typed(flat))) for flat in flats(row)]
    assert [line for line, outcome in outcomes if not isinstance(outcome, Parsed)] == []
    line, outcome = outcomes[0]
    assert isinstance(outcome, Parsed)
    console.type(line)
    said = [text for text in console.shown.splitlines() if text.startswith("% ")]
    assert [text for text in said if not text.startswith(WARNED.get(row.line, "% none"))] == []
    assert {each.strip() for each in _kept(row, outcome)} <= {text.strip() for text in printed(console)}
    console.type("end", "configure terminal", *path, f"no {line}")
    console.sees_nothing_of("% ")
    gone = [text for text in printed(console) if text not in before]
    assert (
        gone in ([], [f" no {line}"], [f"no {line}"], [row.no_leaves], [f" {row.no_leaves}"])
        or row.default_on
        or row.keep_no
    ), f"{line}: {gone}"


@pytest.mark.parametrize(("mode", "row"), rows(), ids=lambda value: value if isinstance(value, str) else value.line)
def test_a_line_that_is_printed_is_understood_when_it_is_found(mode: str, row: Row) -> None:
    found = place_for(mode, row)
    if found is None:
        return
    console, path = found
    console.router.running.configuration = Configuration()
    console.type("end", "configure terminal", *path, typed(flats(row)[0]), "end")
    before = printed(console)
    line = RouterLines(console.router, console.world.clock, console.world.timekeeper).console
    assert read_found(console.router, line, console_grammar(), "\n".join(before)) == []
    assert printed(console) == before


def printed(console: ConsoleDriver) -> list[str]:
    """The configuration without the times of its changes."""
    return [text for text in configuration_lines(console.router) if not text.startswith("! ")]


def _kept(row: Row, outcome: Parsed) -> list[str]:
    """Lines that must be printed: the line itself, where it is neither the default nor written otherwise."""
    return [] if row.default_on or row.shown else [cut(row, outcome.spelled, outcome.arguments)[0]]
