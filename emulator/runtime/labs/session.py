"""The lab that a learner plays in a world that this process holds: implements `bench.session.LearnerLab`.

Whatever is told has been written down before, so a process that is killed in the middle of a grading loses nothing.
"""

import copy
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from emulator.bench.session import Bench, Travel
from emulator.kernel.errors import Refused, UnknownName, printable
from emulator.kernel.time import SECOND
from emulator.keys.signing import SigningKey, derive_signing_key, fingerprint
from emulator.labs import grading, hints, telling
from emulator.labs.bench_verbs import LabBench
from emulator.labs.loader import find_lab, lab_names, read_front, read_lab
from emulator.labs.model import POINTS, Task
from emulator.labs.playing import LearnerWorld
from emulator.labs.progress import (
    ACT_COST,
    DOOR_COST,
    FREE,
    RULE_COST,
    SOLUTION_COST,
    Progress,
    TaskProgress,
    begun_anew,
)
from emulator.labs.signed_result import sign_result
from emulator.labs.telling import LabResult
from emulator.labs.timer import LabTimer, TimeTaken, time_taken
from emulator.runtime.held_world import HeldWorld
from emulator.runtime.labs.closing_act import closing_act
from emulator.runtime.labs.markdown import shown
from emulator.runtime.labs.missed import HistoryPosition
from emulator.runtime.labs.saved import LearnerFiles
from emulator.runtime.wall_clock import seconds_since_1970
from emulator.runtime.world_past import WorldPast
from emulator.scenarios.predicates import WorldRecord
from emulator.world.directory import WorldDirectory
from emulator.world.history import History

START = "start"

RESULT = "lab result"
"""Purpose of the key that signs results."""


