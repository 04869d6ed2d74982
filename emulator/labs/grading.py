"""Judging a learner's world: points and reason together, what passed stays passed, red lines are judged anew.

The reason is written from the rule that failed and a fact of this world, so it gives no command and no hidden test
away.
A wrong way that the author foresaw is recognised by name and answered with its own sentence.
"""

import re

import msgspec

from emulator.labs.answers import ANSWER_COST, free_answers
from emulator.labs.model import Check, Task, TrainingLab, Wrong
from emulator.labs.playing import LearnerWorld
from emulator.labs.progress import Progress, TaskProgress
from emulator.labs.rules import sentence
from emulator.scenarios.predicates import PredicateVerdict, Scene, judge_in
from emulator.scenarios.predicates.record import ANSWER

_ASKED = re.compile(r"\banswer (\S+?)(?=[\s;}]|$)")


class JudgedCheck(msgspec.Struct, frozen=True):
    """The judgement of one check.

    Attributes:
        points, most: that it brings, and that it is worth.
        holds: it holds, or did when it was judged before.
        reason: why, in a sentence with a fact of this world.
        red: it is a red line.
    """

    points: int
    most: int
    holds: bool
    reason: str
    red: bool


class JudgedTask(msgspec.Struct, frozen=True):
    """The judgement of one task.

    Attributes:
        title: of the task.
        points, most: of all its checks.
        done: nothing is left to do in it.
        checks: each of its own.
        wrong: name of the wrong way that was recognised; empty without one.
        told: the sentence that answers it.
        rules: numbers of the rules that the reasons and that sentence are written from.
    """

    title: str
    points: int
    most: int
    done: bool
    checks: tuple[JudgedCheck, ...]
    wrong: str = ""
    told: str = ""
    rules: tuple[int, ...] = ()


def check(lab: TrainingLab, progress: Progress, position: LearnerWorld) -> tuple[JudgedTask, ...]:
    """Judge every task as the world is now, and note in the progress what passed."""
    with position.scene() as scene:
        return _check(lab, progress, scene)


def _check(lab: TrainingLab, progress: Progress, scene: Scene) -> tuple[JudgedTask, ...]:
    judged = []
    crossed: list[str] = []
    for task, own in zip(lab.tasks, progress.tasks, strict=True):
        verdicts = {
            number: judge_in(scene, each.holds)
            for number, each in enumerate(task.checks)
            if each.red or number not in own.passed
        }
        for number, verdict in verdicts.items():
            if verdict.holds:
                own.passed.setdefault(number, _share(task.checks[number], own, scene))
            elif number in own.passed:
                del own.passed[number]
        crossed += [task.checks[number].holds for number, each in verdicts.items() if _crossed(task, number, each)]
        wrong = None if own.done(task) else recognised(task, scene)
        if wrong is not None:
            progress.met[wrong.name] = wrong.block.rule
        judged.append(_judged(task, own, verdicts, wrong))
    progress.crossed = crossed
    return tuple(judged)


def recognised(task: Task, scene: Scene) -> Wrong | None:
    """The first of the wrong ways of a task that the learner has gone; None for none."""
    ways = task.wrongs
    return next((each for each in ways if judge_in(scene, each.block.when).holds), None)


def _crossed(task: Task, number: int, verdict: PredicateVerdict) -> bool:
    return task.checks[number].red and not verdict.holds


def _share(check: Check, own: TaskProgress, scene: Scene) -> int:
    """Per cent of its points that a check brings that holds now for the first time."""
    cost = own.cost
    for name in _ASKED.findall(check.holds):
        given = sum(each.act == ANSWER and each.subject == name for each in scene.record.happened)
        cost += max(given - free_answers(scene, name), 0) * ANSWER_COST
    return max(100 - cost, 0)


def _judged(task: Task, own: TaskProgress, verdicts: dict[int, PredicateVerdict], wrong: Wrong | None) -> JudgedTask:
    checks, brought = [], own.brought(task)
    for number, each in enumerate(task.checks):
        verdict = verdicts.get(number)
        holds = number in own.passed
        if holds:
            reason = verdict.sentence if verdict is not None else "It passed earlier."
        else:
            assert verdict is not None, "what has not passed was judged"
            reason = sentence(each.rule, verdict.sentence)
        checks.append(JudgedCheck(brought.get(number, 0), each.points, holds, reason, each.red))
    name, told = (wrong.name, wrong.told) if wrong is not None else ("", "")
    failed = {each.rule for number, each in enumerate(task.checks) if number not in own.passed}
    rules_told = tuple(sorted(failed | ({wrong.block.rule} if wrong is not None else set())))
    return JudgedTask(task.title, own.points(task), task.points, own.done(task), tuple(checks), name, told, rules_told)
