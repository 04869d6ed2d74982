"""Pace of simulated time beside real time: a dial apart from the simulation.

A pace is written as simulated seconds in a real one, or `max`, which runs only while a requested boot, copy or
advance lasts. With `warp`, or left out, an idle prompt lives in real time and waiting for hardware is warped: fifteen
simulated seconds in a real one, which makes a boot about three seconds, and twice as fast with every second beyond
that, so that no wait is long.
"""

import math

import msgspec

from emulator.kernel.errors import Refused
from emulator.kernel.time import Duration

MAX, WARPED = "max", "warp"
WARP = 15.0
PATIENCE = 3.0
"""Real seconds after which a warped wait speeds up."""


class Rates(msgspec.Struct, frozen=True):
    """The speed of simulated time.

    Attributes:
        idle: simulated seconds in a real one while a prompt is idle.
        wait: simulated seconds in a real one during a wait; infinite for no waiting at all.
        warped: waits get faster the longer they last.
    """

    shown: str
    idle: float
    wait: float
    warped: bool = False


def parse_pace(text: str) -> Rates:
    """Read a pace.

    Raises:
        Refused: the text is neither a positive number nor `warp` nor `max`.
    """
    if text in {"", WARPED}:
        return Rates("1x", 1.0, WARP, warped=True)
    if text == MAX:
        return Rates(MAX, 0.0, math.inf)
    try:
        rate = float(text.removesuffix("x"))
    except ValueError:
        rate = math.nan
    if not (0 < rate < math.inf):
        raise Refused(f"'{text}' is not a pace; write simulated seconds in a real second (1, 60, 3600), warp, or max")
    return Rates(f"{rate:g}x", rate, rate)


class Pace:
    """A rate, and the fraction of a millisecond that the last step left over."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self._rest = 0.0

    def elapsed(self, seconds: float) -> Duration:
        """Simulated milliseconds for a stretch of real time in seconds; no fraction is lost to rounding."""
        exact = seconds * 1000 * self.rate + self._rest
        whole = int(exact)
        self._rest = exact - whole
        return whole


class Warp:
    """Simulated time of a single wait that speeds up the longer it lasts."""

    def __init__(self, rates: Rates) -> None:
        self._rates, self._pace, self._lasted = rates, Pace(rates.wait), 0.0

    @property
    def rate(self) -> float:
        """Simulated seconds in a real one, now."""
        return self._pace.rate

    def elapsed(self, seconds: float) -> Duration:
        """Simulated milliseconds for a further stretch of real time in seconds."""
        self._lasted += seconds
        if self._rates.warped and self._lasted > PATIENCE:
            self._pace.rate = self._rates.wait * 2.0 ** min(self._lasted - PATIENCE, 30.0)
        return self._pace.elapsed(seconds)
