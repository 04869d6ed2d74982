"""System messages as the console shows them: `*Mar  1 00:00:02.175: %…`.

The mark before the time is `*` while the calendar was never set, none once it was (C). The day is padded to two
columns with a blank (C). `service timestamps log datetime` says in which zone: in UTC, or with `localtime` in that of
the router; `show-timezone` adds its name, `year` the year, and without `msec` there are no thousandths (R). `uptime`
gives the time since the boot, and `no service timestamps` nothing (R). I: a message of the buffer is stamped as is
asked for when it is shown; when the clock was set twice, its uptime is counted from the last time.
"""

from emulator.console.render.ages import age
from emulator.kernel.time import Duration, Instant
from emulator.router.clocks import UNSET_START, WallTime
from emulator.router.device import Router
from emulator.router.syslog import LogEntry

STAMPS = "service timestamps log"
DEFAULT = f"{STAMPS} datetime msec"
UNSET_START_MS = int(UNSET_START.timestamp() * 1000)


def stamped(router: Router, at: Instant, message: str) -> str:
    """Message with the time that the router's calendar showed at that instant."""
    running = router.state.running
    if running is None:
        return message
    calendar = running.calendar
    return _stamped(router, calendar.at(at), at - running.booted, message, is_set=calendar.is_set)


def stamped_at(router: Router, entry: LogEntry) -> str:
    """Message of the log with its time."""
    running = router.running
    calendar = running.calendar
    since = entry.at - (calendar.offset + running.booted if entry.is_set else UNSET_START_MS)
    return _stamped(router, calendar.at(entry.at - calendar.offset), max(since, 0), entry.text, is_set=entry.is_set)


def _stamped(router: Router, time: WallTime, uptime: Duration, message: str, *, is_set: bool) -> str:
    line = router.configuration.lines.get(STAMPS, DEFAULT)
    if line.startswith("no "):
        return message
    asked = line.split()
    if "datetime" not in asked:
        return f"{age(uptime)}: {message}"
    shown = time if "localtime" in asked else WallTime(time.epoch_ms)
    moment = shown.local
    mark = "" if is_set else "*"
    year = f" {moment.year}" if "year" in asked else ""
    thousandths = f".{moment.microsecond // 1000:03d}" if "msec" in asked else ""
    zone = f" {shown.zone}" if "show-timezone" in asked else ""
    return f"{mark}{moment:%b} {moment.day:2d}{year} {moment:%H:%M:%S}{thousandths}{zone}: {message}"
