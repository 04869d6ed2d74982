"""The lab that a learner plays in a world that this process holds: implements `bench.session.LabDesk`.

Whatever is told has been written down before, so a process that is killed in the middle of a grading loses nothing.
"""

import io
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from emulator.bench.session import Bench, Travel
from emulator.kernel.errors import Refused, UnknownName
from emulator.labs import grading, hints, telling
from emulator.labs.bench_verbs import LabBench
from emulator.labs.loader import read_lab
from emulator.labs.model import POINTS, Task
from emulator.labs.playing import LearnerWorld
from emulator.labs.progress import ACT_COST, DOOR_COST, FREE, RULE_COST, SOLUTION_COST, TaskProgress
from emulator.labs.telling import LabResult
from emulator.runtime.held_world import HeldWorld
from emulator.runtime.labs.closed_door import closing_act
from emulator.runtime.labs.missed import Place
from emulator.runtime.labs.saved import LearnerFiles
from emulator.runtime.world_past import WorldPast
from emulator.scenarios.predicates import WorldRecord
from emulator.world.directory import WorldDirectory
from emulator.world.history import History

START = "start"


class LabSession:
    """One learner in one lab.

    Args:
        directory: of the learner's world.
        held: that world.
        found: the place in its history at which it was found.
        clock: seconds that never go backwards.
    """

    def __init__(
        self,
        directory: WorldDirectory,
        held: HeldWorld,
        found: Place,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._directory, self._clock, self._since = directory, clock, clock()
        self._files, self._found = LearnerFiles(directory.path), found
        self._saved = self._files.load()
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

    def _furnish(self, bench: Bench) -> None:
        bench.lab = self
        bench.is_closed = LabBench(self.lab.front.bench).is_closed

    def _write(self) -> None:
        """Write what has happened; called before the world is saved."""
        self._files.extend(self._position.record, self._held.world.state)

    def _save(self) -> None:
        now = self._clock()
        self._saved.seconds += now - self._since
        self._since = now
        self._files.save(self._saved)

    # --- what the learner asks -----------------------------------------------------------------------------------

    def text(self) -> str:
        """Tell the whole lab."""
        return shown(telling.lab_text(self.lab))

    def task(self) -> str:
        """Tell the present task."""
        progress = self._saved.progress
        current = progress.current(self.lab)
        about = "" if current is None else shown(telling.task_text(current + 1, self.lab.tasks[current]))
        return f"{about}\n{telling.progress_line(self.lab, progress)}\n"

    def check(self) -> str:
        """Judge the world, and keep a checkpoint after each task that is done now."""
        progress, judged = self._saved.progress, self._judge()
        if self._saved.exam:
            return f"{telling.progress_line(self.lab, progress)}\n"
        return telling.judged_text(self.lab, progress, judged)

    def hint(self) -> str:
        """Give the next hint of the present task, from where the learner stands."""
        number, task, own = self._present()
        self._not_in_exam()
        own.hints = min(own.hints + 1, hints.ACT)
        if own.hints == hints.LOOK:
            told, cost = task.look, FREE
        elif own.hints == hints.RULE:
            misread = grading.recognised(task, self._position) is not None and not own.free_hint
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
        self._position.record.answer(question, text)
        self._judge()
        return f"answered: {question} is {text}\n"

    def solve(self) -> str:
        """Tell the shortest right way through the present task from here; it brings no points any more."""
        number, task, own = self._present()
        self._not_in_exam()
        way = hints.way_on(self.lab, task, self._position, own.passed)
        if way is None:
            return self._closed_door(number)
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
        history = History(self._directory)
        label = history.label(history.find(checkpoint))
        self._found = (label.stretch, label.inputs, label.at)
        return Travel(checkpoint)

    def result(self, *, as_json: bool) -> str:
        """Tell the points and what happened; red lines are judged as they are now."""
        self._judge()
        if not as_json:
            return shown(telling.result_text(self.lab, self._saved.progress, self._position))
        return msgspec.json.format(msgspec.json.encode(self.outcome())).decode() + "\n"

    def outcome(self) -> LabResult:
        """The result for programs, as it was judged the last time."""
        progress, record = self._saved.progress, self._position.record
        points = tuple(own.points(task) for own, task in zip(progress.tasks, self.lab.tasks, strict=True))
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
            int(self._saved.seconds),
            self._held.world.now - record.start.now,
        )

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
        """The first act of the shortest way on, with its cost; or which act closed the door, for nothing."""
        way = hints.way_on(self.lab, task, self._position, self._saved.progress.tasks[number].passed)
        if way is None:
            return self._closed_door(number), FREE
        if not way.steps:
            return "Everything is there: have it judged.", FREE
        return hints.act_in_words(way.steps[0]), ACT_COST

    def _closed_door(self, number: int) -> str:
        self._held.save()
        act = closing_act(self._directory, self.lab, number, self._saved.progress, self._position)
        way_back = f"`lab back {self._checkpoint_before(number)}` goes back to before that."
        if act is None:
            return f"No right way that the lab knows leads on from here. {way_back}\n"
        return f"No right way that the lab knows leads on from here, since {act}. {way_back}\n"

    def _checkpoint_before(self, number: int) -> str:
        known = self.checkpoints
        return next((f"task-{each}" for each in range(number, 0, -1) if f"task-{each}" in known), START)


def shown(markdown: str) -> str:
    """Markdown as plain text for a terminal."""
    from rich.console import Console
    from rich.markdown import Markdown

    page = io.StringIO()
    console = Console(file=page, width=telling.WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    console.print(Markdown(markdown))
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())
