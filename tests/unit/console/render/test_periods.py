import pytest

from emulator.console.render.periods import license_period, uptime
from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND, WEEK


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (0, "0 minutes"),
        (MINUTE, "1 minute"),
        (12 * WEEK + 5 * DAY + HOUR + 4 * MINUTE, "12 weeks, 5 days, 1 hour, 4 minutes"),
        (10 * WEEK + 6 * DAY + 12 * MINUTE, "10 weeks, 6 days, 12 minutes"),
        (8 * WEEK + 23 * HOUR + 45 * MINUTE, "8 weeks, 23 hours, 45 minutes"),
        (52 * WEEK, "52 weeks"),
        (365 * DAY, "1 year"),
        (373 * DAY, "1 year, 1 week, 1 day"),
    ],
)
def test_uptime(period: int, text: str) -> None:
    assert uptime(period) == text


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (60 * DAY, "8  weeks 4  days"),
        (WEEK, "1  week 0  day"),
        (WEEK - 1, "6  days 23  hours"),
        (DAY + HOUR, "1  day 1  hour"),
        (HOUR + 30 * MINUTE, "1  hour 30  minutes"),
        (0, "0  minute  0  second  "),
        (MINUTE + 2 * SECOND, "1  minute  2  seconds  "),
    ],
)
def test_license_periods(period: int, text: str) -> None:
    assert license_period(period) == text
