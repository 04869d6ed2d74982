"""System messages as the console shows them: `*Mar  1 00:00:02.175: %…`.

The mark before the time is `*` while the calendar was never set, none once it was (C). The day is padded to two
columns with a blank (C).
"""

from emulator.kernel.time import Instant
from emulator.router.device import Router


def stamped(router: Router, at: Instant, message: str) -> str:
    """The message with the time that the router's calendar showed at that instant."""
    if router.state.running is None:
        return message
    calendar = router.state.running.calendar
    moment = calendar.at(at).local
    mark = "" if calendar.is_set else "*"
    zone = "" if calendar.zone == "UTC" else f" {calendar.zone}"
    return f"{mark}{moment:%b} {moment.day:2d} {moment:%H:%M:%S}.{moment.microsecond // 1000:03d}{zone}: {message}"
