"""Rules that the parsers share: single lines, moments and stretches of time as IOS prints them.

A rule is a pattern whose groups are named for the facts that it tells; blanks may have been lost or doubled on the
way, so patterns take any number of them where the router prints one.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from emulator.captures.facts import Moment
from emulator.captures.reading.terminal import CapturedLine
from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND, WEEK, YEAR, Duration

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNITS: Mapping[str, Duration] = {
    "year": YEAR,
    "week": WEEK,
    "day": DAY,
    "hour": HOUR,
    "minute": MINUTE,
    "second": SECOND,
}

MOMENT = r"[*.]?\d{1,2}:\d\d:\d\d(?:\.\d{1,6})?(?: +[\w+-]{1,8})? +[A-Z][a-z]{2} +[A-Z][a-z]{2} +\d{1,2} +\d{4}"
_MOMENT = re.compile(
    r"(?P<mark>[*.]?)(?P<hour>\d{1,2}):(?P<minute>\d\d):(?P<second>\d\d)(?:\.(?P<part>\d{1,6}))?"
    r"(?: +(?P<zone>[\w+-]{1,8}))? +(?P<weekday>[A-Z][a-z]{2}) +(?P<month>[A-Z][a-z]{2})"
    r" +(?P<day>\d{1,2}) +(?P<year>\d{4})"
)
MAC = r"[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}"


class UnreadLine(msgspec.Struct, frozen=True):
    """A line that tells something that is not understood."""

    line: int
    text: str
    why: str = ""


class Rule(msgspec.Struct, frozen=True):
    """One form of a line. `once`: after it was found, it is not looked for again."""

    pattern: re.Pattern[str]
    read: Mapping[str, Callable[[str], Any]] = {}


def rule(pattern: str, **read: Callable[[str], Any]) -> Rule:
    """A rule, with a reader for each fact that is not plain text."""
    return Rule(re.compile(pattern, re.ASCII), read)


def apply(rules: Iterable[Rule], line: CapturedLine, values: dict[str, Any], at: dict[str, int]) -> bool:
    """Read a line by the first rule that fits; the first telling of a fact counts. Says whether one fitted.

    Raises:
        ValueError: what a rule found cannot be: a thirtieth of February, a number without end.
    """
    for each in rules:
        match = each.pattern.fullmatch(line.text.rstrip())
        if match is None:
            continue
        for name, text in match.groupdict().items():
            if text is not None and name not in values:
                values[name] = each.read[name](text) if name in each.read else text
                at[name] = line.number
        return True
    return False


def number(text: str) -> int:
    """A number of a size that a router prints.

    Raises:
        ValueError: it has too many digits.
    """
    if len(text) > 20:
        raise ValueError("is too large a number")
    return int(text)


def period(text: str) -> Duration:
    """`30 weeks, 3 days, 5 hours, 43 minutes` in milliseconds.

    Raises:
        ValueError: it is no such stretch of time.
    """
    total = 0
    for part in text.split(","):
        count, _, unit = part.strip().partition(" ")
        size = UNITS.get(unit.strip().removesuffix("s"))
        if size is None or not count.isdecimal() or len(count) > 5:
            raise ValueError(f"'{part.strip()}' is no stretch of time")
        total += int(count) * size
    return total


def moment(text: str) -> Moment:
    """`19:10:00 UTC Thu Jul 7 2016`, with a mark and milliseconds where there are some.

    Raises:
        ValueError: there is no such moment, or its day of the week is another.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None or match["month"] not in MONTHS:
        raise ValueError(f"'{text}' is no moment")
    part = int((match["part"] or "0").ljust(6, "0"))
    local = datetime(  # noqa: DTZ001 - local by its nature; the zone stands beside it
        int(match["year"]), MONTHS.index(match["month"]) + 1, int(match["day"]), int(match["hour"]),
        int(match["minute"]), int(match["second"]), part,
    )  # fmt: skip
    if local.strftime("%a") != match["weekday"]:
        raise ValueError(f"{match['day']} {match['month']} {match['year']} was no {match['weekday']}")
    return Moment(local, match["zone"] or "", match["mark"])


def register(text: str) -> int:
    """A configuration register."""
    return int(text, 16)
