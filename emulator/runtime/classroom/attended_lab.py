"""One lab of one learner, whose world is made at its first use and open while it is used; implements `AttendedLab`."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock

import msgspec

from emulator.kernel.errors import EmulatorError, Refused
from emulator.kernel.time import Duration
from emulator.labs.class_file import Learner
from emulator.labs.overview import BriefStanding, LabOverview
from emulator.labs.signed_result import sign_result
from emulator.runtime.classroom.class_directory import RESULTS, ClassDirectory
from emulator.runtime.classroom.notices import Stops
from emulator.runtime.classroom.running_lab import RunningLab
from emulator.runtime.classroom.standing_files import learners_time, standing_in
from emulator.runtime.extras import needs_serve
from emulator.runtime.labs.file_names import has_lab
from emulator.runtime.labs.playing import begin
from emulator.runtime.labs.saved import LearnerFiles
from emulator.runtime.labs.session import LabSession
from emulator.runtime.wall_clock import seconds_since_1970

with needs_serve():
    from emulator.transports.classroom.ports import Application, LabStanding
    from emulator.transports.web.consoles import Consoles
    from emulator.transports.web.guard.sessions import SharedSessions

NOT_TAKEN = "The server cannot keep this lab at the moment; tell your teacher."
FROZEN = "Your teacher has stopped the class; go on when it continues."

LOG = logging.getLogger(__name__)


class LearnersLab:
    """One lab of one learner; used by many threads."""

    def __init__(
        self,
        directory: ClassDirectory,
        learner: Learner,
        lab: str,
        stops: Stops,
        clock: Callable[[], float],
        exam: Duration | None = None,
    ) -> None:
        """Get ready.

        Args:
            directory: of the class, held.
            learner: whose lab.
            lab: its name.
            stops: when the teacher stops the class for this learner.
            clock: seconds that never go backwards.
            exam: milliseconds that it lasts if it is an exam.
        """
        self._directory, self._learner, self._lab = directory, learner, lab
        self._stops, self._clock, self._exam = stops, clock, exam
        self._opening = Lock()
        self._running: RunningLab | None = None
        self._standing: LabStanding | None = None
        self.used = 0.0
        """Instant of the last use, in seconds of the clock; 0 before the first."""

    @property
    def _path(self) -> Path:
        return self._directory.world(self._learner.id, self._lab)

    @contextmanager
    def _used(self) -> Iterator[RunningLab]:
        """Use the world, opened if need be, and made if it is used for the first time.

        Raises:
            EmulatorError: it cannot be opened, or what is asked of it is refused.
        """
        try:
            running = self._opened()
            try:
                yield running
            finally:
                running.leave()
        except EmulatorError as error:
            if str(self._directory.path) in str(error):  # a learner is told of no file of the server
                LOG.warning("%s, %s: %s", self._learner.id, self._lab, error)
                raise Refused(NOT_TAKEN) from error
            raise

    @contextmanager
    def _acted(self) -> Iterator[RunningLab]:
        """Use the world for an act of the learner.

        Raises:
            Refused: the class is stopped.
            EmulatorError: as for any use.
        """
        if self._stops.frozen:
            raise Refused(FROZEN)
        with self._used() as running:
            yield running

    def _opened(self) -> RunningLab:
        with self._opening:
            self.used = self._clock()
            if self._running is None or not self._running.alive:
                self._running = None
                if not has_lab(self._path):
                    self._make()
                began = LearnerFiles(self._path).load().timer.began
                wall = partial(learners_time, began, self._stops) if self._exam else seconds_since_1970
                running = RunningLab(self._path, self._clock, wall, frozen=self._stops.frozen)
                running.start()
                self._running = running
            self._running.enter()
            return self._running

    @property
    def opened(self) -> bool:
        """State of the lab: its world is open, or is being opened."""
        return self._running is not None or self.opening

    @property
    def opening(self) -> bool:
        """State of the lab: it is being made or opened at this moment."""
        return self._opening.locked()

    def make_ahead(self) -> None:
        """Make the world now if the learner has none yet; it is begun when the learner comes.

        Raises:
            EmulatorError: it cannot be made.
        """
        with self._opening:
            if not has_lab(self._path):
                self._directory.make_ahead(self._learner.id, self._lab, self._build)

    def _make(self) -> None:
        self._directory.make_world(self._learner.id, self._lab, self._build, self._begin_now)

    def _build(self, new: Path) -> None:
        page, seed = self._directory.page(self._lab), self._directory.seed_of(self._learner.id, self._lab)
        begin(str(page), new, seed, exam=self._exam is not None, limit=self._exam)

    def _begin_now(self, ahead: Path) -> bool:
        """Begin a world that was made ahead, if it is an exam or none as it is wanted now."""
        files = LearnerFiles(ahead)
        saved = files.load()
        if (saved.exam, saved.timer.limit) != (self._exam is not None, self._exam or 0):
            shutil.rmtree(ahead)
            return False
        saved.timer.began = seconds_since_1970()
        files.save(saved)
        return True

    def put_down(self, idle: float) -> None:
        """Put the world down if it was not used for so many seconds; 0: whatever it is used for."""
        with self._opening:
            running = self._running
            if running is not None and (not idle or running.idle >= idle or not running.alive):
                running.stop()
                self._running = self._standing = None

    def freeze(self) -> None:
        """Stop the world if it is open, or let it go on, as the class does."""
        with self._opening:
            if self._running is not None and self._running.alive:
                self._running.freeze(frozen=self._stops.frozen)

    def standing(self) -> LabStanding:
        """The standing of the learner, as it was judged the last time."""
        running = self._running
        if running is not None and running.standing is not None:
            return self._as_it_runs(running, running.standing)
        if self._standing is None:
            self._standing = standing_in(self._path, self._stops)
        return self._standing

    def judged_standing(self) -> LabStanding:
        """The standing of the learner, judged by now where the world is open."""
        if self._running is not None:
            with self._used() as running:
                return self._as_it_runs(running, running.ask(LabSession.brief_standing))
        return self.standing()

    def _as_it_runs(self, running: RunningLab, now: BriefStanding) -> LabStanding:
        stuck = running.activity.stuck(self._clock()) if now.current else ""  # an exam that goes on has a task
        state = "done" if not now.current else "stuck" if stuck else "working"
        return LabStanding(state, now.points, now.place, now.time, running.activity.command, stuck)

    # --- what its page asks ------------------------------------------------------------------------------------

    @property
    def begun(self) -> bool:
        """Tell whether the learner has begun it."""
        return has_lab(self._path)

    @property
    def consoles(self) -> Consoles:
        """The routers of its world and the bench."""
        with self._used() as running:
            return running.consoles

    def portal(self, log_ins: SharedSessions) -> Application:
        """The license portal of its world."""
        with self._used() as running:
            return running.portal(log_ins)

    def overview(self) -> LabOverview:
        """The lab and the learner in it, judged by now."""
        with self._used() as running:
            return running.ask(LabSession.overview)

    def hint(self) -> str:
        """Give the next hint."""
        with self._acted() as running:
            return running.ask(LabSession.hint)

    def answer(self, question: str, text: str) -> str:
        """Take down an answer."""
        with self._acted() as running:
            return running.ask(lambda session: session.answer(question, text))

    def solve(self) -> str:
        """Tell a right way through the present task."""
        with self._acted() as running:
            return running.ask(LabSession.solve)

    def pause(self, *, paused: bool) -> None:
        """Stop the time, or let it go on."""
        with self._acted() as running:
            running.ask(LabSession.pause if paused else lambda session: session.start(None))

    def back(self, checkpoint: str) -> None:
        """Put the world back to a checkpoint."""
        with self._acted() as running:
            running.go_back(lambda session: session.back(checkpoint))

    def rewind(self, checkpoint: str) -> None:
        """Put the world back to a checkpoint for the teacher: at no cost, and in a class that is stopped too."""
        with self._used() as running:
            running.go_back(lambda session: session.back(checkpoint, free=True))

    def hand_out(self, task: int) -> None:
        """Do everything up to the end of a task for the learner, for the teacher."""
        with self._used() as running:
            running.hand_out(task)

    def finish(self) -> str:
        """Hand an exam in, and tell its result."""
        with self._acted() as running:
            return running.ask(LabSession.finish)

    def reset(self) -> None:
        """Begin anew where the lab began."""
        with self._acted() as running:
            running.go_back(LabSession.reset)

    def signed_result(self) -> bytes:
        """The result as JSON, signed with the key of the class."""
        with self._used() as running:
            running.ask(LabSession.check_told)
            outcome = running.ask(LabSession.outcome)
        named = msgspec.structs.replace(outcome, learner=self._learner.name)
        return msgspec.json.format(msgspec.json.encode(sign_result(named, self._directory.key(RESULTS)))) + b"\n"
