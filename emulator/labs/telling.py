"""A lab in words for the learner: its tasks, what was judged, the debriefing with the learner's own time line."""

from collections.abc import Iterable, Iterator
from textwrap import fill
from typing import get_args

import msgspec

from emulator.kernel.time import clock_line
from emulator.labs.grading import JudgedTask
from emulator.labs.model import POINTS, Front, Level, Task, TrainingLab
from emulator.labs.playing import LearnerWorld
from emulator.labs.progress import MASTERY, Progress
from emulator.labs.rules import rules
from emulator.labs.timer import Clock
from emulator.scenarios.predicates.record import ANSWER

WIDTH = 100
"""Columns of text for a learner."""


AT_THE_BENCH = (
    "At the bench, `lab check` judges your world, `lab hint` helps, `lab` tells the task at hand, and Ctrl-D leaves;"
    " whoever starts the lab again goes on from there."
)
"""Hint at the verbs of the bench, below the text of a lab."""


class LabResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The result of a learner in a lab, for programs.

    Attributes:
        points, most: of the whole lab.
        mastered: enough of them, and no red line was crossed.
        crossed: red lines that are crossed, as predicates.
        tasks: points of each task, in its place.
        met: wrong ways that were recognised.
        seconds: of real time; of an exam since its start.
        simulated: milliseconds that passed in the learner's world since the start.
        limit: seconds that an exam lasts, 0 without a limit.
        clock: which time the limit is of.
        began: when it began, in real time.
        page: SHA-256 of the lab's page.
    """

    lab: str
    seed: int
    points: int
    most: int
    mastered: bool
    crossed: tuple[str, ...]
    tasks: tuple[int, ...]
    met: tuple[str, ...]
    exam: bool
    seconds: int
    simulated: int
    limit: int
    clock: Clock
    began: str
    page: str


LONGEST_LEVEL = max(map(len, get_args(Level)))


def listing(labs: Iterable[tuple[str, Front]]) -> Iterator[str]:
    """Labs by name, a line each."""
    rows = list(labs)
    width = max((len(name) for name, _ in rows), default=0)
    for name, front in rows:
        place = "" if front.number is None else str(front.number)
        yield f"{place:>2}  {name:<{width}}  {front.minutes:>2} min  {front.level:<{LONGEST_LEVEL}}  {front.title}"


def lab_text(lab: TrainingLab) -> str:
    """The text that a learner reads before beginning."""
    goals = "\n".join(f"- {goal}" for goal in lab.front.goals)
    tasks = "\n\n".join(task_text(number, task) for number, task in enumerate(lab.tasks, 1))
    about = f"{lab.front.level}, about {lab.front.minutes} minutes"
    return f"# {lab.front.title}\n\n{about}\n\n{goals}\n\n{lab.introduction}\n\n{tasks}\n"


def task_text(number: int, task: Task) -> str:
    """The text of one task, with its questions."""
    questions = "".join(
        f"\n- `{name}`: {asked.ask}" + _choices(asked.choices) for name, asked in task.questions.items()
    )
    return f"## Task {number} ({task.points} points): {task.title}\n\n{task.text}\n{questions}".rstrip()


def _choices(choices: Iterable[str]) -> str:
    return f" ({', '.join(choices)})" if choices else ""


def progress_line(lab: TrainingLab, progress: Progress) -> str:
    """Progress of a learner, in one line."""
    current = progress.current(lab)
    place = "all tasks are done" if current is None else f"task {current + 1} of {len(lab.tasks)}"
    return f"{lab.front.title}: {place}, {progress.points(lab)} of {POINTS} points"


def exam_line(lab: TrainingLab, progress: Progress, time: str) -> str:
    """Progress in an exam, whose tasks are done in any order, in one line."""
    done = sum(own.done(task) for own, task in zip(progress.tasks, lab.tasks, strict=True))
    tasks = f"{done} of {len(lab.tasks)} tasks done"
    return f"{lab.front.title}, exam: {tasks}, {progress.points(lab)} of {POINTS} points, {time}"


def status_text(lab: TrainingLab, progress: Progress, time: str) -> str:
    """Progress in a few words, for a line below the prompt."""
    current = progress.current(lab)
    place = "all tasks done" if current is None else f"task {current + 1} of {len(lab.tasks)}"
    return f"{place}, {progress.points(lab)} of {POINTS} points   {time}"


def judged_text(lab: TrainingLab, progress: Progress, judged: tuple[JudgedTask, ...]) -> str:
    """Judgement in words: every task up to the present one, with the reason of each part of its points."""
    current = progress.current(lab)
    shown = judged if current is None else judged[: current + 1]
    later = sum(task.points for task in judged[len(shown) :])
    lines = [f"Task {number}: {task.title}\n" + _checks(task) for number, task in enumerate(shown, 1)]
    more = f"\n{later} points of later tasks are yours already.\n" if later else ""
    return "\n".join(lines) + more + f"\n{progress_line(lab, progress)}\n"


def _checks(task: JudgedTask) -> str:
    parts = [
        _wrapped(f"  {'ok' if each.holds else '--'}  {each.points:3d} of {each.most:2d}  ", each.reason)
        for each in task.checks
    ]
    return "".join(parts) + (_wrapped("  !  ", task.told) if task.told else "")


def _wrapped(head: str, text: str) -> str:
    """A text behind its head, its lines below each other."""
    return fill(f"{head}{text}", WIDTH, subsequent_indent=" " * len(head), break_on_hyphens=False) + "\n"


def result_text(lab: TrainingLab, progress: Progress, position: LearnerWorld) -> str:
    """Points, the debriefing with the learner's own time line and the rules met, and what goes beyond the lab."""
    lines = [f"# {lab.front.title}: {progress.points(lab)} of {POINTS} points", ""]
    for number, (task, own) in enumerate(zip(lab.tasks, progress.tasks, strict=True), 1):
        lines.append(f"- Task {number}, {task.title}: {own.points(task)} of {task.points}")
    lines += ["", _standing(lab, progress), ""]
    if progress.current(lab) is None:
        lines += ["## What happened", "", *time_line(position), ""]
        met = [f"- {rules()[rule]}" for rule in sorted(set(progress.met.values()))]
        lines += ["Rules that you met on the way:", "", *met, ""] if met else []
        lines += ["## Why", "", lab.debriefing, "", f"The question of the FAQ: {lab.front.question}", ""]
        lines += [f"To think about: {lab.front.transfer}", ""] if lab.front.transfer else []
    return "\n".join(lines)


def _standing(lab: TrainingLab, progress: Progress) -> str:
    if progress.crossed:
        return f"A red line is crossed: {', '.join(progress.crossed)}."
    points = progress.points(lab)
    return "The lab is mastered." if points >= MASTERY else f"The lab is mastered from {MASTERY} points."


def time_line(position: LearnerWorld) -> Iterator[str]:
    """Everything that happened since the start, the earliest first, with times of the world."""
    world = position.world
    udis = {str(router.state.udi): name for name, router in sorted(world.routers.items())}
    for each in position.record.acts(world):
        who = " to ".join(udis.get(device, device) for device in each.devices) or "bench"
        said = f" '{each.said}'" if each.act == ANSWER else ""
        yield f"- {clock_line(world.calendar(each.at))}  {who} {each.act} {each.subject}{said}".rstrip()
