"""The router's own calendar: an offset to simulated time that no license clock looks at.

Until somebody sets it, it starts at every boot on 1 March 2002 (I; the form `*Mar  1 00:00:05` is R for this family, as
older routers have it; c1900, c2900, c3900e and ir800 boards say `*Jan  2 00:00:0x` (C); no boot of an 880 is public).
Moving it does not move evaluations (I, from C: metered licenses count on the system clock).
"""

from datetime import UTC, datetime, timedelta, timezone

import msgspec

from emulator.kernel.time import Instant

UNSET_START = datetime(2002, 3, 1, tzinfo=UTC)


class WallTime(msgspec.Struct, frozen=True):
    """A moment as the router's calendar had it: milliseconds since 1970 and the zone it was shown in."""

    epoch_ms: int
    zone: str = "UTC"
    zone_minutes: int = 0

    @property
    def local(self) -> datetime:
        """Moment in its zone."""
        zone = timezone(timedelta(minutes=self.zone_minutes))
        return datetime(1970, 1, 1, tzinfo=UTC).astimezone(zone) + timedelta(milliseconds=self.epoch_ms)


class Calendar(msgspec.Struct, frozen=True):
    """The running calendar.

    Attributes:
        offset: milliseconds since 1970 at simulated instant 0.
        is_set: it was set since the boot; IOS marks times of an unset calendar with `*`.
        zone, zone_minutes: the time zone, and its minutes ahead of UTC.
        summer: the name of the zone in summer, an hour further ahead; empty where there is no summer time.
    """

    offset: int
    is_set: bool = False
    zone: str = "UTC"
    zone_minutes: int = 0
    summer: str = ""

    def at(self, now: Instant) -> WallTime:
        """Calendar time at an instant."""
        shown = WallTime(self.offset + now, self.zone, self.zone_minutes)
        if self.summer and is_summer(shown.local):
            return WallTime(shown.epoch_ms, self.summer, self.zone_minutes + SUMMER_MINUTES)
        return shown


SUMMER_MINUTES = 60


def is_summer(standard: datetime) -> bool:
    """Tell whether a moment, in standard time, lies in summer time.

    R: by itself IOS follows the United States, from 2:00 on the second Sunday of March to 2:00 summer time on the first
    of November; I: in every year.
    """
    begin = _sunday(standard, month=3, week=2) + timedelta(hours=2)
    end = _sunday(standard, month=11, week=1) + timedelta(hours=1)
    return begin <= standard < end


def summer_bounds(year: int) -> tuple[datetime, datetime]:
    """Begin of summer time in standard time, and its end in summer time."""
    new_year = datetime(year, 1, 1, tzinfo=UTC)
    begin, end = _sunday(new_year, month=3, week=2), _sunday(new_year, month=11, week=1)
    return begin + timedelta(hours=2), end + timedelta(hours=2)


def _sunday(moment: datetime, *, month: int, week: int) -> datetime:
    first = moment.replace(month=month, day=1, hour=0, minute=0, second=0, microsecond=0)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (week - 1))


def moment(time: WallTime) -> str:
    """Format a time as `show clock` does: `19:10:00 UTC Thu Jul 7 2016`."""
    local = time.local
    return f"{local:%H:%M:%S} {time.zone} {local:%a %b} {local.day} {local:%Y}"


def unset_calendar(booted: Instant) -> Calendar:
    """Build the calendar of a router that has just booted and was not told the time."""
    return Calendar(int(UNSET_START.timestamp() * 1000) - booted)
