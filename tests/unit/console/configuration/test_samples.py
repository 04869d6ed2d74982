"""Configurations such as people have: each typed whole into a fresh router of its kind, printed, and read as found."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from emulator.console.configuration.layout import configuration_lines
from emulator.console.line.router_lines import RouterLines
from emulator.console.session.verbatim_reader import read_found
from emulator.world.build import console_grammar
from tests.driver import ConsoleDriver, world_of

FOLDER = Path(__file__).parent / "samples"
CASES = {
    "branch_887va": ("CISCO887VA-K9", "c880data-universalk9-mz.154-3.M5.bin"),
    "shop_881w": ("CISCO881W-GN-A-K9", "c880data-universalk9-mz.154-3.M5.bin"),
    "kiosk_881g": ("CISCO881G-G-K9", "c880data-universalk9-mz.155-3.M8.bin"),
    "office_888srst": ("C888SRST-K9", "c880voice-universalk9-mz.150-1.M4.bin"),
}

WRITTEN_OTHERWISE = {
    "logging 10.1.1.21": "logging host 10.1.1.21",
    "crypto isakmp key 6 secret address 0.0.0.0 0.0.0.0": "crypto isakmp key 6 secret address 0.0.0.0         0.0.0.0",
    "option 150 ip 10.1.1.5 ": "option 150 ip 10.1.1.5",
    "option 150 ip 10.1.1.5 10.20.1.1 ": "option 150 ip 10.1.1.5 10.20.1.1",
    "ip classless": "",
    "ip subnet-zero": "",
    "ip source-route": "",
}
"""Lines that are not printed as typed; empty: not printed, since it holds anyway. The blank behind the addresses of an
option is IOS's (R); the table has one tail for all options and leaves it out."""

Way = tuple[str, ...]


def lines_of(name: str) -> list[str]:
    return (FOLDER / f"{name}.cfg").read_text(encoding="utf-8").splitlines()


def ways(lines: list[str]) -> Counter[Way]:
    """Every line with the lines that it stands below."""
    found: Counter[Way] = Counter()
    above: list[tuple[int, str]] = []
    for line in lines:
        indent = len(line) - len(line.lstrip())
        while above and above[-1][0] >= indent:
            above.pop()
        above.append((indent, line.lstrip()))
        found[tuple(text for _, text in above)] += 1
    return found


def fresh(name: str) -> ConsoleDriver:
    pid, image = CASES[name]
    return ConsoleDriver(world_of(pid=pid, factory=("advsecurity", "advipservices"), image=image)).boot()


@cache
def filled(name: str) -> ConsoleDriver:
    """A router that every line was typed into; what it said is on its screen."""
    console = fresh(name).type("configure terminal")
    console.screen = ""
    return console.type(*(line.strip() for line in lines_of(name)), "end")


def printed(console: ConsoleDriver) -> list[str]:
    return "\n".join(configuration_lines(console.router)).split("\n")


@pytest.mark.parametrize("name", CASES)
def test_no_line_is_refused(name: str) -> None:
    screen = filled(name).screen
    assert [
        line
        for line in screen.splitlines()
        if (line.startswith("% ") and not line.startswith("% NOTE")) or line.strip() == "^"
    ] == []


@pytest.mark.parametrize("name", CASES)
def test_every_line_is_printed_where_it_belongs(name: str) -> None:
    expected = {
        (*above, WRITTEN_OTHERWISE.get(text, text)): count
        for (*above, text), count in ways(lines_of(name)).items()
        if WRITTEN_OTHERWISE.get(text, text)
    }
    shown = ways(printed(filled(name)))
    assert {way: shown[way] for way in expected} == expected


@pytest.mark.parametrize("name", CASES)
def test_what_is_printed_is_understood_when_it_is_found(name: str) -> None:
    text = printed(filled(name))
    twin = fresh(name)
    line = RouterLines(twin.router, twin.world.clock, twin.world.timekeeper).console
    assert read_found(twin.router, line, console_grammar(), "\n".join(text)) == []
    assert _own(printed(twin)) == _own(text)


@pytest.mark.parametrize("name", CASES)
def test_what_is_written_is_what_runs_after_a_reload(name: str) -> None:
    console = fresh(name).type("configure terminal", *(line.strip() for line in lines_of(name)), "end", "write")
    before = _own(printed(console))
    console.reload()
    assert _own(printed(console)) == before


def _own(lines: list[str]) -> list[str]:
    """Lines without the times of changes and what stands around them."""
    return lines[next(at for at, line in enumerate(lines) if line.startswith("version ")) :]
