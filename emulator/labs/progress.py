"""Progress of a learner: tasks passed, each with its share of points, hints taken, wrong ways met. Plain data."""

from collections.abc import Iterable

import msgspec

from emulator.labs.model import Task, TrainingLab

HINT, SOLUTION, WAY_BACK = "a hint", "the solution shown", "going back to a checkpoint"
"""Causes of a cost."""

FREE, RULE_COST, ACT_COST, SOLUTION_COST = 0, 10, 25, 100
"""Percent of the points that are still to be earned in a task, for each kind of hint."""

DOOR_COST = 10
"""Percent of a task that a return to a checkpoint costs."""

MASTERY = 80
"""Points from which a lab is mastered, if no red line was crossed."""


class TaskProgress(msgspec.Struct, forbid_unknown_fields=True):
    """Progress of one task.

    Attributes:
        passed: percent of its points that each check that held brought, by the number of the check.
        cost: percent that hints, or a way back, cost whatever passes from now on.
        cause: what costs that, in words.
        lost: why a check that held did not bring all of its points, by the number of the check.
        reasons: why each check held when it passed, in a sentence, by its number; not of red lines.
        free_hint: the hint that a misread task gives for nothing was taken.
        hints: how many were taken; the same hint again is the same one.
        told: numbers of the rules that a check has told, which no hint is charged for.
    """

    passed: dict[int, int] = msgspec.field(default_factory=dict)
    cost: int = 0
    cause: str = ""
    lost: dict[int, str] = {}
    reasons: dict[int, str] = {}
    free_hint: bool = False
    hints: int = 0
    told: list[int] = []

    def charge(self, cost: int, cause: str) -> None:
        """Let everything that passes from now on cost so much percent, unless it costs more already."""
        if cost > self.cost:
            self.cost, self.cause = cost, cause

    def done(self, task: Task) -> bool:
        """Tell whether everything passed that is no red line."""
        return all(number in self.passed for number, check in enumerate(task.checks) if not check.red)

    def points(self, task: Task) -> int:
        """Points so far, in whole ones; a red line brings its own once the rest of the task is done."""
        return sum(self.brought(task).values())

    def brought(self, task: Task) -> dict[int, int]:
        """Points of each check that counts, by its number; what one loses by rounding the next one has."""
        points, brought, hundredths = 0, {}, 0
        for number, check in enumerate(task.checks):
            if number in self.passed and (not check.red or self.done(task)):
                hundredths += check.points * self.passed[number]
                brought[number] = hundredths // 100 - points
                points += brought[number]
        return brought


class Progress(msgspec.Struct, forbid_unknown_fields=True):
    """Progress of a learner in a lab.

    Attributes:
        tasks: of each task.
        crossed: red lines that are crossed now, as predicates.
        met: mistakes that were made, by name: told to the learner, or there when a router was restarted or the task was
            done. What is only half finished at a moment is none.
        suspected: wrong ways that were recognized by the last judgment.
        stops: how often a router had been restarted or switched off by then.
    """

    tasks: list[TaskProgress]
    crossed: list[str] = []
    met: list[str] = []
    suspected: list[str] = []
    stops: int = 0

    def meet(self, names: Iterable[str]) -> None:
        """Note mistakes that were made."""
        self.met = sorted({*self.met, *names})

    def points(self, lab: TrainingLab) -> int:
        """Points of the whole lab so far."""
        return sum(own.points(task) for own, task in zip(self.tasks, lab.tasks, strict=True))

    def current(self, lab: TrainingLab) -> int | None:
        """Number of the first task that is not done; None at the end."""
        pairs = enumerate(zip(self.tasks, lab.tasks, strict=True))
        return next((number for number, (own, task) in pairs if not own.done(task)), None)

    def finished(self, lab: TrainingLab) -> bool:
        """Tell whether all tasks are done with no red line crossed; what is done afterwards is practice."""
        return self.current(lab) is None and not self.crossed

    def mastered(self, lab: TrainingLab) -> bool:
        """Tell whether the lab is mastered."""
        return self.points(lab) >= MASTERY and not self.crossed


def begun_anew(progress: Progress) -> Progress:
    """Progress of a learner who begins once more with the same seed: what hints and solutions cost stays."""
    return Progress(
        [
            TaskProgress(cost=own.cost, cause=own.cause, free_hint=own.free_hint, hints=own.hints, told=own.told)
            for own in progress.tasks
        ]
    )


def fresh(lab: TrainingLab) -> Progress:
    """Progress of a learner who begins."""
    return Progress([TaskProgress() for _ in lab.tasks])
