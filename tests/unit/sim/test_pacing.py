"""Paces in words, and how fast a warped wait gets."""

import math

import pytest

from emulator.kernel.errors import Refused
from emulator.sim.pacing import Warp, parse_pace


@pytest.mark.parametrize(("text", "idle", "wait"), [("", 1, 15), ("1", 1, 1), ("60x", 60, 60), ("max", 0, math.inf)])
def test_paces(text, idle, wait):
    rates = parse_pace(text)
    assert (rates.idle, rates.wait) == (idle, wait)


@pytest.mark.parametrize("text", ["0", "-1", "fast", "nan", "inf"])
def test_what_is_no_pace_is_refused(text):
    with pytest.raises(Refused, match=rf"'{text}' is not a pace; write"):
        parse_pace(text)


def test_a_boot_takes_three_seconds_and_an_hour_not_long():
    warp = Warp(parse_pace(""))
    assert sum(warp.elapsed(0.1) for _ in range(30)) == pytest.approx(45_000, rel=0.1)
    assert sum(warp.elapsed(0.1) for _ in range(90)) > 3_600_000


def test_a_real_pace_stays():
    warp = Warp(parse_pace("1"))
    assert sum(warp.elapsed(0.1) for _ in range(100)) == pytest.approx(10_000, abs=1)
