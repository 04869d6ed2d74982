"""The clocks of a twin: since when it runs, what its calendar shows, in which zone.

Where no screen tells the time, the last change or save of the configuration does (I: the capture came soon after). An
uptime is told in whole minutes, so a twin has run exactly so many. A zone is told by letters; what they mean the
configuration says, else a table of the common ones (R), else they are taken for UTC and that is told.
"""

import re
from datetime import UTC, datetime

from msgspec.structs import replace

from emulator.kernel.time import MINUTE, Duration, Instant
from emulator.router.clocks import Calendar, WallTime, moment, unset_calendar
from emulator.twins.device import CapturedDevice
from emulator.twins.facts import Moment
from emulator.twins.report import Matter

ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 60, "WEST": 60, "IST": 330, "CET": 60, "MET": 60, "CEST": 120,
    "MEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "AST": -240, "ADT": -180, "EST": -300, "EDT": -240,
    "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "HST": -600,
    "JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "AWST": 480, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
"""Minutes east of Greenwich."""

TIMEZONE = re.compile(r"^clock timezone (\S+) (-?\d{1,2})(?: (\d{1,2}))?", re.MULTILINE)
SUMMER = re.compile(r"^clock summer-time (\S+) ", re.MULTILINE)


class Zones:
    """Meaning of the abbreviations of time zones on one device."""

    def __init__(self, device: CapturedDevice) -> None:
        self._device = device
        self._known = dict(ZONES)
        configuration = device.running or device.startup
        if configuration is not None and (match := TIMEZONE.search(configuration.text)):
            hours = int(match[2])
            minutes = hours * 60 + (int(match[3] or 0) if hours >= 0 else -int(match[3] or 0))
            self._known[match[1]] = minutes
            if summer := SUMMER.search(configuration.text):
                self._known[summer[1]] = minutes + 60

    def minutes(self, zone: str, place: str) -> int:
        """Minutes east of Greenwich."""
        if zone and zone not in self._known:
            self._device.twin.tell(Matter.ASSUMED, f"nobody knows the time zone {zone}; it is taken for UTC", place)
        return self._known.get(zone, 0)

    def wall(self, moment: Moment, place: str) -> WallTime:
        """A moment of the device's calendar."""
        minutes = self.minutes(moment.zone, place)
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
        for facts in (device.running, device.startup)
        if facts is not None
        for field, moment in (("changed", facts.changed), ("saved", facts.saved))
        if moment is not None and not moment.mark and (moment.local.year, moment.local.month) not in UNSET
    ]
    return max(told, key=lambda each: each.epoch_ms) if told else None


UNSET = ((1993, 3), (2002, 3), (2006, 1))
"""Year and month in which the clock of a router starts that nobody told the time (R): such a date tells nothing."""


def calendar_of(device: CapturedDevice, known: WallTime | None, now: Instant, uptime: Duration) -> Calendar:
    """The calendar of a twin whose world stands at `now`."""
    if known is None:
        if device.version is not None:
            return unset_calendar(now - uptime)
        return unset_calendar(now)
    unset = device.clock is not None and device.clock.now.mark == "*"
    return Calendar(known.epoch_ms - now, not unset, known.zone, known.zone_minutes)


def in_the_zone_of(configured: Calendar, calendar: Calendar, seen: WallTime | None, now: Instant) -> Calendar:
    """The calendar of a twin with the zone of its configuration; a zone that was seen on a screen outweighs it."""
    zoned = replace(calendar, zone=configured.zone, zone_minutes=configured.zone_minutes, summer=configured.summer)
    shown = zoned.at(now)
    return zoned if seen is None or (shown.zone, shown.zone_minutes) == (seen.zone, seen.zone_minutes) else calendar


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
