"""Stretches of time as IOS writes them; every screen has its own way.

C: uptime in `show version`; C on other platforms of the same licensing code: two blanks between number and unit in
`show license`, a single one between its parts, two trailing blanks after seconds.
"""

from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND, WEEK, YEAR, Duration

_UPTIME_UNITS = (("year", YEAR), ("week", WEEK), ("day", DAY), ("hour", HOUR), ("minute", MINUTE))
_LICENSE_PAIRS = (
    (("week", WEEK), ("day", DAY)),
    (("day", DAY), ("hour", HOUR)),
    (("hour", HOUR), ("minute", MINUTE)),
)


def uptime(period: Duration) -> str:
    """Format an uptime: `30 weeks, 3 days, 5 hours, 43 minutes`; units that are zero are left out."""
    words = []
    for unit, size in _UPTIME_UNITS:
        count, period = divmod(period, size)
        if count:
            words.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return ", ".join(words) or "0 minutes"


def license_period(period: Duration) -> str:
    """Format a period: `8 weeks 4 days`; the two largest units, and below an hour `0 minute 0 second `."""
    for (large, large_size), (small, small_size) in _LICENSE_PAIRS:
        if period >= large_size:
            count, rest = divmod(period, large_size)
            return f"{_counted(count, large)} {_counted(rest // small_size, small)}"
    minutes, rest = divmod(period, MINUTE)
    return f"{_counted(minutes, 'minute')}  {_counted(rest // SECOND, 'second')}  "


def _counted(count: int, unit: str) -> str:
    return f"{count}  {unit}{'s' if count > 1 else ''}"
