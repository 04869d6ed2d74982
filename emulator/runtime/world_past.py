"""The past of a world that is held, as its bench asks for it, and the way back there.

What only looks, and copies that are made, come from the files of the world, which is saved before. To go back the
world is closed and another state put in its place; whoever sat there goes on with that.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from emulator.bench.session import Travel
from emulator.kernel.errors import Refused
from emulator.kernel.time import Instant, clock_line
from emulator.runtime.held_world import HeldWorld, hold
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.inputs import in_words

if TYPE_CHECKING:
    from emulator.runtime.bisect import Turn


class WorldPast:
    """Implements `bench.session.Past` for a world that this process holds."""

    def __init__(self, directory: WorldDirectory, held: HeldWorld) -> None:
        self._directory, self._held, self._history = directory, held, History(directory)

    def snapshot(self, name: str) -> None:
        """Keep the present state under a name; in a visit to the past nothing is kept."""
        from emulator.runtime import time_travel

        if self._directory.is_visit:
            raise Refused(f"nothing is kept of a visit to the past; `fork {name}` makes a world of its own of it")
        self._held.save()
        self._history.snapshot(time_travel.loaded(self._directory), name)

    def check_snapshot(self, name: str) -> None:
        """See that there is a snapshot of that name, and that it can be read."""
        from emulator.runtime import time_travel

        time_travel.sound_snapshot(self._history, name)

    def check_undo(self) -> None:
        """See that there is something to take back."""
        from emulator.runtime import time_travel

        self._held.save()
        if not time_travel.typed(self._directory):
            raise Refused(time_travel.nothing_done(self._directory))

    def fork(self, name: str) -> Path:
        """Make a world of its own beside this one, or beside the one that is visited."""
        from emulator.runtime import time_travel

        target = time_travel.fork_target(name, self._directory.home.parent)
        self._held.save()
        time_travel.fork_state(self._held.world.state, self._directory.path, target)
        return target

    def differences(self, name: str | None) -> Sequence[str]:
        """The differences from a snapshot, or from where the present stretch began, in words."""
        from emulator.runtime import time_travel
        from emulator.world.comparison import differences

        self._held.save()
        with TemporaryDirectory(prefix="isrtwin-") as folder:
            before = time_travel.opened_copy(self._directory, name or "start", Path(folder) / "before")
            lines = list(differences(before, self._held.world))
            before.close()
        return lines

    def inputs(self, count: int) -> Sequence[str]:
        """The last inputs, the latest at the end."""
        entries = list(self._history.leading_to(self._held.world.state))
        return [f"{each.number:>6}  {self._when(each.at)}  {in_words(each.input)}" for each in entries[-count:]]

    def record(self, file: str) -> str:
        """Write what was typed as a scenario, and tell of it."""
        from emulator.runtime.recorded.writing import TITLE, record

        self._held.save()
        return record(self._directory, Path(file), TITLE)

    def bisect(self, predicate: str) -> Sequence[str]:
        """The input after which a predicate no longer held, and why it does not."""
        from emulator.runtime.bisect import bisect

        self._held.save()
        return told(bisect(self._directory, predicate), self._when)

    def _when(self, at: Instant) -> str:
        return clock_line(self._held.world.calendar(at))


def told(turn: "Turn", when: Callable[[Instant], str]) -> Sequence[str]:
    """A turn in words; `when` writes an instant."""
    entry = turn.entry
    return [
        f"no longer so after input {entry.number}, {when(entry.at)}: {in_words(entry.input)}",
        f"seen by {when(turn.by)}: {turn.sentence}",
    ]


def travelled(directory: WorldDirectory, held: HeldWorld, travel: Travel) -> tuple[HeldWorld, str]:
    """The world once it has gone back, held anew, and a line that tells of it.

    Where that is refused, the world is held as it was, and the line says why.
    """
    from emulator.runtime import time_travel

    held.save()
    directory.close_worlds()
    try:
        if travel.snapshot is None:
            told = f"undone: {in_words(time_travel.undo(directory).input)}"
        else:
            time_travel.restore(directory, travel.snapshot)
            told = f"the world is as in snapshot {travel.snapshot}"
    except Refused as refused:
        told = f"% {refused}"
    back = hold(directory, fresh=False, first=None)
    return back, f"{told}. It is {clock_line(back.world.calendar(back.world.now))}\n"
