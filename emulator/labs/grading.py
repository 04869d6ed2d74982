"""Judging a learner's world: points and reason together, what passed stays passed, red lines are judged anew.

The reason is written from the rule that failed and a fact of this world, so it gives no command and no hidden test
away.
A wrong way that the author foresaw is recognized by name and answered with its own sentence.
"""

import re

import msgspec

from emulator.labs.answers import ANSWER_COST, free_answers
from emulator.labs.model import Check, Task, TrainingLab, Wrong
from emulator.labs.playing import LearnerWorld
from emulator.labs.progress import Progress, TaskProgress
from emulator.labs.rules import sentence
from emulator.scenarios.predicates import PredicateVerdict, Scene, judge_in
from emulator.scenarios.predicates.record import ANSWER, STOP

WITH_THE_REST = "it counts once the rest of the task holds"
"""Explanation of a red line that is not crossed in a task that is not done."""

_ASKED = re.compile(r"\banswer (\S+?)(?=[\s;}]|$)")


class JudgedCheck(msgspec.Struct, frozen=True):
    """The judgment of one check.

    Attributes:
        points, most: that it brings, and that it is worth.
        holds: it holds, or did when it was judged before.
        reason: why, in a sentence with a fact of this world.
        lost: why it did not bring all of its points, in words; empty where it did, or does not hold.
        red: it is a red line.
    """

    points: int
    most: int
    holds: bool
    reason: str
    red: bool
    lost: str = ""


class JudgedTask(msgspec.Struct, frozen=True):
    """The judgment of one task.

    Attributes:
        title: of the task.
        points, most: of all its checks.
        done: nothing is left to do in it.
        checks: each of its own.
        wrong: name of the wrong way that was recognized; empty without one.
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


def check_task(task: Task, own: TaskProgress, position: LearnerWorld) -> JudgedTask:
    """Judge one task as the world is now, and note in its progress what passed."""
    with position.scene() as scene:
        return _check_task(task, own, scene)


def _check(lab: TrainingLab, progress: Progress, scene: Scene) -> tuple[JudgedTask, ...]:
    pairs = list(zip(lab.tasks, progress.tasks, strict=True))
    before = [own.done(task) for task, own in pairs]
    judged = tuple(_check_task(task, own, scene) for task, own in pairs)
    _note_mistakes(progress, judged, scene)
    for (task, own), was_done in zip(pairs, before, strict=True):
        if own.done(task) and not was_done and (lasting := recognised(task, scene)) is not None:
            progress.meet([lasting.name])
    progress.crossed = [
        task.checks[number].holds
        for task, own in pairs
        for number, check in enumerate(task.checks)
        if check.red and number not in own.passed
    ]
    return judged


def _note_mistakes(progress: Progress, judged: tuple[JudgedTask, ...], scene: Scene) -> None:
    """Note the mistakes that were there when a router was restarted: before that, something may be half finished."""
    stops = sum(each.act == STOP for each in scene.record.happened)
    if stops > progress.stops:
        progress.meet(progress.suspected)
    progress.suspected, progress.stops = [task.wrong for task in judged if task.wrong], stops


def _check_task(task: Task, own: TaskProgress, scene: Scene) -> JudgedTask:
    verdicts = {
        number: judge_in(scene, each.holds)
        for number, each in enumerate(task.checks)
        if each.red or number not in own.passed
    }
    for number, verdict in verdicts.items():
        if verdict.holds:
            if number not in own.passed:
                own.passed[number], own.lost[number] = _share(task.checks[number], own, scene)
                if not task.checks[number].red:  # a red line is judged anew each time
                    own.reasons[number] = verdict.sentence
        elif number in own.passed:
            del own.passed[number]
    return _judged(task, own, verdicts, None if own.done(task) else recognised(task, scene))


def recognised(task: Task, scene: Scene) -> Wrong | None:
    """The first of the wrong ways of a task that the learner has gone; None for none."""
    ways = task.wrongs
    return next((each for each in ways if judge_in(scene, each.block.when).holds), None)


def _share(check: Check, own: TaskProgress, scene: Scene) -> tuple[int, str]:
    """Percent of its points that a check brings that holds now for the first time, and what cost the rest."""
    cost, causes = own.cost, [f"{own.cause} cost {own.cost} %"] if own.cost else []
    for name in _ASKED.findall(check.holds):
        given = sum(each.act == ANSWER and each.subject == name for each in scene.record.happened)
        if (more := given - free_answers(scene, name)) > 0:
            cost += more * ANSWER_COST
            causes.append(f"{more} answer{'' if more == 1 else 's'} too many cost {more * ANSWER_COST} %")
    return max(100 - cost, 0), " and ".join(causes)


def _judged(task: Task, own: TaskProgress, verdicts: dict[int, PredicateVerdict], wrong: Wrong | None) -> JudgedTask:
    checks, brought = [], own.brought(task)
    for number, each in enumerate(task.checks):
        verdict = verdicts.get(number)
        holds = number in own.passed
        if holds:
            reason = verdict.sentence if verdict is not None else _passed_earlier(own.reasons.get(number, ""))
        else:
            assert verdict is not None, "what has not passed was judged"
            reason = sentence(each.rule if wrong is None else None, verdict.sentence)
        lost = own.lost.get(number, "") if holds else ""
        if holds and number not in brought:
            lost = WITH_THE_REST
        checks.append(JudgedCheck(brought.get(number, 0), each.points, holds, reason, each.red, lost))
    name, told = (wrong.name, wrong.told) if wrong is not None else ("", "")
    if wrong is None:
        rules_told = {each.rule for number, each in enumerate(task.checks) if number not in own.passed}
    else:  # its own sentence explains what failed; the rules of the checks may be about another reason
        rules_told = {wrong.block.rule} if wrong.block.rule is not None else set()
    return JudgedTask(
        task.title, own.points(task), task.points, own.done(task), tuple(checks), name, told, tuple(sorted(rules_told))
    )


def _passed_earlier(reason: str) -> str:
    """The reason of a check that held at an earlier judgment, and need not hold any more."""
    return f"Passed earlier: {reason}" if reason else "Passed earlier."
