"""Things that happened in a learner's world while another command held it: heard by playing its journal again.

The record of a lab is written by whoever plays the lab. A learner may as well sit down at a console of the same world,
or serve it; that command knows nothing of labs, and keeps the journal all the same.
"""

from collections.abc import Iterator

from emulator.kernel.time import Instant
from emulator.runtime.replay import WorldReplay, replaying
from emulator.scenarios.predicates import Happening, WorldRecord
from emulator.scenarios.predicates.record import Beginning
from emulator.world.directory import WorldDirectory
from emulator.world.history import History

HistoryPosition = tuple[int, int, Instant]
"""Place in the history of a world: the stretch, its last input, and the instant."""


def missed(
    directory: WorldDirectory, since: HistoryPosition, until: HistoryPosition, beginning: Beginning
) -> Iterator[tuple[HistoryPosition, Happening]]:
    """Everything that happened between two places, each with its own.

    Raises:
        Refused: a copy that a stretch of the history began with is missing.
    """
    history = History(directory)
    for stretch in history.stretches():
        if since[0] <= stretch <= until[0]:
            end = until if stretch == until[0] else None
            with replaying(history.origin(stretch), watched=False) as replay:
                for inputs, happening in _heard(history, replay, stretch, beginning, end):
                    place = (stretch, inputs, happening.at)
                    if since < place <= until:
                        yield place, happening


def _heard(
    history: History, replay: WorldReplay, stretch: int, beginning: Beginning, end: HistoryPosition | None
) -> Iterator[tuple[int, Happening]]:
    """Everything that happens in a stretch, with the number of the input that came before it."""
    world = replay.world
    record = WorldRecord(world, beginning)
    told = inputs = 0
    for entry in history.entries(stretch):
        if end is not None and entry.number > end[1]:
            break  # a process was killed between this input and the saving of the world
        replay.reach(entry)
        yield from ((inputs, each) for each in record.happened[told:])
        told = len(record.happened)
        replay.play([entry])
        inputs = entry.number
        if replay.world is not world:
            world = replay.world
            record.follow(world)
        yield from ((inputs, each) for each in record.happened[told:])
        told = len(record.happened)
    if end is not None:
        replay.state(max(end[2], world.now))
    yield from ((inputs, each) for each in record.happened[told:])
