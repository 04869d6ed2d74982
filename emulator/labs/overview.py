"""A lab as a page shows it to its learner: texts, tasks, what holds by now and why, questions, time and checkpoints.

Plain data. Texts are Markdown; of an exam that goes on nothing is judged here.
"""

from collections.abc import Mapping, Sequence

import msgspec

from emulator.labs.grading import JudgedTask
from emulator.labs.model import POINTS, Task, TrainingLab
from emulator.labs.progress import ACT_COST, FREE, RULE_COST, Progress, TaskProgress


class ShownCheck(msgspec.Struct, frozen=True):
    """A part of a task's points: whether it holds, its points out of the most, and the reason in a sentence."""

    holds: bool
    points: int
    most: int
    reason: str


class ShownQuestion(msgspec.Struct, frozen=True):
    """A question of a task: its name, its text, the answers to choose from, and the last one that was given."""

    name: str
    ask: str
    choices: tuple[str, ...]
    given: str


class ShownTask(msgspec.Struct, frozen=True):
    """A task.

    Attributes:
        number, title, text: as the learner reads them.
        points, most: earned so far, and worth.
        state: `done`, `in progress` or `to do`, as a badge calls it.
        checks: of a task up to the present one.
        told: the explanation of a mistake that was recognized; empty without one.
        questions: that are answered in it.
        hint_cost: percent of its open points that the next hint can cost; 0: it is free.
    """

    number: int
    title: str
    text: str
    points: int
    most: int
    state: str
    checks: tuple[ShownCheck, ...]
    told: str
    questions: tuple[ShownQuestion, ...]
    hint_cost: int = 0


HINT_COSTS = (FREE, RULE_COST, ACT_COST)
"""The most that a hint costs, by how many were given before; the last for all further ones."""


class LabOverview(msgspec.Struct, frozen=True):
    """A learner in a lab.

    Attributes:
        name, title, introduction: of the lab.
        goals: what a learner can do afterwards.
        tasks: in their order.
        current: number of the present task, from 1; 0 when all are done.
        points, most: of the whole lab.
        time: taken, in words.
        paused, over, exam: the time is stopped, it is up, and it is the time of an exam.
        finished: all tasks are done, and no red line is crossed.
        checkpoints: names of the states to go back to.
        result: points, what happened and why, once there is nothing left to do.
    """

    name: str
    title: str
    introduction: str
    goals: tuple[str, ...]
    tasks: tuple[ShownTask, ...]
    current: int
    points: int
    most: int
    time: str
    paused: bool
    over: bool
    exam: bool
    finished: bool
    checkpoints: tuple[str, ...]
    result: str

    @property
    def place(self) -> str:
        """The task that the learner is at, out of how many."""
        if self.exam and not self.over:
            return f"{len(self.tasks)} tasks"
        return f"task {self.current} of {len(self.tasks)}" if self.current else "all tasks done"


class BriefStanding(msgspec.Struct, frozen=True):
    """The standing of a learner in a few words: points, number of the present task (0: all are done), place, time.

    Of an exam that goes on, neither points nor tasks are told; `hidden` says so.
    """

    points: int
    current: int
    place: str
    time: str
    hidden: bool = False


class Sitting(msgspec.Struct, frozen=True):
    """Circumstances of a learner in a lab, as `LabOverview` names them; `answers` has the last one to each question."""

    time: str
    paused: bool
    over: bool
    exam: bool
    answers: Mapping[str, str]
    checkpoints: tuple[str, ...]
    result: str


def overview(lab: TrainingLab, progress: Progress, judged: Sequence[JudgedTask], sitting: Sitting) -> LabOverview:
    """A learner in a lab, as judged by now.

    Args:
        lab: that is played.
        progress: of the learner.
        judged: the tasks whose judgment is shown, in their order from the first.
        sitting: everything else.
    """
    hidden = sitting.exam and not sitting.over
    current = progress.current(lab)
    tasks = []
    for at, task in enumerate(lab.tasks):
        seen = judged[at] if at < len(judged) else None
        done = progress.tasks[at].done(task) and not hidden
        state = "done" if done else "in progress" if at == current or hidden else "to do"
        tasks.append(
            ShownTask(
                at + 1,
                task.title,
                task.text,
                0 if hidden else progress.tasks[at].points(task),
                task.points,
                state,
                tuple(ShownCheck(each.holds, each.points, each.most, each.reason) for each in seen.checks)
                if seen
                else (),
                seen.told if seen else "",
                _questions(task, sitting.answers),
                _hint_cost(progress.tasks[at]),
            )
        )
    return LabOverview(
        lab.name,
        lab.front.title,
        lab.introduction,
        lab.front.goals,
        tuple(tasks),
        0 if current is None else current + 1,
        0 if hidden else progress.points(lab),
        POINTS,
        sitting.time,
        sitting.paused,
        sitting.over,
        sitting.exam,
        progress.finished(lab) and not hidden,
        sitting.checkpoints,
        sitting.result,
    )


def _hint_cost(own: TaskProgress) -> int:
    """The most that the next hint costs; nothing where the task has been charged as much already."""
    cost = HINT_COSTS[min(own.hints, len(HINT_COSTS) - 1)]
    return cost if cost > own.cost else 0


def _questions(task: Task, answers: Mapping[str, str]) -> tuple[ShownQuestion, ...]:
    return tuple(
        ShownQuestion(name, asked.ask, tuple(asked.choices), answers.get(name, ""))
        for name, asked in task.questions.items()
    )
