"""`clock set`: the calendar. No evaluation looks at it (C: metered licenses count on the system clock).

R: day and month in either order, and the message that tells of it.
"""

from datetime import UTC, datetime

from emulator.console.arguments.types import MONTHS
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.kernel.time import MINUTE
from emulator.router.clocks import SUMMER_MINUTES, is_summer

HELP = {
    "clock": "Manage the system clock",
    "clock set": "Set the time and date",
    "clock set <time>": "Current Time",
    "clock set <time> <day>": "Day of the month",
    "clock set <time> <day> <month>": "Month of the year",
    "clock set <time> <day> <month> <year>": "Year",
    "clock set <time> <month>": "Month of the year",
    "clock set <time> <month> <day>": "Day of the month",
    "clock set <time> <month> <day> <year>": "Year",
}


def set_clock(session: Session, *, time: tuple[int, int, int], day: int, month: str, year: int) -> Handler:
    try:
        local = datetime(year, MONTHS.index(month) + 1, day, *time, tzinfo=UTC)
    except ValueError:
        yield Say(wording("clock.no_such_day"))
        return
    calendar = session.router.running.calendar
    summer = SUMMER_MINUTES if calendar.summer and is_summer(local) else 0
    zone = (calendar.zone_minutes + summer) * MINUTE
    session.router.set_calendar_and_report(int(local.timestamp() * 1000) - zone, "console")


_SOURCE = "IOS configuration fundamentals command reference, recalled"
COMMANDS = (
    Command("clock set <time:Time> <day:Day> <month:Month> <year:Year>", modes=(EXEC,), privilege=PRIVILEGED,
            run=set_clock, output="clock_set", source=_SOURCE, basis="R"),
    Command("clock set <time:Time> <month:Month> <day:Day> <year:Year>", modes=(EXEC,), privilege=PRIVILEGED,
            run=set_clock, output="clock_set", source=_SOURCE, basis="R"),
)  # fmt: skip
