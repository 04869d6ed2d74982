"""Letting time pass, and reading the clock on the wall."""

from datetime import timedelta

from emulator.bench.happenings import happenings
from emulator.bench.session import Bench
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.kernel.errors import Refused
from emulator.kernel.time import clock_line, format_duration, parse_duration
from emulator.licensing.type_rule import ANY_LICENSE
from emulator.licensing.types import TYPES
from emulator.sim.pacing import parse_pace
from emulator.world.forecast.run import first_of, next_of
from emulator.world.forecast.view import ForecastKind
from emulator.world.recipe import LAST_MOMENT, parse_start

ALL = "--all"

ENDING = [rule for rule in TYPES.values() if rule.ending is not None]

LICENSES: dict[str, set[str]] = {
    word: {rule.title for rule in ENDING if word in {*rule.words, ANY_LICENSE}}
    for word in (*sorted({word for rule in ENDING for word in rule.words}), ANY_LICENSE)
}
"""Words for the licenses that run out, with the titles of the types that are meant."""

ENDS = {"ends": (ForecastKind.END, ForecastKind.TRANSITION), "warns": (ForecastKind.WARNING,)}

HELP = {
    "advance": "Let simulated time pass",
    "advance <duration>": "For this long, such as 59d12h",
    "advance until": "Up to a moment or an event",
    "advance until <moment>": "Date and time, such as 2010-05-01T00:00",
    "advance until mail": "The next letter comes",
    "advance next": "Up to the next letter or license notice",
    "time": "Show the simulated time",
    "pace": "Set how fast simulated time runs",
    "pace <rate>": "Simulated seconds per real second, warp, or max",
}


def advance(bench: Bench, *, duration: str, everything: str | None) -> Handler:
    try:
        length = parse_duration(duration)
    except ValueError as error:
        raise Refused(str(error)) from None
    yield from pass_time(bench, length, everything)


def pass_time(bench: Bench, duration: int, everything: str | None = None) -> Handler:
    """Let time pass, up to the end of the world's calendar, and list what happened meanwhile."""
    if bench.world.now + duration > bench.world.last_instant:
        raise Refused(f"a world ends with {clock_line(LAST_MOMENT)}")
    with bench.world.no_line_idles(), happenings(bench.world, everything=everything is not None) as happened:
        yield Wait(duration)
    if happened.count:
        yield Say("\n".join(happened.lines()) + "\n")
    yield from show_time(bench)


def advance_until(bench: Bench, *, moment: str, everything: str | None) -> Handler:
    world = bench.world
    try:
        target = parse_start(moment)
    except ValueError:
        raise Refused(f"'{moment}' is not a moment; write for example 2010-05-01T00:00") from None
    duration = (target - world.calendar(world.now)) // timedelta(milliseconds=1)
    if duration < 0:
        raise Refused(f"{clock_line(target)} is past; it is {clock_line(world.calendar(world.now))}")
    yield from pass_time(bench, duration, everything)


def advance_until_license(bench: Bench, *, license_: str, router: str, what: str, everything: str | None) -> Handler:
    kinds, titles = ENDS[what], LICENSES[license_]
    try:
        row = first_of(bench.world, router, lambda row: row.kind in kinds and row.license in titles)
    except Refused:
        raise Refused(f"no {license_} of {router} {what} as things are") from None
    yield from pass_time(bench, row.at - bench.world.now, everything)


def advance_until_mail(bench: Bench, *, everything: str | None) -> Handler:
    expected = bench.world.post.expected()
    if not expected:
        raise Refused("no letter is under way")
    yield from pass_time(bench, expected[0][0] - bench.world.now, everything)


def advance_next(bench: Bench, *, everything: str | None) -> Handler:
    following = next_of(bench.world)
    if following is None:
        raise Refused("nothing is due in this world")
    at, what = following
    duration = max(at - bench.world.now, 0)
    yield Say(f"next, in {format_duration(duration)}: {what}\n")
    yield from pass_time(bench, duration, everything)


def show_time(bench: Bench) -> Handler:
    yield Say(f"It is {clock_line(bench.world.calendar(bench.world.now))}\n")


def pace(bench: Bench, *, rate: str) -> None:
    bench.pace = parse_pace(rate)


for _way in ("<duration>", "next", "until <moment>", "until mail", *(f"until {each}" for each in LICENSES)):
    if _way.removeprefix("until ") in LICENSES:
        HELP[f"advance {_way}"] = f"{_way.removeprefix('until ').capitalize()} of a router"
        HELP[f"advance {_way} of"] = "Whose it is"
        HELP[f"advance {_way} of <router>"] = "Router"
        for _what, _text in {"ends": "It runs out", "warns": "It warns of its end"}.items():
            HELP[f"advance {_way} of <router> {_what}"] = _text
            HELP[f"advance {_way} of <router> {_what} {ALL}"] = "List all that happened"
    else:
        HELP[f"advance {_way} {ALL}"] = "List all that happened"

MODES = ("bench",)
COMMANDS = (
    Command(f"advance <duration:Duration> [<everything:{ALL}>]", modes=MODES, run=advance),
    Command(f"advance until <moment:Moment> [<everything:{ALL}>]", modes=MODES, run=advance_until),
    Command(f"advance until mail [<everything:{ALL}>]", modes=MODES, run=advance_until_mail),
    Command(
        f"advance until <license_:{'|'.join(LICENSES)}> of <router:Router> <what:{'|'.join(ENDS)}>"
        f" [<everything:{ALL}>]",
        modes=MODES,
        run=advance_until_license,
    ),
    Command(f"advance next [<everything:{ALL}>]", modes=MODES, run=advance_next),
    Command("time", modes=MODES, run=show_time, look=True),
    Command("pace <rate:Word>", modes=MODES, run=pace, look=True),
)
