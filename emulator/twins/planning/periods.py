"""Periods of licenses as they are printed, read back: what was shown is rounded down, so each is a range.

C: the forms `8  weeks 4  days`, `0  minute  0  second`, `Life time`, `Not Activated`.
"""

import re

import msgspec

from emulator.captures.parse.rules import UNITS
from emulator.kernel.time import LONGEST, Duration

_PART = re.compile(r"(\d{1,6})\s+(year|week|day|hour|minute|second)s?")


class Span(msgspec.Struct, frozen=True):
    """Range of durations from `low` up to, but not including, `high` milliseconds."""

    low: Duration
    high: Duration


def span_of(text: str | None) -> Span | None:
    """The range of a period; None for words that are no number, such as `Life time`."""
    parts = _PART.findall(text or "")
    if not parts:
        return None
    low = sum(int(count) * UNITS[unit] for count, unit in parts)
    return Span(low, low + min(UNITS[unit] for _, unit in parts))


def used_so_that(total: Duration, left: Span | None, used: Span | None) -> tuple[Duration, bool]:
    """A time of use that prints both as they were seen; and whether there is one.

    Where there is none, what is left counts, for it decides when the license ends. A license that is over may have
    been used for longer than its period.
    """
    low, high = 0, total
    if left is not None:
        low, high = max(total - left.high + 1, 0), total - left.low if left.low else LONGEST
    if used is not None:
        both = max(low, used.low), min(high, used.high - 1)
        if both[0] <= both[1]:
            return both[0] if left is None else both[1], True
        return (used.low, True) if left is None else (min(max(high, 0), total), False)
    return min(max(high, 0), total) if left is not None else 0, True
