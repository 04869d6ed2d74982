"""The router's own calendar: an offset to simulated time that no license clock looks at.

Until somebody sets it, it starts at every boot on 1 March 2002 (I; the form `*Mar  1 00:00:05` is R for this family).
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
        """The moment in its zone."""
        zone = timezone(timedelta(minutes=self.zone_minutes))
        return datetime(1970, 1, 1, tzinfo=UTC).astimezone(zone) + timedelta(milliseconds=self.epoch_ms)


class Calendar(msgspec.Struct, frozen=True):
    """The running calendar.

    Attributes:
        offset: milliseconds since 1970 at simulated instant 0.
        is_set: somebody set it since the boot; IOS marks times of an unset calendar with `*`.
    """

    offset: int
    is_set: bool = False
    zone: str = "UTC"
    zone_minutes: int = 0

    def at(self, now: Instant) -> WallTime:
        """What it shows at an instant."""
        return WallTime(self.offset + now, self.zone, self.zone_minutes)


def moment(time: WallTime) -> str:
    """`19:10:00 UTC Thu Jul 7 2016`."""
    local = time.local
    return f"{local:%H:%M:%S} {time.zone} {local:%a %b} {local.day} {local:%Y}"


def unset_calendar(booted: Instant) -> Calendar:
    """The calendar of a router that has just booted and was not told the time."""
    return Calendar(int(UNSET_START.timestamp() * 1000) - booted)
