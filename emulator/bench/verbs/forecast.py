"""`forecast`: the future of licenses that are left to themselves."""

from emulator.bench.session import Bench
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.kernel.errors import Refused
from emulator.kernel.time import YEAR, parse_duration
from emulator.world.forecast.formats import FORMATS
from emulator.world.forecast.run import forecast

HELP = {
    "forecast": "Forecast warnings, expiries and level changes, and which PAKs cover them",
    "forecast <duration>": "How far ahead (default: a year)",
    "forecast <duration> table": "By day",
    "forecast <duration> json": "Every row, for programs",
    "forecast <duration> csv": "Every row, for spreadsheets",
    "forecast <duration> ical": "For a calendar",
    "forecast <duration> svg": "As a picture",
}


def look_ahead(bench: Bench, *, duration: str | None, form: str | None) -> Handler:
    try:
        length = YEAR if duration is None else parse_duration(duration)
    except ValueError as error:
        raise Refused(str(error)) from None
    yield Say(FORMATS[form or "table"](forecast(bench.world, length)))


COMMANDS = (
    Command(
        f"forecast [<duration:Duration> [<form:{'|'.join(FORMATS)}>]]", modes=("bench",), run=look_ahead, aside=True
    ),
)
