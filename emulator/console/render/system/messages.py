"""System messages as the console shows them: `*Mar  1 00:00:02.175: %…`.

The mark before the time is `*` while the calendar was never set, none once it was (C). The day is padded to two
columns with a blank (C). `service timestamps log datetime` says in which zone: in UTC, or with `localtime` in that of
the router; `show-timezone` adds its name, `year` the year, and without `msec` there are no thousandths (R). `uptime`
gives the time since the boot, and `no service timestamps` nothing (R). A message of the buffer keeps the stamp that was
asked for when it was logged (R).
"""

from emulator.console.render.ages import age
from emulator.kernel.time import Duration, Instant
from emulator.router.clocks import WallTime
from emulator.router.device import Router
from emulator.router.syslog import DEFAULT_STAMP, STAMPS, LogEntry


def stamped(router: Router, at: Instant, message: str) -> str:
    """Message with the time that the router's calendar showed at that instant."""
    running = router.state.running
    if running is None:
        return message
    calendar = running.calendar
    line = running.configuration.lines.get(STAMPS, DEFAULT_STAMP)
    return _stamped(line, calendar.at(at), at - running.booted, message, is_set=calendar.is_set)


def stamped_at(router: Router, entry: LogEntry) -> str:
    """Message of the log with its time, stamped as was asked for when it was logged."""
    line = entry.stamp or router.configuration.lines.get(STAMPS, DEFAULT_STAMP)
    time = WallTime(entry.at, entry.zone, entry.zone_minutes)
    return _stamped(line, time, entry.uptime, entry.text, is_set=entry.is_set)


def _stamped(line: str, time: WallTime, uptime: Duration, message: str, *, is_set: bool) -> str:
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