class LabSession:
    """One learner in one lab.

    Args:
        directory: of the learner's world.
        held: that world.
        found: the place in its history at which it was found.
        clock: seconds that never go backwards.
        wall: seconds since 1970.
    """

    def __init__(
        self,
        directory: WorldDirectory,
        held: HeldWorld,
        found: HistoryPosition,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = seconds_since_1970,
    ) -> None:
        self._directory, self._clock, self._since, self._wall = directory, clock, clock(), wall
        self._files, self._found = LearnerFiles(directory.path), found
        self._saved = self._files.load()
        self._shown: tuple[tuple[int, int, int], Progress] | None = None
        """The last progress that the status line showed, and the place in the history that it belongs to."""
        self.lab = read_lab(Path(self._saved.page), self._saved.seed, self._saved.values)
        self._take_over(held)

    def opened(self, held: HeldWorld) -> None:
        """Go on with the world after it was put back."""
        self._position.record.close()
        self._take_over(held)

    def _take_over(self, held: HeldWorld) -> None:
        beginning, happened = self._files.record(self._directory, self._found)
        record = WorldRecord(held.world, beginning, happened, self.lab.questions)
        self._held, self._position = held, LearnerWorld(held.world, record)
        held.before_saving = self._write
        held.furnish = self._furnish
        held.standing = lambda _world, _name: self._standing()

    def _furnish(self, bench: Bench) -> None:
        bench.lab = self
        bench.is_closed = LabBench(self.lab.front.bench).is_closed

    def _write(self) -> None:
        """Write what has happened and the time, and in an exam judge it at once; called before the world is saved."""
        self._files.extend(self._position.record, self._held.world.state)
        if self._saved.exam and not self.time.over:
            grading.check(self.lab, self._saved.progress, self._position)
        self._save()

    def _save(self) -> None:
        self._sit()
        self._files.save(self._saved)

    def _sit(self) -> None:
        """Add the time since the last time to that at the lab."""
        now, timer = self._clock(), self._saved.timer
        if not timer.paused:
            timer.sat += int((now - self._since) * 1000)
        self._since = now

    @property
    def time(self) -> TimeTaken:
        """Time taken up to now."""
        self._sit()
        simulated = self._held.world.now - self._position.record.start.now
        return time_taken(self._saved.timer, exam=self._saved.exam, now=self._wall(), simulated=simulated)

    def _standing(self) -> str:
        """Progress and time for a status line; in an exam the time alone."""
        taken = self.time
        if self._saved.exam:
            return taken.text
        return telling.status_text(self.lab, self._seen(), taken.text)

    def _seen(self) -> Progress:
        """Progress as a check would find it now; the one that is kept changes when one is asked for."""
        state = self._held.world.state
        place = (state.stretch, state.inputs, len(self._position.record.happened))
        if self._shown is None or self._shown[0] != place:
            seen = copy.deepcopy(self._saved.progress)
            grading.check(self.lab, seen, self._position)
            self._shown = (place, seen)
        return self._shown[1]

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
        self._sit()
        self._saved.timer.paused = False
        self._save()
        return self.task()

    def pause(self) -> str:
        """Stop the time until the learner goes on.

        Raises:
            Refused: in an exam.
        """
        if self._saved.exam:
            raise Refused("an exam goes on; its time cannot be stopped")
        self._sit()
        self._saved.timer.paused = True
        self._save()
        return f"{self.time.text}; `lab start` goes on\n"

    def text(self) -> str:
        """Tell the whole lab; in an exam also the name of the key that signs its result."""
        if self._saved.exam:
            more = f"Exam: {self.time.text}. Key {fingerprint(self._key.public)} signs the result.\n"
        else:
            more = shown(telling.AT_THE_BENCH)
        return f"{shown(telling.lab_text(self.lab))}\n{more}"

    def task(self) -> str:
        """Tell the present task; in an exam, whose order is free, all that are not done."""
        progress = self._saved.progress
        if self._saved.exam:
            pairs = enumerate(zip(progress.tasks, self.lab.tasks, strict=True), 1)
            left = "\n\n".join(telling.task_text(number, task) for number, (own, task) in pairs if not own.done(task))
            return f"{shown(left)}\n{self._line()}"
        current = self._seen().current(self.lab)
        about = "" if current is None else shown(telling.task_text(current + 1, self.lab.tasks[current]))
        return f"{about}\n{self._line()}"

    def _line(self) -> str:
        """Progress and time, in one line."""
        taken = self.time.text
        if self._saved.exam:
            return f"{telling.exam_line(self.lab, self._saved.progress, taken)}\n"
        return f"{telling.progress_line(self.lab, self._seen())}, {taken}\n"

    def check(self) -> str:
        """Judge the world, and keep a checkpoint after each task that is done now."""
        progress, judged = self._saved.progress, self._judge()
        if self._saved.exam:
            return self._line()
        return telling.judged_text(self.lab, progress, judged)

    def hint(self) -> str:
        """Give the next hint of the present task, from where the learner stands."""
        number, task, own = self._present()
        self._not_in_exam()
        own.hints = min(own.hints + 1, hints.ACT)
        if own.hints == hints.LOOK:
            told, cost = task.look, FREE
        elif own.hints == hints.RULE:
            with self._position.scene() as scene:
                misread = grading.recognised(task, scene) is not None and not own.free_hint
            own.free_hint = own.free_hint or misread
            told = hints.rule_hint(task, set(own.passed), self._position) or task.look
            cost = FREE if misread else RULE_COST
        else:
            told, cost = self._first_act(number, task)
        own.cost = max(own.cost, cost)
        self._save()
        costs = f"What you still earn in this task brings {100 - own.cost} % of its points." if own.cost else ""
        return f"{told}\n{costs}".rstrip() + "\n"

    def answer(self, question: str, text: str) -> str:
        """Take down an answer, and judge it by the world as it is now; the judgement is told when one asks for it."""
        if self.time.over:
            raise Refused("the time is over")
        self._position.record.answer(question, text)
        self._judge()
        return f"answered: {question} is {text}\n"

    def solve(self) -> str:
        """Tell the shortest right way through the present task from here; it brings no points any more."""
        number, task, own = self._present()
        self._not_in_exam()
        way = hints.way_on(self.lab, task, self._position, own.passed)
        if way is None:
            return self._no_way_on(number)
        own.cost = SOLUTION_COST
        self._save()
        acts = "\n".join(f"{at}. {hints.act_in_words(step)}" for at, step in enumerate(way.steps, 1))
        return f"{way.name}:\n{acts}\nWhat is still open in this task brings no points now; another seed starts anew.\n"

    def back(self, checkpoint: str) -> Travel:
        """Find the way back to a checkpoint; while a task is open it costs a part of what it still brings."""
        known = self.checkpoints
        if checkpoint not in known:
            raise UnknownName("checkpoint", checkpoint, known)
        current = self._saved.progress.current(self.lab)
        if current is not None:
            own = self._saved.progress.tasks[current]
            own.cost = max(own.cost, DOOR_COST)
            self._save()
        return self._way_to(checkpoint)

    def reset(self) -> Travel:
        """Begin anew where the lab began; what hints have cost stays, since names and numbers stay too.

        Raises:
            Refused: in an exam.
        """
        if self._saved.exam:
            raise Refused("an exam is not begun anew")
        self._saved.progress = begun_anew(self._saved.progress)
        self._saved.timer = LabTimer(self._wall(), self._saved.timer.clock)
        self._save()
        return self._way_to(START)

    def _way_to(self, checkpoint: str) -> Travel:
        history = History(self._directory)
        label = history.label(history.find(checkpoint))
        self._found, self._shown = (label.stretch, label.inputs, label.at), None
        return Travel(checkpoint)

    def result(self, *, as_json: bool) -> str:
        """Tell the points and what happened; red lines are judged as they are now."""
        self._judge()
        if not as_json:
            return shown(telling.result_text(self.lab, self._saved.progress, self._position))
        outcome = self.outcome()
        told = sign_result(outcome, self._key) if self._saved.exam else outcome
        return msgspec.json.format(msgspec.json.encode(told)).decode() + "\n"

    def outcome(self) -> LabResult:
        """The result for programs, as it was judged the last time."""
        progress, timer, world = self._saved.progress, self._saved.timer, self._held.world
        points = tuple(own.points(task) for own, task in zip(progress.tasks, self.lab.tasks, strict=True))
        real = time_taken(LabTimer(timer.began, sat=timer.sat), exam=self._saved.exam, now=self._wall(), simulated=0)
        return LabResult(
            self.lab.name,
            self.lab.seed,
            sum(points),
            POINTS,
            progress.mastered(self.lab),
            tuple(progress.crossed),
            points,
            tuple(sorted(progress.met)),
            self._saved.exam,
            real.taken // SECOND,
            world.now - self._position.record.start.now,
            timer.limit // SECOND,
            timer.clock,
            datetime.fromtimestamp(timer.began, UTC).isoformat(timespec="seconds"),
            self._saved.digest,
        )

    @property
    def _key(self) -> SigningKey:
        """Key that signs results of this world."""
        return derive_signing_key(self._held.world.secret, RESULT)

    # --- inside --------------------------------------------------------------------------------------------------

    @property
    def checkpoints(self) -> list[str]:
        """The names of the states that one can go back to."""
        return list(History(self._directory).snapshots())

    def keep_start(self) -> None:
        """Keep the state in which the lab begins."""
        self._keep(START)

    def _judge(self) -> tuple[grading.JudgedTask, ...]:
        """Judge the world, write that down, and keep a checkpoint after each task that is done now."""
        progress = self._saved.progress
        if self._saved.timer.paused:
            raise Refused("the time is stopped; `lab start` goes on")
        if self.time.over:
            return grading.check(self.lab, copy.deepcopy(progress), self._position)
        before = [own.done(task) for own, task in zip(progress.tasks, self.lab.tasks, strict=True)]
        judged = grading.check(self.lab, progress, self._position)
        self._held.save()
        self._save()
        for number, (was, task) in enumerate(zip(before, judged, strict=True), 1):
            if task.done and not was:
                self._keep(f"task-{number}")
        return judged

    def _keep(self, name: str) -> None:
        if name not in self.checkpoints:
            WorldPast(self._directory, self._held).snapshot(name)

    def _present(self) -> tuple[int, Task, TaskProgress]:
        """The present task.

        Raises:
            Refused: all are done.
        """
        self._judge()
        number = self._saved.progress.current(self.lab)
        if number is None:
            raise Refused("all tasks are done; nothing is left to hint at")
        return number, self.lab.tasks[number], self._saved.progress.tasks[number]

    def _not_in_exam(self) -> None:
        if self._saved.exam:
            raise Refused("in an exam there are no hints and no solutions")

    def _first_act(self, number: int, task: Task) -> tuple[str, int]:
        """The first act of the shortest way on, with its cost; or which act ruled out the solution, for nothing."""
        way = hints.way_on(self.lab, task, self._position, self._saved.progress.tasks[number].passed)
        if way is None:
            return self._no_way_on(number), FREE
        if not way.steps:
            return "Everything is there: have it judged.", FREE
        return hints.act_in_words(way.steps[0]), ACT_COST

    def _no_way_on(self, number: int) -> str:
        self._held.save()
        act = closing_act(self._directory, self.lab, number, self._saved.progress, self._position)
        way_back = f"`lab back {self._checkpoint_before(number)}` goes back to before that."
        if act is None:
            return f"No right way that the lab knows leads on from here. {way_back}\n"
        return f"No right way that the lab knows leads on from here, since {act}. {way_back}\n"

    def _checkpoint_before(self, number: int) -> str:
        known = self.checkpoints
        return next((f"task-{each}" for each in range(number, 0, -1) if f"task-{each}" in known), START)
