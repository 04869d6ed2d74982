"""The act that ruled out the solution: the input after which no right way of a task leads to its end any more.

The journal of the world is played once and the state kept before each input. Then an open state is looked for backwards
in growing steps, since at the beginning earlier tasks may not have been done, and the turn behind it by halves: trying
every way from a state takes long.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial

import msgspec

from emulator.backend.store.database import Plain
from emulator.console.line.inputs import LineTyped
from emulator.console.line.open_session import OpenSession
from emulator.console.line.phases import PromptKind
from emulator.kernel.errors import Refused
from emulator.labs.hints import way_on
from emulator.labs.model import TrainingLab
from emulator.labs.playing import LearnerWorld, Player
from emulator.labs.progress import Progress
from emulator.runtime.recorded.session import CONSOLE
from emulator.runtime.replay import replaying
from emulator.runtime.time_travel import loaded
from emulator.scenarios.predicates import Happening, WorldRecord
from emulator.world.build import open_world
from emulator.world.directory import WorldDirectory
from emulator.world.fork import copied_state, resume_sessions, sessions
from emulator.world.history import History
from emulator.world.inputs import WorldInput, in_words
from emulator.world.journal import Entry
from emulator.world.saved_file import encode
from emulator.world.state import WorldState
from emulator.world.world import World

MOST_INPUTS = 400
"""Inputs that are looked back at."""


class PastPoint(msgspec.Struct, frozen=True):
    """A state of the past, before the input that came then; `asked`: the input answers a question at a console."""

    entry: Entry
    asked: bool
    state: bytes
    records: Plain
    happened: tuple[Happening, ...]
    sessions: dict[str, OpenSession]


def closing_act(
    directory: WorldDirectory, lab: TrainingLab, number: int, progress: Progress, now: LearnerWorld
) -> str | None:
    """The act, in words, after which a task could not be ended any more; None where it is not in what is kept."""
    try:
        points = _past(directory, now)
    except Refused:
        return None
    is_open = partial(_open_at, lab, number, progress.tasks[number].passed, now)
    low, high = _around_the_turn(points, is_open)
    if low is None:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if is_open(points[middle]):
            low = middle
        else:
            high = middle
    return in_words(_command(points, low).input)


def _around_the_turn(points: Sequence[PastPoint], is_open: Callable[[PastPoint], bool]) -> tuple[int | None, int]:
    """An open state, found backwards in growing steps, and the first closed one that was seen behind it."""
    high, step = len(points), 1
    while high > 0:
        low = max(high - step, 0)
        if is_open(points[low]):
            return low, high
        high, step = low, 2 * step
    return None, 0


def _command(points: Sequence[PastPoint], at: int) -> Entry:
    """The input, or the command that had asked the question which it answered."""
    act = points[at].entry
    if not points[at].asked:
        return act
    before = (each for each in reversed(points[:at]) if not each.asked and _place(each.entry) == _place(act))
    return next((each.entry for each in before), act)


def _place(entry: Entry) -> tuple[str, str] | None:
    """The router and its line at which something was typed; None elsewhere."""
    return (entry.input.router, entry.input.line) if isinstance(entry.input, LineTyped) else None


def _past(directory: WorldDirectory, now: LearnerWorld) -> Sequence[PastPoint]:
    """The states before the last inputs of the present stretch, oldest first."""
    history, state = History(directory), loaded(directory)
    entries = list(history.leading_to(state))
    points: list[PastPoint] = []
    with replaying(history.origin(state.stretch)) as replay:
        began = replay.world.now
        before = tuple(each for each in now.record.happened if each.at < began)
        record = WorldRecord(replay.world, now.record.beginning, before, now.record.questions)
        world = replay.world
        for number, entry in enumerate(entries):
            replay.reach(entry)
            if replay.world is not world:
                record.follow(replay.world)
                world = replay.world
            if number >= len(entries) - MOST_INPUTS:
                copy = encode(copied_state(world))
                points.append(
                    PastPoint(
                        entry,
                        _is_answer(world, entry.input),
                        copy,
                        world.backend.database.dump(),
                        tuple(record.happened),
                        sessions(world),
                    )
                )
            replay.play([entry])
        record.close()
    return points


def _is_answer(world: World, what: WorldInput) -> bool:
    """Tell whether an input answers a question that a console asks."""
    if not isinstance(what, LineTyped) or what.line != CONSOLE or what.router not in world.routers:
        return False
    return world.lines_of(what.router).console.prompt.kind is not PromptKind.COMMAND


def _open_at(lab: TrainingLab, number: int, passed: Collection[int], now: LearnerWorld, point: PastPoint) -> bool:
    """Tell whether a task could be ended from a point of the past, where need be after the tasks before it."""
    state = msgspec.json.decode(point.state, type=WorldState)
    world = open_world(state, secret=now.world.secret, records=point.records)
    resume_sessions(world, point.sessions)
    record = WorldRecord(world, now.record.beginning, point.happened, now.record.questions)
    try:
        then = LearnerWorld(world, record)
        if way_on(lab, lab.tasks[number], then, passed) is not None:
            return True
        for before in lab.tasks[:number]:
            if (way := way_on(lab, before, then)) is not None:
                Player(lab, then).play_all(way.steps)
                then.leave_consoles()
        return number > 0 and way_on(lab, lab.tasks[number], then, passed) is not None
    finally:
        world.close()
