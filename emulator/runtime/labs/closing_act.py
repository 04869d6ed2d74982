"""The act that ruled out the solution: the input after which no right way of a task leads to its end any more.

The journal of the world is played once and the state kept before each input; then the turn is looked for by halves,
since trying every way from a state takes long.
"""

from collections.abc import Collection, Sequence
from functools import partial

import msgspec

from emulator.backend.store.database import Plain
from emulator.console.line.open_session import OpenSession
from emulator.kernel.errors import Refused
from emulator.labs.hints import way_on
from emulator.labs.model import Task, TrainingLab
from emulator.labs.playing import LearnerWorld
from emulator.labs.progress import Progress
from emulator.runtime.replay import replaying
from emulator.runtime.time_travel import loaded
from emulator.scenarios.predicates import Happening, WorldRecord
from emulator.world.build import open_world
from emulator.world.directory import WorldDirectory
from emulator.world.fork import copied_state, resume_sessions, sessions
from emulator.world.history import History
from emulator.world.inputs import in_words
from emulator.world.journal import Entry
from emulator.world.saved_file import encode
from emulator.world.state import WorldState

MOST_INPUTS = 400
"""Inputs that are looked back at."""


class PastPoint(msgspec.Struct, frozen=True):
    """A state of the past, before the input that came then."""

    entry: Entry
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
    is_open = partial(_open_at, lab, lab.tasks[number], progress.tasks[number].passed, now)
    if not points or not is_open(points[0]):
        return None
    low, high = 0, len(points)
    while high - low > 1:
        middle = (low + high) // 2
        if is_open(points[middle]):
            low = middle
        else:
            high = middle
    return in_words(points[low].entry.input)


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
                    PastPoint(entry, copy, world.backend.database.dump(), tuple(record.happened), sessions(world))
                )
            replay.play([entry])
        record.close()
    return points


def _open_at(lab: TrainingLab, task: Task, passed: Collection[int], now: LearnerWorld, point: PastPoint) -> bool:
    """Tell whether some right way of a task led to its end from a point of the past."""
    state = msgspec.json.decode(point.state, type=WorldState)
    world = open_world(state, secret=now.world.secret, records=point.records)
    resume_sessions(world, point.sessions)
    record = WorldRecord(world, now.record.beginning, point.happened, now.record.questions)
    try:
        return way_on(lab, task, LearnerWorld(world, record), passed) is not None
    finally:
        world.close()
