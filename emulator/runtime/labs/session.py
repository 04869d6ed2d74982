"""The lab that a learner plays in a world that this process holds: implements `bench.session.LearnerLab`.

Whatever is told has been written down before, so a process that is killed in the middle of a grading loses nothing.
"""

from collections.abc import Callable

import msgspec

from emulator.bench.session import Bench, PricedHint, Travel
from emulator.grammar import Choices
from emulator.kernel.errors import Refused, UnknownName, printable
from emulator.keys.signing import SigningKey, derive_signing_key, fingerprint
from emulator.labs import telling
from emulator.labs.answers import asked
from emulator.labs.bench_verbs import LabBench
from emulator.labs.checkpoints import START, checkpoint_in_words
from emulator.labs.loader import read_front
from emulator.labs.model import TrainingLab
from emulator.labs.overview import BriefStanding, LabOverview
from emulator.labs.playing import LearnerWorld
from emulator.labs.progress import DOOR_COST, WAY_BACK, Progress, begun_anew
from emulator.labs.shipped import find_lab, lab_names
from emulator.labs.signed_result import sign_result
from emulator.labs.telling import LabResult
from emulator.labs.timer import LabTimer
from emulator.runtime.held_world import HeldWorld
from emulator.runtime.labs.grade_book import GradeBook, Judgement
from emulator.runtime.labs.lab_hints import LabHints, price
from emulator.runtime.labs.markdown import shown
from emulator.runtime.labs.missed import HistoryPosition
from emulator.runtime.labs.outcome import outcome_of
from emulator.runtime.labs.overviews import brief_standing_of, judged_apart, note_told, overview_of
from emulator.runtime.wall_clock import seconds_since_1970
from emulator.world.directory import WorldDirectory
from emulator.world.history import History

RESULT = "lab result"
"""Purpose of the key that signs results."""


