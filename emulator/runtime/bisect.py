"""The input after which a predicate no longer held.

The journal is played once, and the predicate judged whenever the next input comes: then all that the one before did,
and all that happened by itself since, has happened. It does not hold while a router that it names is not in the rack.
"""

import msgspec

from emulator.kernel.errors import Refused
from emulator.kernel.time import Instant
from emulator.runtime.replay import replaying
from emulator.runtime.time_travel import loaded
from emulator.scenarios.predicates import BadPredicate, WorldRecord, judge
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.journal import Entry
from emulator.world.world import World


class Turn(msgspec.Struct, frozen=True):
    """Last point at which a predicate ceased to hold.

    Attributes:
        entry: the input after which it was no longer so.
        by: the instant at which that was seen: that of the next input, or now.
        sentence: why it does not hold.
    """

    entry: Entry
    by: Instant
    sentence: str


class _Watch:
    """Judges a predicate again and again, and remembers where it last ceased to hold."""

    def __init__(self, predicate: str, world: World) -> None:
        self._predicate, self._world, self._record = predicate, world, WorldRecord(world)
        self.turn: Turn | None = None
        self.unread: BadPredicate | None = None
        """Reason for which the predicate could not be read so far; None once it could."""
        self._was_read = False
        self.holds, _ = self._judged(world)

    def look(self, entry: Entry, world: World) -> None:
        """Judge it now, all that `entry` did having happened."""
        if world is not self._world:
            self._record.follow(world)
            self._world = world
        holds, sentence = self._judged(world)
        if self.holds and not holds:
            self.turn = Turn(entry, world.now, sentence)
        self.holds = holds

    def _judged(self, world: World) -> tuple[bool, str]:
        """Tell whether the predicate holds, and why; one that names what is not there does not."""
        try:
            verdict = judge(self._predicate, world, self._record)
        except BadPredicate as error:
            self.unread = None if self._was_read else error
            return False, str(error)
        self.unread, self._was_read = None, True
        return verdict.holds, verdict.sentence


def bisect(directory: WorldDirectory, predicate: str) -> Turn:
    """Find the last turn from holding to not holding in the present stretch of a world's history.

    Raises:
        Refused: it holds now, or it never held.
        BadPredicate: the text is no predicate, or names what was never there.
    """
    history, state = History(directory), loaded(directory)
    with replaying(history.origin(state.stretch)) as replay:
        watch = _Watch(predicate, replay.world)
        last: Entry | None = None
        for entry in history.leading_to(state):
            replay.reach(entry)
            if last is not None and not entry.early:
                watch.look(last, replay.world)
            replay.play([entry])
            last = entry
        replay.state(state.now)
        if last is not None:
            watch.look(last, replay.world)
    if watch.unread is not None:
        raise watch.unread
    if watch.holds:
        raise Refused(f"it holds now: {predicate}")
    if watch.turn is None:
        raise Refused(f"it never held in this stretch of the world's history: {predicate}")
    return watch.turn
