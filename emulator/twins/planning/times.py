"""The clocks of a twin: since when it runs, what its calendar shows, in which zone.

Where no screen tells the time, the last change or save of the configuration does (I: the capture came soon after). An
uptime is told in whole minutes, so a twin has run exactly so many. A zone is told by letters; what they mean the
configuration says, else a table of the common ones (R), else they are taken for UTC and that is told.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from emulator.captures.facts import Moment
from emulator.kernel.time import MINUTE, Duration, Instant
from emulator.router.clocks import SUMMER_MINUTES, Calendar, WallTime, is_summer, moment, unset_calendar
from emulator.twins.device import CapturedDevice
from emulator.twins.report import Matter

ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 60, "WEST": 60, "IST": 330, "CET": 60, "MET": 60, "CEST": 120,
    "MEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "AST": -240, "ADT": -180, "EST": -300, "EDT": -240,
    "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "HST": -600,
    "JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "AWST": 480, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
"""Minutes east of Greenwich."""

IN_SUMMER = {
    "BST": "GMT", "WEST": "WET", "CEST": "CET", "MEST": "MET", "EEST": "EET", "ADT": "AST", "EDT": "EST", "CDT": "CST",
    "MDT": "MST", "PDT": "PST",
}  # fmt: skip
"""Names of zones in summer, with those in winter."""

EUROPEAN = frozenset({"BST", "WEST", "CEST", "MEST", "EEST"})
EUROPEAN_RULE = " last Sun Mar 2:00 last Sun Oct 3:00"
"""Days of summer time that a configuration has to name, for they are not those that IOS takes by itself (R)."""

TIMEZONE = re.compile(r"^clock timezone (\S+) (-?\d{1,2})(?: (\d{1,2}))?", re.MULTILINE)
SUMMER = re.compile(r"^clock summer-time (\S+) ", re.MULTILINE)


class Zones:
    """Meaning of the abbreviations of time zones on one device.

    A zone may have one name all the year (C: `clock timezone EST -5 0`, `clock summer-time EST recurring`).
    """

    def __init__(self, device: CapturedDevice) -> None:
        self._device = device
        self._known = dict(ZONES)
        self._all_year = ""
        configured = device.configuration_text
        if match := TIMEZONE.search(configured):
            hours = int(match[2])
            minutes = hours * 60 + (int(match[3] or 0) if hours >= 0 else -int(match[3] or 0))
            self._known[match[1]] = minutes
            if summer := SUMMER.search(configured):
                self._all_year = match[1] if summer[1] == match[1] else ""
                self._known[summer[1]] = minutes if self._all_year else minutes + 60

    def minutes(self, zone: str, place: str) -> int:
        """Minutes east of Greenwich."""
        if zone and zone not in self._known:
            self._device.twin.tell(Matter.ASSUMED, f"nobody knows the time zone {zone}; it is taken for UTC", place)
        return self._known.get(zone, 0)

    def wall(self, moment: Moment, place: str) -> WallTime:
        """A moment of the device's calendar."""
        minutes = self.minutes(moment.zone, place)
        if moment.zone == self._all_year and is_summer(moment.local - timedelta(minutes=SUMMER_MINUTES)):
            minutes += SUMMER_MINUTES
        local = int((moment.local.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
        return WallTime(local - minutes * MINUTE, moment.zone or "UTC", minutes)


def uptime_of(device: CapturedDevice) -> Duration:
    """Time since the start of a device, in milliseconds; 0, which is told, where no screen tells it."""
    version = device.version
    if version is not None and version.uptime is not None:
        return version.uptime
    device.twin.tell(Matter.ASSUMED, "nothing tells the uptime; it has just been started")
    return 0


def seen_at(device: CapturedDevice, zones: Zones) -> WallTime | None:
    """The calendar at the moment of the capture, as far as something tells it."""
    if device.clock is not None:
        return zones.wall(device.clock.now, device.clock.place("now"))
    version = device.version
    if version is not None and version.restarted is not None and version.uptime is not None:
        started = zones.wall(version.restarted, version.place("restarted"))
        return WallTime(started.epoch_ms + version.uptime, started.zone, started.zone_minutes)
    return None


def known_at(device: CapturedDevice, zones: Zones) -> WallTime | None:
    """The calendar at the moment of the capture, or at the last moment before it that something tells."""
    return seen_at(device, zones) or _changed_at(device, zones)


def _changed_at(device: CapturedDevice, zones: Zones) -> WallTime | None:
    """The latest moment in the heads of the configurations; None where the clock is known not to be set."""
    version = device.version
    if device.clock is not None or (version is not None and version.reset is not None and version.restarted is None):
        return None
    told = [
        zones.wall(moment, facts.place(field))
        for facts in device.configurations
        for field, moment in (("changed", facts.changed), ("saved", facts.saved))
        if moment is not None and not moment.mark and (moment.local.year, moment.local.month) not in UNSET
    ]
    return max(told, key=lambda each: each.epoch_ms) if told else None


UNSET = ((1993, 3), (2002, 3), (2006, 1))
"""Year and month in which the clock of a router starts whose time was never set (R): such a date says nothing."""


def calendar_of(device: CapturedDevice, known: WallTime | None, now: Instant, uptime: Duration) -> Calendar:
    """The calendar of a twin whose world stands at `now`."""
    if known is None:
        if device.version is not None:
            return unset_calendar(now - uptime)
        return unset_calendar(now)
    unset = device.clock is not None and device.clock.now.mark == "*"
    return Calendar(known.epoch_ms - now, not unset, known.zone, known.zone_minutes)


def zone_lines(shown: WallTime) -> tuple[str, ...]:
    """The lines of a configuration with which a router shows this zone at this time; none for UTC.

    A name of summer comes from a zone with summer time; where that is not so at this date, it counts for itself.
    """
    if (shown.zone, shown.zone_minutes) == ("UTC", 0):
        return ()
    winter = IN_SUMMER.get(shown.zone)
    if winter is None or not is_summer(shown.local - timedelta(minutes=SUMMER_MINUTES)):
        return (f"clock timezone {shown.zone} {_hours(shown.zone_minutes)}",)
    rule = EUROPEAN_RULE if shown.zone in EUROPEAN else ""
    return (
        f"clock timezone {winter} {_hours(shown.zone_minutes - SUMMER_MINUTES)}",
        f"clock summer-time {shown.zone} recurring{rule}",
    )


def _hours(minutes: int) -> str:
    """Minutes east of Greenwich as `clock timezone` takes them: `-8 0`, `5 30`."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else ''}{hours} {rest}"


def zone_seen(device: CapturedDevice, zones: Zones) -> WallTime | None:
    """The moment that tells the zone of the clock: its letters are those of its own date, not of the capture's."""
    version = device.version
    if device.clock is not None:
        return zones.wall(device.clock.now, device.clock.place("now"))
    if version is not None and version.restarted is not None:
        return zones.wall(version.restarted, version.place("restarted"))
    return None


def configured_zone(calendar: Calendar, seen: WallTime, lines: Sequence[str]) -> Calendar:
    """The calendar of a router that is configured with the lines of the zone that was seen."""
    text = "\n".join(lines)
    zone, summer = TIMEZONE.search(text), SUMMER.search(text)
    if zone is None:
        return calendar
    minutes = seen.zone_minutes - (SUMMER_MINUTES if summer else 0)
    return replace(calendar, zone=zone[1], zone_minutes=minutes, summer=summer[1] if summer else "")


def in_the_zone_of(configured: Calendar, calendar: Calendar, seen: WallTime | None) -> Calendar:
    """The calendar of a twin with the zone of its configuration; a zone that was seen on a screen outweighs it."""
    zoned = replace(calendar, zone=configured.zone, zone_minutes=configured.zone_minutes, summer=configured.summer)
    if seen is None:
        return zoned
    shown = zoned.at(seen.epoch_ms - zoned.offset)
    return zoned if (shown.zone, shown.zone_minutes) == (seen.zone, seen.zone_minutes) else calendar


def tell_assumed_time(device: CapturedDevice, calendar: Calendar, zones: Zones, now: Instant) -> None:
    """Report the time that the clock of the twin shows, where no screen tells it."""
    if seen_at(device, zones) is not None:
        return
    shown = moment(calendar.at(now))
    if calendar.is_set:
        text = f"no screen tells the time; the clock starts at the last change of the configuration, {shown}"
    else:
        text = f"no screen tells the time; the clock is not set and shows {shown}"
    device.twin.tell(Matter.ASSUMED, text)
