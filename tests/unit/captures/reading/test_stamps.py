"""Captures of a terminal program that writes the time before every line."""

import pytest

from emulator.captures.reading.terminal import CapturedLine, lines_of
from tests.driver import ConsoleDriver, world_of
from tests.unit.twins.recordings import CAPTURES, COMMANDS, log_of, twin_of

STAMPS = (
    "[2016-03-01 10:00:00] ",  # SecureCRT, PuTTY's kin
    "[Tue Mar 01 10:00:00.123 2016] ",  # Tera Term
    "[10:00:00.123] ",
    "2016-03-01 10:00:00 ",
    "2016-03-01T10:00:00.123456+00:00 ",  # ts
    "2016-03-01 10:00:00,123 | ",
)


def stamped(text: str, stamp: str) -> str:
    return "".join(stamp + line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize("stamp", STAMPS)
def test_a_log_with_the_time_before_every_line_comes_back(stamp: str) -> None:
    log = log_of(ConsoleDriver(world_of("R1")).boot())
    _, twin = twin_of(stamped(log, stamp))
    assert [each.differing for each in twin.printed] == [0] * len(twin.printed)
    assert len(twin.printed) >= len(COMMANDS) - 2


@pytest.mark.parametrize("stamp", STAMPS)
def test_a_line_keeps_its_number_and_its_own_blanks(stamp: str) -> None:
    text = stamped("R1#show x\n  a\n\nb\n", stamp).encode()
    assert lines_of(text) == [
        CapturedLine(1, "R1#show x"), CapturedLine(2, "  a"), CapturedLine(3, ""), CapturedLine(4, "b"),
    ]  # fmt: skip


def test_the_times_of_a_router_are_its_own() -> None:
    for file in CAPTURES.glob("*.txt"):
        data = file.read_bytes()
        shown = [line.text for line in lines_of(data)]
        if len(shown) < 3:  # one line tells no custom
            continue
        stamps = [line.text for line in lines_of(stamped(data.decode(), STAMPS[0]).encode())]
        assert stamps == shown, file.name
    log = b"*Mar  1 00:00:11.973: %SYS-5-CONFIG_I: x\n" * 4
    assert lines_of(log)[0].text.startswith("*Mar")
