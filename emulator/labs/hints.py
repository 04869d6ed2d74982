"""Hints from where the learner stands: where to look, the rule that is not met, the first act of the shortest way on.

The way on is found by trying: the rest of each right way, from its end to its beginning, is played in a fork of the
present world, and the shortest that ends well is the one. Steps that cannot be done are passed over, as a person does.
"""

from collections.abc import Collection, Iterator

import msgspec

from emulator.labs.grading import recognised
from emulator.labs.model import Check, Task, TrainingLab
from emulator.labs.playing import BREAK_OFF, RETURN, LearnerWorld, Player
from emulator.labs.rules import sentence
from emulator.scenarios.model import SLOT, Step, as_lines
from emulator.scenarios.predicates import judge_in
from emulator.scenarios.transcript import BENCH
from emulator.scenarios.variables import filled

_KEYS = {RETURN: "(RETURN)", BREAK_OFF: "(Ctrl-C)"}
"""Keys that are pressed alone, as an instruction names them."""

LOOK, RULE, ACT = 1, 2, 3
"""The hints of a task, in the order in which they are given."""


class WayOn(msgspec.Struct, frozen=True):
    """The rest of a right way that ends well from here, every value filled in."""

    name: str
    steps: tuple[Step, ...]


def way_on(lab: TrainingLab, task: Task, position: LearnerWorld, passed: Collection[int] = ()) -> WayOn | None:
    """The shortest rest of a right way that ends a task; None where no way leads there.

    Where none does, the wrong ways that the learner has gone are mended first.

    Args:
        lab: whose task it is.
        task: to be ended, without crossing a red line of another task that is not crossed now.
        position: where it begins.
        passed: numbers of checks that passed before, and need not hold at the end.
    """
    found = _shortest(lab, task, position, passed, ())
    if found is not None or not (mending := _mending(task, position)):
        return found
    rests = _rests(lab, mending, position)
    return next(filter(None, (_shortest(lab, task, position, passed, rest) for rest in rests)), None)


def leads_on(lab: TrainingLab, task: Task, position: LearnerWorld) -> bool:
    """Tell whether a way ends a task from here, however long, wrong ways that were gone being mended first."""
    mending = _mending(task, position)
    wanted = (*_open_checks(task, ()), *_kept_lines(lab, task, position))
    whole = ((*mending, *steps) for steps in (*(way.steps for way in task.ways), ()))
    return any(_acts_to(wanted, lab, position, steps) is not None for steps in whole) or (
        way_on(lab, task, position) is not None
    )


def _mending(task: Task, position: LearnerWorld) -> tuple[Step, ...]:
    """The steps that undo the wrong ways of a task that the learner has gone."""
    with position.scene() as scene:
        gone = [wrong for wrong in task.wrongs if wrong.block.mend and judge_in(scene, wrong.block.when).holds]
    return tuple(step for wrong in gone for step in wrong.block.mend)


def _shortest(
    lab: TrainingLab, task: Task, position: LearnerWorld, passed: Collection[int], first: tuple[Step, ...]
) -> WayOn | None:
    """The shortest rest of a right way that ends a task behind these steps."""
    best: WayOn | None = None
    wanted = (*_open_checks(task, passed), *_kept_lines(lab, task, position))
    for way in task.ways:
        for rest in _rests(lab, way.steps, position):
            if best is not None and len(rest) >= len(best.steps):
                break
            if (acts := _acts_to(wanted, lab, position, (*first, *rest))) is not None:
                best = WayOn(way.name, acts)
                break
    return best


def _open_checks(task: Task, passed: Collection[int]) -> tuple[Check, ...]:
    return tuple(check for number, check in enumerate(task.checks) if check.red or number not in passed)


def _kept_lines(lab: TrainingLab, task: Task, position: LearnerWorld) -> tuple[Check, ...]:
    """The red lines of other tasks that are not crossed now, so that a way through this one does not cross them."""
    red = (check for other in lab.tasks if other is not task for check in other.checks if check.red)
    with position.scene() as scene:
        return tuple(check for check in red if judge_in(scene, check.holds).holds)


