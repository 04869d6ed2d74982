"""`clock timezone` and `clock summer-time`: the zone in which times are shown.

C: the lines, and that times carry the zone's name. R: summer time of the recurring kind begins at 2:00 on the second
Sunday of March and ends on the first of November. The zone changes what is shown, never a license clock. Left out:
other days for summer time are kept and printed, but counted as the usual ones.
"""

import re

from msgspec.structs import replace

from emulator.console.commands.configure.config_global import put, remove
from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.grammar import Command

UNDOING = ("no", "default")

_TIMEZONE = re.compile(r"(?P<zone>\S+) (?P<hours>-?\d{1,2})(?: (?P<minutes>\d{1,2}))?", re.ASCII)
"""Form of the line as it is typed; one that a damaged file brought along says nothing of the zone."""

_LINES = {
    "clock": "Configure time-of-day clock",
    "clock timezone": "Configure time zone",
    "clock summer-time": "Configure summer (daylight savings) time",
}
HELP = {
    **_LINES,
    "clock timezone <zone>": "name of time zone",
    "clock timezone <zone> <hours>": "Hours offset from UTC",
    "clock timezone <zone> <hours> <minutes>": "Minutes offset from UTC",
    "clock summer-time <zone>": "name of time zone in summer",
    "clock summer-time <zone> recurring": "Configure recurring summer time",
    "clock summer-time <zone> recurring <rule>": "Week, day, month and time of begin and end",
    "clock summer-time <zone> date": "Configure absolute summer time",
    "clock summer-time <zone> date <rule>": "Dates and times of begin and end",
    "no": "Negate a command or set its defaults",
    "default": "Set a command to its defaults",
    **{f"{prefix} <rest>": "Rest of the line" for prefix in ("clock timezone", "clock summer-time")},
}


def timezone(session: Session, *, zone: str, hours: int, minutes: int | None) -> None:
    put(session, key="clock timezone", line=f"clock timezone {zone} {hours} {minutes or 0}")
    _follow(session)


def summer(session: Session, *, zone: str, kind: str, rule: str | None) -> None:
    tail = f" {' '.join(rule.split())}" if rule else ""
    put(session, key="clock summer-time", line=f"clock summer-time {zone} {kind}{tail}")
    _follow(session)


def _follow(session: Session) -> None:
    """The calendar shows its time in the zone of the configuration."""
    running, configuration = session.router.running, session.router.configuration
    found = _TIMEZONE.fullmatch(configuration.word("clock timezone"))
    zone, hours, minutes = found.group("zone", "hours", "minutes") if found else ("UTC", "0", None)
    more = int(minutes or 0)
    ahead = int(hours) * 60 + (-more if hours.startswith("-") else more)
    summer = configuration.word("clock summer-time").partition(" ")[0]
    running.calendar = replace(running.calendar, zone=zone, zone_minutes=ahead, summer=summer)


def no_timezone(session: Session, *, rest: str | None) -> None:
    """Remove the line; the rest of it may follow (R)."""
    del rest
    remove(session, key="clock timezone")
    _follow(session)


def no_summer(session: Session, *, rest: str | None) -> None:
    """Remove the line; the rest of it may follow (R)."""
    del rest
    remove(session, key="clock summer-time")
    _follow(session)


_SOURCE = "IOS network management command reference; captures of 881s"
COMMANDS = (
    Command("clock timezone <zone:Word> <hours:Hours> [<minutes:0-59>]", modes=(CONFIG,), run=timezone,
            source=_SOURCE, basis="C"),
    Command("clock summer-time <zone:Word> <kind:recurring|date> [<rule:Line>]", modes=(CONFIG,), run=summer,
            source=_SOURCE, basis="C"),
    *(Command(f"{word} clock timezone [<rest:Line>]", modes=(CONFIG,), run=no_timezone, source=_SOURCE, basis="R")
      for word in UNDOING),
    *(Command(f"{word} clock summer-time [<rest:Line>]", modes=(CONFIG,), run=no_summer, source=_SOURCE, basis="R")
      for word in UNDOING),
)  # fmt: skip
