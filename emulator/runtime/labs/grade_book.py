"""Progress of a learner, kept whenever the world is: judged as it is done, written down, a checkpoint after each task.

So what was earned stays earned, whether the learner asks for a judgment or not, and nothing is lost when the process
is killed in the middle of one.
"""

import time
from collections.abc import Callable
from pathlib import Path

from emulator.kernel.time import Duration
from emulator.labs import grading
from emulator.labs.checkpoints import checkpoint_after
from emulator.labs.loader import read_lab
from emulator.labs.playing import LearnerWorld
from emulator.labs.progress import Progress
from emulator.labs.timer import TimeTaken, time_taken
from emulator.runtime.held_world import HeldWorld
from emulator.runtime.labs.missed import HistoryPosition
from emulator.runtime.labs.saved import LearnerFiles, place_of
from emulator.runtime.time_travel import loaded
from emulator.scenarios.predicates import WorldRecord
from emulator.world.directory import WorldDirectory
from emulator.world.history import History

Judgement = tuple[grading.JudgedTask, ...]


class GradeBook:
    """The progress of one learner in a world that this process holds.

    Args:
        directory: of the learner's world.
        held: that world.
        found: the place in its history at which it was found.
        clock: seconds that never go backwards.
        wall: seconds since 1970.

    Attributes:
        lab: that is played.
        saved: what is written down of the learner.
        position: the world as it is now, with the record since the start.
    """

    def __init__(
        self,
        directory: WorldDirectory,
        held: HeldWorld,
        found: HistoryPosition,
        wall: Callable[[], float],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._directory, self._clock, self._since, self._wall = directory, clock, clock(), wall
        self._files, self._found = LearnerFiles(directory.path), found
        self.saved = self._files.load()
        self.lab = read_lab(Path(self.saved.page), self.saved.seed, self.saved.values)
        self._judged: tuple[tuple[int, int, int], int, Judgement] | None = None
        """The last judgment, the place in the history that it belongs to, and the instant."""
        self._passed: list[int] = []
        """Tasks whose checkpoint is due."""
        self._held_up = False
        """A teacher has stopped the class, and no time is taken."""
        self._leaving = False
        """The world goes back to a checkpoint, and what it is like until then does not count."""
        self.take_over(held)

    def take_over(self, held: HeldWorld) -> None:
        """Go on with the world as it is held now."""
        here = place_of(held.world.state)
        beginning, happened = self._files.record(self._directory, self._found, here)
        record = WorldRecord(held.world, beginning, happened, self.lab.questions)
        self.held, self.position, self._judged = held, LearnerWorld(held.world, record), None
        self.saved.timer.put_back(self._simulated)
        self._leaving = False
        held.before_saving, held.after_saving = self._write, self._keep_checkpoints

    def leave(self, found: HistoryPosition) -> None:
        """Note the place in its history to which the world goes back; until it is there nothing counts."""
        self._found, self._leaving = found, True

    # --- judging -----------------------------------------------------------------------------------------------

    @property
    def progress(self) -> Progress:
        """The progress as it was judged the last time."""
        return self.saved.progress

    @property
    def open(self) -> bool:
        """Tell whether what is done now counts: the time is neither stopped nor over, and there is something to do."""
        return not (self.saved.timer.paused or self.time.over or self.progress.finished(self.lab))

    def judge(self, *, lately: bool = False) -> Judgement:
        """Judge the world and note what passed.

        Args:
            lately: a judgment since the last input or act will do, though time has passed.
        """
        state, now = self.held.world.state, self.held.world.now
        place = (state.stretch, state.inputs, len(self.position.record.happened))
        if self._judged is not None and self._judged[0] == place and (lately or self._judged[1] == now):
            return self._judged[2]
        before = [own.done(task) for own, task in zip(self.progress.tasks, self.lab.tasks, strict=True)]
        judged = grading.check(self.lab, self.progress, self.position)
        self._passed += [at for at, task in enumerate(judged, 1) if task.done and not before[at - 1]]
        self._judged = place, now, judged
        return judged

    def keep(self) -> None:
        """Write the progress and the time down."""
        self._sit()
        self._files.save(self.saved)

    def _write(self) -> None:
        """Write what has happened, judged at once; called before the world is saved."""
        self._files.extend(self.position.record, self.held.world.state)
        if self.open and not self._leaving:
            self.judge()
        self.keep()

    # --- checkpoints -------------------------------------------------------------------------------------------

    @property
    def checkpoints(self) -> list[str]:
        """The names of the states that one can go back to."""
        return History(self._directory).snapshot_names()

    def keep_checkpoint(self, name: str) -> None:
        """Keep the saved state under a name, unless there is one of that name."""
        if name not in self.checkpoints:
            History(self._directory).snapshot(loaded(self._directory), name)

    def _keep_checkpoints(self) -> None:
        """Keep a checkpoint after each task that was done now; none in an exam, where it would tell that it was."""
        due, self._passed = self._passed, []
        for number in () if self.saved.exam else due:
            self.keep_checkpoint(checkpoint_after(number))

    # --- time --------------------------------------------------------------------------------------------------

    @property
    def time(self) -> TimeTaken:
        """Time taken up to now."""
        self._sit()
        return time_taken(self.saved.timer, exam=self.saved.exam, now=self._wall(), simulated=self._simulated)

    @property
    def _simulated(self) -> Duration:
        """Milliseconds that have passed in the learner's world."""
        return self.held.world.now - self.position.record.start.now

    def _sit(self) -> None:
        """Add the time since the last time to that at the lab, which ends when all is done."""
        now, timer = self._clock(), self.saved.timer
        if not (timer.paused or self._held_up or self.progress.finished(self.lab)):
            timer.sat += int((now - self._since) * 1000)
        self._since = now

    def pause(self, *, paused: bool) -> None:
        """Stop the time, or let it go on."""
        self._sit()
        self.saved.timer.pause(self._simulated, paused=paused)
        self.keep()

    def hold(self, *, held: bool) -> None:
        """Take no time while a teacher has stopped the class, or take it again."""
        self._sit()
        self._held_up = held

    def hand_in(self) -> None:
        """End an exam: nothing that is done afterwards counts."""
        self.held.save()
        self.progress.meet(self.progress.suspected)
        self.saved.timer.handed_in = self.time.taken
        self.keep()
