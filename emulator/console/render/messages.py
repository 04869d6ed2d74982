"""System messages as the console shows them: `*Mar  1 00:00:02.175: %…`.

The mark before the time is `*` while the calendar was never set, none once it was (C). The day is padded to two
columns with a blank (C). `service timestamps log datetime` says in which zone: in UTC, or with `localtime` in that of
the router; `show-timezone` adds its name (R).
"""

from emulator.kernel.time import Instant
from emulator.router.clocks import WallTime
from emulator.router.device import Router
from emulator.router.syslog import LogEntry

STAMPS = "service timestamps log"


def stamped(router: Router, at: Instant, message: str) -> str:
    """Message with the time that the router's calendar showed at that instant."""
    if router.state.running is None:
        return message
    calendar = router.state.running.calendar
    return _stamped(router, calendar.at(at), message, is_set=calendar.is_set)


def stamped_at(router: Router, entry: LogEntry) -> str:
    """Message of the log with its time."""
    calendar = router.running.calendar
    return _stamped(router, calendar.at(entry.at - calendar.offset), entry.text, is_set=entry.is_set)


def _stamped(router: Router, time: WallTime, message: str, *, is_set: bool) -> str:
    asked = router.configuration.word(STAMPS).split()
    shown = time if "localtime" in asked else WallTime(time.epoch_ms)
    moment = shown.local
    mark = "" if is_set else "*"
    zone = f" {shown.zone}" if "show-timezone" in asked else ""
    return f"{mark}{moment:%b} {moment.day:2d} {moment:%H:%M:%S}.{moment.microsecond // 1000:03d}{zone}: {message}"
