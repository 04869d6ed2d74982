"""`line vty`: ranges that overlap others are divided, and what is typed goes to every line that was meant."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.console.configuration.vty_ranges import cover, join
from emulator.router.configuration import Configuration
from emulator.router.line_settings import line_block, vty_count, vty_sections
from tests.driver import ConsoleDriver


def printed(console: ConsoleDriver) -> list[str]:
    console.type("end", "show running-config | begin line vty")
    return [line for line in console.shown.splitlines() if line.lstrip() and line not in {"!", "end"}]


PARTS = ((True, ""), (False, "login"), (False, "length 0"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["line vty 0 4", "exec-timeout 5 0"], ["line vty 0 4", " exec-timeout 5 0", " login"]),
        (
            ["line vty 0 15", "exec-timeout 5 0", "login local"],
            ["line vty 0 4", " exec-timeout 5 0", " login local", "line vty 5 15", " exec-timeout 5 0", " login local"],
        ),
        (
            ["line vty 5 15", "no login", "line vty 0 15", "length 0"],
            ["line vty 0 4", " login", " length 0", "line vty 5 15", " no login", " length 0"],
        ),
        (
            ["line vty 2", "length 0"],
            ["line vty 0 1", " login", "line vty 2", " login", " length 0", "line vty 3 4", " login"],
        ),
        (
            ["line vty 2", "length 0", "line vty 0 4", "length 0"],
            [f"line vty {lines}" if shown else f" {text}" for lines in ("0 1", "2", "3 4") for shown, text in PARTS],
        ),
        (
            ["line vty 2", "length 0", "line vty 0 4", "length 0", "line vty 0 4", "width 90"],
            ["line vty 0 4", " login", " length 0", " width 90"],
        ),
    ],
)
def test_ranges(console: ConsoleDriver, typed: list[str], expected: list[str]) -> None:
    console.type("configure terminal", *typed)
    assert printed(console) == expected


def test_a_range_is_one_mode(console: ConsoleDriver) -> None:
    console.type("configure terminal", "line vty 0 15", "foo")
    console.sees("% Invalid input detected at '^' marker.")
    assert console.shown.count("^") == 2
    console.type("exec-timeout 1 0").sees_exactly("")
    assert console.prompt == "Router(config-line)#"
    console.type("hostname Branch").sees_exactly("")
    assert console.prompt == "Branch(config)#"


def test_a_login_without_a_password_is_told_for_every_line(console: ConsoleDriver) -> None:
    console.type("configure terminal", "line vty 0 5", "login")
    told = [f"% Login disabled on line {number}, until 'password' is set\n" for number in range(2, 8)]
    console.sees_exactly("".join(told))
    console.type("line console 0", "login").sees_exactly("% Login disabled on line 0, until 'password' is set\n")
    console.type("password x", "login").sees_exactly("")


def test_the_first_five_stay(console: ConsoleDriver) -> None:
    console.type("configure terminal", "line vty 5 15", "exit", "no line vty 5 15")
    assert vty_count(console.router.configuration) == 5
    console.type("no line vty 0 4").sees_exactly("% Can't delete last 5 VTY lines\n")


@pytest.mark.parametrize(
    ("line", "left"), [("no line vty 5 15", 5), ("no line vty 7", 7), ("no line vty 9 11", 9), ("no line vty 16", 16)]
)
def test_a_line_goes_with_all_beyond_it(console: ConsoleDriver, line: str, left: int) -> None:
    console.type("configure terminal", "line vty 5 15", "line vty 8", "length 0", line).sees_exactly("")
    assert vty_count(console.router.configuration) == left
    assert console.prompt == "Router(config)#"
    assert all("vty" not in each or int(each.split()[-1]) < left for each in printed(console))


@pytest.mark.parametrize("line", ["line vty 4 0", "line vty 7 5", "no line vty 9 5"])
def test_a_range_does_not_run_backwards(console: ConsoleDriver, line: str) -> None:
    before = list(console.router.configuration.sections)
    console.type("configure terminal", line).sees_exactly(f"% Invalid line number: {line[-1]}\n")
    assert console.prompt == "Router(config)#"
    assert list(console.router.configuration.sections) == before


def test_a_saved_range_comes_back(console: ConsoleDriver) -> None:
    console.type("configure terminal", "line vty 0 15", "length 30", "end", "write memory")
    before = printed(console)
    assert printed(console.reload()) == before


RANGES = st.tuples(st.integers(0, 20), st.integers(0, 6)).map(lambda each: (each[0], each[0] + each[1]))


@given(st.lists(st.tuples(RANGES, st.integers(0, 3)), max_size=12))
def test_every_line_has_what_was_typed_for_it_last(typed: list[tuple[tuple[int, int], int]]) -> None:
    configuration, expected = Configuration(), dict[int, int]()
    for (first, last), length in typed:
        join(configuration)
        for key in cover(configuration, first, last):
            configuration.sections[key].lines["length"] = f"length {length}"
        expected |= dict.fromkeys(range(first, last + 1), length)
    ranges = sorted((low, high) for _, low, high in vty_sections(configuration))
    assert all(one[1] < other[0] for one, other in pairwise(ranges)), ranges
    for number in range(30):
        wanted = str(expected[number]) if number in expected else ""
        assert line_block(configuration, "vty", number).word("length") == wanted
