"""A world's life once more: from the copy that a stretch of its journal began with, input by input.

Nothing of a replay reaches the world's own files or a network: it plays in a folder of its own, and what came from
outside comes out of the journal. An input is applied at its instant, after all that happens there by itself.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from emulator.backend.store.checksum import SUFFIX, UNSETTLED, verified
from emulator.kernel.errors import DataFileError, Refused
from emulator.keys.world_secret import WorldSecret
from emulator.runtime.applying import Applier
from emulator.world.directory import DATABASE
from emulator.world.history import STATE
from emulator.world.inputs import WorldInput
from emulator.world.journal import Entry, PrintDigest
from emulator.world.saved_file import encode, read_copy
from emulator.world.secret_file import read_secret
from emulator.world.state import WorldState
from emulator.world.world import World


class Departed(Refused):
    """A replay printed something else than its journal remembers; the number of the input before which it did."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"the replay departs from the journal: something else was printed before input {entry.number}")
        self.entry = entry


class WorldReplay:
    """A world that plays its journal again."""

    def __init__(self, folder: Path, state: WorldState, secret: WorldSecret, *, watched: bool = True) -> None:
        """Put the world where the copy has it.

        Args:
            folder: holds the database of the back end, which the replay changes.
            state: the copy's.
            secret: the copy's.
            watched: compare what is printed with the journal.
        """
        self.database, self._watched = folder / DATABASE, watched
        self._digest = PrintDigest()
        self._applier = Applier(state, secret, self.database, self._digest.add)

    @property
    def world(self) -> World:
        """The world as it is now."""
        return self._applier.world

    def play(self, entries: Iterable[Entry], seen: Callable[[Entry], None] | None = None) -> None:
        """Apply inputs in their order; `seen` is called before each, when its instant has come.

        Raises:
            Departed: what was printed is not what the journal remembers.
        """
        for entry in entries:
            self.reach(entry)
            if seen is not None:
                seen(entry)
            printed = self._digest.take()
            if self._watched and entry.printed is not None and entry.printed != printed:
                raise Departed(entry)
            self._applier.apply(entry.input)
            self.world.state.inputs = entry.number

    def refuses(self, what: WorldInput) -> bool:
        """Tell whether the bench would refuse an input now, at once; nothing comes of such a line."""
        return self._applier.refuses(what)

    def reach(self, entry: Entry) -> None:
        """Let time pass up to an input; what was still to happen at its instant when it came is left to do."""
        clock = self.world.clock
        if entry.at > clock.now or not entry.early:
            clock.run_to(entry.at)

    def state(self, at: int | None = None) -> WorldState:
        """The state now, or at a later instant, as it would be saved.

        Raises:
            ValueError: the instant has passed.
        """
        if at is not None:
            if at < self.world.now:
                raise ValueError(f"{at} has passed")
            self.world.clock.run_to(at)
        return self.world.state_now()

    def close(self) -> None:
        """Let go of the database."""
        self.world.close()


@contextmanager
def replaying(origin: Path, *, watched: bool = True) -> Iterator[WorldReplay]:
    """A replay from a copy of a world, in a folder that goes afterwards."""
    with TemporaryDirectory(prefix="isrtwin-") as name:
        folder = Path(name)
        if (origin / DATABASE).is_file():
            for part in (DATABASE, DATABASE + SUFFIX):
                shutil.copyfile(origin / part, folder / part)
        state = read_state(origin)
        replay = WorldReplay(folder, state, read_secret(origin, state), watched=watched)
        try:
            yield replay
        finally:
            replay.close()


def read_state(folder: Path) -> WorldState:
    """The state in a copy of a world.

    Raises:
        DataFileError: it, or the database beside it, is missing or damaged.
    """
    state = read_copy(folder / STATE)
    if (folder / DATABASE).is_file():
        if verified(folder / DATABASE) in {None, UNSETTLED}:  # a copy has its checksum before it has its label
            raise DataFileError(str(folder / DATABASE), None, "has no checksum beside it; put a copy of both back")
    elif state.shelf or state.routers:
        raise DataFileError(str(folder / DATABASE), None, "is missing, and the copy with it")
    return state


def same_state(one: WorldState, other: WorldState) -> bool:
    """Tell whether two states are the same, byte for byte."""
    return encode(one) == encode(other)
