"""Simulated time: whole milliseconds since the world began.

Integers keep equality and order exact, so a replay is reproducible to the byte. Only `sim` knows what time it is;
every other room is handed `now`.
"""

import re
from datetime import datetime
from typing import Annotated

Instant = Annotated[int, "instant"]
"""Milliseconds since the world's start. The mark lets fields of this type be found (`kernel/shifting.py`)."""

Duration = int
"""Length of simulated time, in milliseconds."""

SECOND: Duration = 1_000
MINUTE: Duration = 60 * SECOND
HOUR: Duration = 60 * MINUTE
DAY: Duration = 24 * HOUR
WEEK: Duration = 7 * DAY
YEAR: Duration = 365 * DAY
"""Year as IOS counts it in uptimes and ages, without leap days."""

UNITS = {"w": WEEK, "d": DAY, "h": HOUR, "m": MINUTE, "s": SECOND, "ms": 1}

LONGEST: Duration = 100 * YEAR
"""Limit of a duration that a user may ask for, in milliseconds."""

DURATION_FORM = "([0-9]{1,12}(ms|[wdhms]))+"
"""Pattern of a whole duration, in the syntax that Python and JSON Schema share."""

_DURATION = re.compile(DURATION_FORM)
_PART = re.compile("([0-9]{1,12})(ms|[wdhms])")


def is_duration(text: str) -> bool:
    """Tell whether the text has the form of a duration."""
    return _DURATION.fullmatch(text) is not None


def parse_duration(text: str) -> Duration:
    """Read `59d12h`, `90s` or `1w2d` as milliseconds.

    Raises:
        ValueError: the text is not a duration, or longer than `LONGEST`.
    """
    if not is_duration(text):
        raise ValueError(f"'{text}' is not a duration; write for example 59d12h, 90m or 30s")
    duration = sum(int(number) * UNITS[unit] for number, unit in _PART.findall(text))
    if duration > LONGEST:
        raise ValueError(f"'{text}' is longer than a hundred years")
    return duration


def clock_line(moment: datetime) -> str:
    """Format a moment of the calendar as the bench writes it."""
    return f"{moment:%a %Y-%m-%d %H:%M:%S} UTC"


def format_duration(duration: Duration) -> str:
    """Write a duration as `parse_duration` reads it, largest unit first: `59d12h`; zero is `0s`."""
    words = []
    for unit in ("d", "h", "m", "s", "ms"):
        count, duration = divmod(duration, UNITS[unit])
        if count:
            words.append(f"{count}{unit}")
    return "".join(words) or "0s"