class LabSession:
    """One learner in one lab.

    Args:
        directory: of the learner's world.
        held: that world.
        found: the place in its history at which it was found.
        wall: seconds since 1970.
    """

    def __init__(
        self,
        directory: WorldDirectory,
        held: HeldWorld,
        found: HistoryPosition,
        wall: Callable[[], float] = seconds_since_1970,
    ) -> None:
        self._directory, self._wall = directory, wall
        self._book = GradeBook(directory, held, found, wall)
        self._hints = LabHints(directory, self._book, self._judged)
        self._furnish_world(held)

    def opened(self, held: HeldWorld) -> None:
        """Go on with the world after it was put back."""
        self._book.position.record.close()
        self._book.take_over(held)
        self._furnish_world(held)

    def _furnish_world(self, held: HeldWorld) -> None:
        held.furnish = self._furnish
        held.standing = lambda _world, _name: self._standing()

    def _furnish(self, bench: Bench) -> None:
        bench.lab = self
        bench.is_closed = LabBench(self.lab.front.bench).is_closed

    @property
    def lab(self) -> TrainingLab:
        """The lab that is played."""
        return self._book.lab

    @property
    def position(self) -> LearnerWorld:
        """The world as it is now, with the record since the start."""
        return self._book.position

    @property
    def _exam(self) -> bool:
        return self._book.saved.exam

    def _standing(self) -> str:
        """Progress and time for a status line; in an exam the time alone."""
        taken = self._book.time.text
        return taken if self._exam else telling.status_text(self.lab, self._progress(), taken)

    def hold(self, *, held: bool) -> None:
        """Take no time while the class is stopped, or take it again."""
        self._book.hold(held=held)

    def brief_standing(self) -> BriefStanding:
        """The standing as it is by now; in an exam without points."""
        return brief_standing_of(self._book)

    def _progress(self) -> Progress:
        """The progress by now, as a status line needs it: judged once for each input and act."""
        if self._book.open:
            self._book.judge(lately=True)
        return self._book.progress

    # --- what the learner asks -----------------------------------------------------------------------------------

    def listing(self) -> str:
        """List the labs that there are, in the order of the course."""
        return "".join(
            f"{line}\n" for line in telling.listing((name, read_front(find_lab(name))) for name in lab_names())
        )

    def start(self, name: str | None) -> str:
        """Go on with this lab, after a pause too.

        Raises:
            Refused: another lab is meant.
        """
        if name not in {None, self.lab.name}:
            raise Refused(
                f"this is the world of {self.lab.name}; `isrtwin lab start {printable(name or '')}` starts another"
            )
        self._book.pause(paused=False)
        return self.task()

    def questions(self) -> Choices:
        """List the questions of all tasks by name, each with its text."""
        return telling.questions(self.lab)

    def checkpoints(self) -> Choices:
        """List the checkpoints by name, each with what it is."""
        return [(name, checkpoint_in_words(self.lab, name)) for name in self._book.checkpoints]

    def pause(self) -> str:
        """Stop the time until the learner goes on.

        Raises:
            Refused: in an exam.
        """
        if self._exam:
            raise Refused("an exam cannot be paused")
        self._book.pause(paused=True)
        return f"{self._book.time.text}; `lab start` continues\n"

    def check_finish(self) -> None:
        """See that there is an exam to be handed in.

        Raises:
            Refused: it is none, or it is over.
        """
        if not self._exam:
            raise Refused("only an exam is handed in; `lab result` shows your points so far")
        if self._book.time.over:
            raise Refused("the exam is over; `lab result` shows its result")

    def finish(self) -> str:
        """Hand an exam in, and tell its result."""
        self.check_finish()
        self._book.hand_in()
        return self.result(as_json=False)

    def text(self) -> str:
        """Tell the whole lab; in an exam also the name of the key that signs its result."""
        if self._exam:
            key = fingerprint(self._key.public)
            more = shown(f"Exam: {self._book.time.text}. Key {key} signs the result. {telling.IN_AN_EXAM}")
        else:
            more = shown(telling.AT_THE_BENCH)
        return f"{shown(telling.lab_text(self.lab))}\n{more}"

    def task(self) -> str:
        """Tell the present task; in an exam, whose order is free, all."""
        if self._exam:
            return f"{shown(telling.tasks_text(self.lab))}\n{self._line()}"
        current = self._progress().current(self.lab)
        about = "" if current is None else shown(telling.task_text(current + 1, self.lab.tasks[current]))
        return f"{about}\n{self._line()}"

    def _line(self) -> str:
        """Progress and time, in one line; in an exam that goes on no points."""
        taken = self._book.time
        if not self._exam:
            return f"{telling.progress_line(self.lab, self._progress())}, {taken.text}\n"
        if taken.over:
            return f"{telling.exam_points(self.lab, self._book.progress)}, {taken.text}\n"
        return f"{telling.exam_line(self.lab, self._book.position)}, {taken.text}\n"

    def check(self) -> str:
        """Judge the world, and tell each part of the points with its reason; of an exam that goes on nothing of that.

        Raises:
            Refused: the time is stopped.
        """
        judged = self._judged()
        if self._exam:
            return self._line()
        if self._book.progress.finished(self.lab):
            return f"{telling.PRACTICE}\n{telling.progress_line(self.lab, self._book.progress)}\n"
        shown_tasks = telling.up_to_present(self._book.progress.current(self.lab), judged)
        note_told(self._book.progress, shown_tasks)
        self._book.progress.meet(task.wrong for task in shown_tasks if task.wrong)
        self._book.keep()
        return telling.judged_text(self.lab, self._book.progress, judged)

    def overview(self) -> LabOverview:
        """The lab and the learner in it, judged by now; the reasons that are shown are told, as by a check."""
        return overview_of(self._book)

    def hint(self) -> str:
        """Give the next hint of the present task, whatever it costs."""
        return self.take_hint(self.next_hint())

    def next_hint(self) -> PricedHint:
        """Find the next hint of the present task, from where the learner stands."""
        return self._hints.following()

    def take_hint(self, hint: PricedHint, /) -> str:
        """Give a hint that was found, and let what passes from now on cost what it costs."""
        return self._hints.take(hint)

    def answer(self, question: str, text: str) -> str:
        """Take down an answer, and judge it by the world as it is now; the judgment is told when one asks for it.

        Raises:
            Refused: the time is over.
            UnknownName: there is no such question, or the text cannot be an answer to it.
        """
        if self._book.time.over:
            raise Refused("the exam is over; nothing counts any more")
        with self._book.position.scene() as scene:
            name = asked(scene, question, text)
        self._book.position.record.answer(name, text)
        self._book.held.save()
        return f"answered: {name} is {text}\n"

    def check_solve(self) -> None:
        """See that there is a task to be solved."""
        self._hints.present()

    def solve(self) -> str:
        """Tell the shortest right way through the present task from here; it brings no points any more."""
        return self._hints.solution()

    def price_of_back(self, checkpoint: str) -> str:
        """Tell what it costs to go back to a checkpoint: while a task is open, a part of what it can still earn.

        Raises:
            Refused: an exam goes on, where the price alone would tell what is right.
            UnknownName: there is no such checkpoint.
        """
        if self._exam and not self._book.time.over:
            raise Refused("an exam cannot be put back to a checkpoint")
        known = self._book.checkpoints
        if checkpoint not in known:
            raise UnknownName("checkpoint", checkpoint, known)
        current = self._present_of_practice
        if current is None:
            return ""
        return price("Going back", DOOR_COST, self._book.progress.tasks[current], self.lab.tasks[current])

    def back(self, checkpoint: str, *, free: bool = False) -> Travel:
        """Find the way back to a checkpoint, and let what passes from now on cost what that costs.

        Args:
            checkpoint: its name.
            free: it costs nothing, as a teacher asks for it.
        """
        self.price_of_back(checkpoint)
        progress = self._book.progress
        current = self._present_of_practice
        if current is not None and not free:
            progress.meet(progress.suspected)
            progress.tasks[current].charge(DOOR_COST, WAY_BACK)
            self._book.keep()
        return self._way_to(checkpoint)

    @property
    def _present_of_practice(self) -> int | None:
        """Number of the first task that is not done; None at the end, and in an exam."""
        return None if self._exam else self._book.progress.current(self.lab)

    def check_told(self) -> None:
        """See that the result may be told.

        Raises:
            Refused: an exam goes on.
        """
        if self._exam and not self._book.time.over:
            raise Refused("the result of an exam is told when it is over; `lab finish` hands it in")

    def hand_out(self, task: int) -> None:
        """Do everything up to the end of a task for the learner, as its solutions do; that earns no more points.

        Args:
            task: its number, from 1.

        Raises:
            Refused: there is no such task, it is done already, no solution leads there, or it is an exam.
        """
        tasks = self.lab.tasks
        if not 1 <= task <= len(tasks):
            raise Refused(f"this lab has the tasks 1 to {len(tasks)}")
        present: int | None = self._hints.present()[0]
        if present is not None and present >= task:
            raise Refused(f"task {task} is done")
        while present is not None and present < task:
            self._hints.carry_out()
            self._book.held.save()
            before, present = present, self._progress().current(self.lab)
            if present == before:
                raise Refused(f"the solution did not end task {before + 1}; put the learner back to a checkpoint")

    def check_reset(self) -> None:
        """See that the lab can be begun anew.

        Raises:
            Refused: in an exam.
        """
        if self._exam:
            raise Refused("an exam cannot be started again")

    def reset(self) -> Travel:
        """Begin anew where the lab began; what hints have cost stays, since names and numbers stay too."""
        self.check_reset()
        saved = self._book.saved
        saved.progress = begun_anew(saved.progress)
        saved.timer = LabTimer(self._wall(), saved.timer.clock)
        self._book.keep()
        return self._way_to(START)

    def _way_to(self, checkpoint: str) -> Travel:
        history = History(self._directory)
        label = history.label(history.find(checkpoint))
        self._book.leave((label.stretch, label.inputs, label.at))
        return Travel(checkpoint)

    def result(self, *, as_json: bool) -> str:
        """Tell the points and what happened; red lines are judged as they are now.

        Raises:
            Refused: an exam goes on.
        """
        self.check_told()
        if self._book.open:
            self._book.held.save()
        if not as_json:
            return shown(telling.result_text(self.lab, self._book.progress, self._book.position))
        outcome = self.outcome()
        told = sign_result(outcome, self._key) if self._exam else outcome
        return msgspec.json.format(msgspec.json.encode(told)).decode() + "\n"

    def outcome(self) -> LabResult:
        """The result for programs, as it was judged the last time."""
        return outcome_of(self._book, self._wall())

    @property
    def _key(self) -> SigningKey:
        """Key that signs results of this world."""
        return derive_signing_key(self._book.held.world.secret, RESULT)

    # --- inside --------------------------------------------------------------------------------------------------

    def keep_start(self) -> None:
        """Keep the state in which the lab begins."""
        self._book.held.save()
        self._book.keep_checkpoint(START)

    def _judged(self) -> Judgement:
        """Judge the world, and write that down where it counts.

        Raises:
            Refused: the time is stopped.
        """
        if self._book.saved.timer.paused:
            raise Refused("the time is paused; `lab start` continues")
        if not self._book.open:
            return judged_apart(self._book)
        self._book.held.save()
        return self._book.judge()
