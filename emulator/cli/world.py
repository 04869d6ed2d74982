"""`isrtwin world`: what is kept of a world's past, and ways back into it."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from emulator.cli.output import say, say_json, show
from emulator.kernel.errors import Refused, printable
from emulator.kernel.time import Instant, clock_line, parse_duration
from emulator.runtime import time_travel
from emulator.runtime.bisect import bisect
from emulator.runtime.held_world import FIRST_ROUTER, hold, look_at
from emulator.runtime.labs.playing import refuse_in_sound_lab
from emulator.runtime.replay import Departed, replaying, same_state
from emulator.runtime.world_paths import existing_world, world_option, world_path
from emulator.world.comparison import differences
from emulator.world.directory import FILE, WorldDirectory
from emulator.world.history import History
from emulator.world.inputs import in_words
from emulator.world.recipe import DEFAULT_START, RouterRecipe, parse_start
from emulator.world.state import WorldState


def run(options: Namespace) -> int:
    """Carry out one of the subcommands."""
    return ACTS[options.act](options)


def _list(options: Namespace) -> int:
    folder = world_path(None).parent
    found = sorted(each for each in folder.glob("*") if (each / FILE).is_file()) if folder.is_dir() else []
    rows = [{"name": each.name, "directory": str(each)} for each in found]
    if options.json:
        say_json(rows)
    elif not rows:
        say("there is no world yet; `isrtwin console` and `isrtwin world new` make one")
    for row in () if options.json else rows:
        say(f"{row['name']:<20} {row['directory']}")
    return 0


def _show(options: Namespace) -> int:
    with _held(options) as directory:
        history, state = History(directory), time_travel.loaded(directory)
        say(f"{state.name}: {clock_line(_calendar(state, state.now))}, {len(state.routers)} router(s)")
        say(f"history: stretch {state.stretch}, {state.inputs} input(s) since it began")
        for name, label in history.snapshots().items():
            say(f"snapshot {name}: {clock_line(_calendar(state, label.at))}")
    return 0


def _journal(options: Namespace) -> int:
    with _held(options) as directory:
        history, state = History(directory), time_travel.loaded(directory)
        for entry in history.leading_to(state):
            if options.json:
                say_json(entry, lines=False)
            else:
                say(f"{entry.number:>6}  {clock_line(_calendar(state, entry.at))}  {in_words(entry.input)}")
    return 0


def _forecast(options: Namespace) -> int:
    with _held(options) as directory:
        from emulator.world.forecast.formats import FORMATS
        from emulator.world.forecast.run import forecast

        try:
            length = parse_duration(options.duration)
        except ValueError as error:
            raise Refused(str(error)) from None
        found = forecast(look_at(directory), length)
        show(FORMATS["json" if options.json else options.format](found))
    return 0


def _replay(options: Namespace) -> int:
    """Play the present stretch again; 1 where it departs from what was printed or ends in another state."""
    with _held(options) as directory:
        history, state = History(directory), time_travel.loaded(directory)
        with replaying(history.origin(state.stretch)) as replay:
            try:
                replay.play(history.leading_to(state))
            except Departed as departed:
                say(f"{departed}: {in_words(departed.entry.input)}")
                return 1
            ended = replay.state(state.now)
        if not same_state(ended, state):
            say(f"{state.inputs} input(s) replayed: the same was printed, but the state at the end is another")
            return 1
        say(f"{state.inputs} input(s) replayed: the same bytes, the same state")
    return 0


def _undo(options: Namespace) -> int:
    with _held(options) as directory:
        refuse_in_sound_lab(directory)
        say(f"undone: {in_words(time_travel.undo(directory).input)}")
    return 0


def _snapshot(options: Namespace) -> int:
    with _held(options) as directory:
        History(directory).snapshot(time_travel.loaded(directory), options.name)
        say(f"snapshot {options.name} kept")
    return 0


def _restore(options: Namespace) -> int:
    with _held(options) as directory:
        refuse_in_sound_lab(directory)
        label = time_travel.restore(directory, options.name)
        state = time_travel.loaded(directory)
        say(f"the world is as in snapshot {options.name}: {clock_line(_calendar(state, label.at))}")
    return 0


def _fork(options: Namespace) -> int:
    with _held(options) as directory:
        target = time_travel.fork_target(options.name, directory.path.parent)
        time_travel.fork(directory, target, options.at_snapshot)
    say(f"forked into {target}; isrtwin console{world_option(target)} opens it")
    return 0


def _bisect(options: Namespace) -> int:
    from emulator.runtime.world_past import told

    with _held(options) as directory:
        state = time_travel.loaded(directory)
        for line in told(bisect(directory, " ".join(options.predicate)), lambda at: clock_line(_calendar(state, at))):
            say(line)
    return 0


def _advance(options: Namespace) -> int:
    with _held(options) as directory:
        from emulator.runtime.scripted_bench import do_lines

        held = hold(directory, fresh=False, first=None)
        return do_lines(held, held.bench, [f"advance {options.duration}{' --all' if options.all else ''}"], show)


def _new(options: Namespace) -> int:
    start = options.start or DEFAULT_START
    try:
        parse_start(start)
    except ValueError:
        raise Refused(f"'{printable(start)}' is not a date and time; write for example {DEFAULT_START}") from None
    with WorldDirectory(world_path(options.world)) as directory:
        if directory.file.is_file():
            raise Refused(f"there is a world in {directory.path} already")
        held = hold(directory, fresh=True, first=RouterRecipe(), start=start)
        say(f"{held.world.state.name} made in {directory.path}, with {FIRST_ROUTER}")
    return 0


def _diff(options: Namespace) -> int:
    """1 where the two differ, as `diff` has it."""
    with _held(options) as directory, TemporaryDirectory(prefix="isrtwin-") as scratch:
        one = time_travel.opened_copy(directory, options.before, Path(scratch) / "before")
        other = time_travel.opened_copy(directory, options.after, Path(scratch) / "after")
        lines = list(differences(one, other))
        one.close()
        other.close()
    for line in lines or ["nothing is different"]:
        say(line)
    return 1 if lines else 0


ACTS: Mapping[str, Callable[[Namespace], int]] = {
    "advance": _advance,
    "bisect": _bisect,
    "diff": _diff,
    "forecast": _forecast,
    "fork": _fork,
    "journal": _journal,
    "list": _list,
    "new": _new,
    "replay": _replay,
    "restore": _restore,
    "show": _show,
    "snapshot": _snapshot,
    "undo": _undo,
}


def _held(options: Namespace) -> WorldDirectory:
    return existing_world(world_path(options.world))


def _calendar(state: WorldState, at: Instant) -> datetime:
    return parse_start(state.start) + timedelta(milliseconds=at)