def _rests(lab: TrainingLab, steps: tuple[Step, ...], position: LearnerWorld) -> Iterator[tuple[Step, ...]]:
    """The rests of a list of steps, the shortest first, with the values that the steps left out would have saved."""
    known = _found_on(lab, steps, position)
    for begin in range(len(steps), -1, -1):
        yield _filled(steps[begin:], {name: known[name] for name in _saved(steps[:begin]) & known.keys()})


def _found_on(lab: TrainingLab, steps: tuple[Step, ...], position: LearnerWorld) -> dict[str, str]:
    """Values that the learner can know already, such as numbers of letters: found by the steps that look."""
    with position.forked() as there:
        player = Player(lab, there, comes_in=True)
        player.play_all(step for step in steps if step.save)
        return player.values


def _saved(steps: tuple[Step, ...]) -> set[str]:
    return {name for step in steps for name in step.save}


def _filled(steps: tuple[Step, ...], values: dict[str, str]) -> tuple[Step, ...]:
    return msgspec.convert(filled(msgspec.to_builtins(steps), values), tuple[Step, ...])


def _acts_to(
    wanted: tuple[Check, ...], lab: TrainingLab, position: LearnerWorld, steps: tuple[Step, ...]
) -> tuple[Step, ...] | None:
    """The acts that these steps come to from here, values filled in, if everything that is wanted holds after them."""
    with position.forked() as there:
        player = Player(lab, there, comes_in=True)
        player.play_all(steps)
        with there.scene() as scene:
            holds = all(judge_in(scene, check.holds).holds for check in wanted)
        return _filled(tuple(player.acts), player.values) if holds else None


class RuleHint(msgspec.Struct, frozen=True):
    """A rule that is not met, by its number if it has one, in words; `misread`: a foreseen wrong way was gone."""

    rule: int | None
    text: str
    misread: bool = False


def rule_hint(task: Task, passed: Collection[int], position: LearnerWorld) -> RuleHint | None:
    """The first rule that is not met, or that of the wrong way that was gone; None where all are met."""
    with position.scene() as scene:
        if (wrong := recognised(task, scene)) is not None:
            return RuleHint(wrong.block.rule, wrong.told, misread=True)
        for number, check in enumerate(task.checks):
            if number not in passed and not (verdict := judge_in(scene, check.holds)).holds:
                return RuleHint(check.rule, sentence(check.rule, verdict.sentence))
    return None


def first_act(task: Task, way: WayOn) -> str:
    """The first act of a way on as an instruction; of an answer that can be read somewhere, where and not which."""
    step = way.steps[0]
    looks = _looks_for(task, way.name, step) if step.answer is not None else ()
    if not looks:
        return act_in_words(step)
    answers = (f"{BENCH}> lab answer {name} …" for name in step.answer or ())
    return "\n".join([*map(act_in_words, looks), *answers])


def _looks_for(task: Task, name: str, answer: Step) -> tuple[Step, ...]:
    """The steps of a way that show what one of its answers says."""
    steps = next(way.steps for way in task.ways if way.name == name)
    asked = next(each.answer or {} for each in steps if (each.answer or {}).keys() == (answer.answer or {}).keys())
    slots = {slot for text in asked.values() for slot in SLOT.findall(str(text))}
    return tuple(step for step in steps if slots & step.save.keys())


def act_in_words(step: Step) -> str:
    """A step as an instruction."""
    return "\n".join(_lines_of(step))


def _lines_of(step: Step) -> Iterator[str]:
    if step.note:
        yield step.note.strip()
    if step.console is not None:
        for line in as_lines(step.type or ()):
            yield f"{step.console}> {_KEYS.get(line, line)}"
    elif step.answer is not None:
        for name, value in step.answer.items():
            yield f"{BENCH}> lab answer {name} {value}"
    elif step.bench_line is not None:
        yield f"{BENCH}> {step.bench_line}"
    elif step.until is not None:
        yield f"wait until: {step.until}"
    elif step.connect is not None:
        yield f"connect to {step.connect.router} by {step.connect.protocol}"
