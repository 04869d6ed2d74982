"""Letting time pass, and reading the clock on the wall."""

from datetime import timedelta

from emulator.bench.session import Bench
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.kernel.errors import Refused
from emulator.kernel.time import clock_line, format_duration, parse_duration
from emulator.sim.pacing import parse_pace
from emulator.world.recipe import LAST_MOMENT, parse_start

HELP = {
    "advance": "Let simulated time pass",
    "advance <duration>": "For so long",
    "advance until": "Up to a moment",
    "advance until <moment>": "Date and time, 2010-05-01T00:00",
    "advance next": "Up to the next letter or license notice",
    "time": "Show the simulated time",
    "pace": "Choose how fast time runs beside the console",
    "pace <rate>": "Simulated seconds in a real second, warp, or max",
}


def advance(bench: Bench, *, duration: str) -> Handler:
    try:
        yield from pass_time(bench, parse_duration(duration))
    except ValueError as error:
        raise Refused(str(error)) from None


def pass_time(bench: Bench, duration: int) -> Handler:
    """Let time pass, up to the end of the world's calendar."""
    if bench.world.now + duration > bench.world.last_instant:
        raise Refused(f"a world ends with {clock_line(LAST_MOMENT)}")
    with bench.world.no_line_idles():
        yield Wait(duration)
    yield from show_time(bench)


def advance_until(bench: Bench, *, moment: str) -> Handler:
    world = bench.world
    try:
        target = parse_start(moment)
    except ValueError:
        raise Refused(f"'{moment}' is not a moment; write for example 2010-05-01T00:00") from None
    duration = (target - world.calendar(world.now)) // timedelta(milliseconds=1)
    if duration < 0:
        raise Refused(f"{clock_line(target)} is past; it is {clock_line(world.calendar(world.now))}")
    yield from pass_time(bench, duration)


def advance_next(bench: Bench) -> Handler:
    world = bench.world
    deadline = world.next_due()
    if deadline is None:
        raise Refused("nothing is due in this world")
    duration = max(deadline - world.now, 0)
    yield Say(f"the next thing is due in {format_duration(duration)}\n")
    yield from pass_time(bench, duration)


def show_time(bench: Bench) -> Handler:
    yield Say(f"It is {clock_line(bench.world.calendar(bench.world.now))}\n")


def pace(bench: Bench, *, rate: str) -> None:
    bench.pace = parse_pace(rate)


MODES = ("bench",)
COMMANDS = (
    Command("advance <duration:Duration>", modes=MODES, run=advance),
    Command("advance until <moment:Word>", modes=MODES, run=advance_until),
    Command("advance next", modes=MODES, run=advance_next),
    Command("time", modes=MODES, run=show_time),
    Command("pace <rate:Word>", modes=MODES, run=pace),
)
