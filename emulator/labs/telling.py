"""A lab in words for the learner: its tasks, what was judged, the debriefing with a time line of what was done."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill
from typing import get_args

import msgspec

from emulator.kernel.time import clock_line
from emulator.labs.grading import JudgedCheck, JudgedTask
from emulator.labs.model import POINTS, Front, Level, Task, TrainingLab
from emulator.labs.playing import LearnerWorld
from emulator.labs.progress import MASTERY, Progress
from emulator.labs.timer import Clock
from emulator.scenarios.predicates import judge_in
from emulator.scenarios.predicates.act_wording import done_sometime, sentence
from emulator.scenarios.predicates.record import ANSWER

WIDTH = 100
"""Columns of text for a learner."""


AT_THE_BENCH = (
    "At the bench, `lab check` judges your world, `lab hint` helps, `lab` shows the present task, and Ctrl-D leaves;"
    " starting the lab again continues where you left off."
)
"""Hint at the verbs of the bench, below the text of a lab."""

IN_AN_EXAM = "Points are shown when it is over; `lab finish` hands it in."
"""Explanation below the text of an exam."""

SOLVED = "What is still open in this task earns no more points; another seed gives a fresh lab."
"""Notice below a solution."""

PRACTICE = "All tasks are done. What you do from now on is practice and does not count."
"""Notice to a learner who has done everything."""


class LabResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The result of a learner in a lab, for programs.

    Attributes:
        points, most: of the whole lab.
        mastered: enough of them, and no red line was crossed.
        crossed: red lines that are crossed, as predicates.
        tasks: points of each task, in its place.
        met: wrong ways that were recognized.
        seconds: of real time; of an exam since its start.
        simulated: milliseconds that passed in the learner's world since the start.
        limit: seconds that an exam lasts, 0 without a limit.
        clock: which time the limit is of.
        began: when it began, in real time.
        page: SHA-256 of the lab's page.
        learner: name of the learner in a class.
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
    learner: str = ""


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
    about = f"{lab.front.level}, about {lab.front.minutes} minutes"
    return f"# {lab.front.title}\n\n{about}\n\n{goals}\n\n{lab.introduction}\n\n{tasks_text(lab)}\n"


def tasks_text(lab: TrainingLab) -> str:
    """The texts of all tasks."""
    return "\n\n".join(task_text(number, task) for number, task in enumerate(lab.tasks, 1))


def task_text(number: int, task: Task) -> str:
    """The text of one task, with its questions."""
    questions = "".join(
        f"\n- `{name}`: {asked.ask}" + _choices(asked.choices) for name, asked in task.questions.items()
    )
    return f"## Task {number} ({task.points} points): {task.title}\n\n{task.text}\n{questions}".rstrip()


def questions(lab: TrainingLab) -> list[tuple[str, str]]:
    """The questions of all tasks by name, each with its text and what there is to choose."""
    return [(name, asked.ask + _choices(asked.choices)) for name, asked in lab.questions.items()]


def _choices(choices: Iterable[str]) -> str:
    return f" ({', '.join(choices)})" if choices else ""


def progress_line(lab: TrainingLab, progress: Progress) -> str:
    """Progress of a learner, in one line."""
    current = progress.current(lab)
    place = "all tasks are done" if current is None else f"task {current + 1} of {len(lab.tasks)}"
    return f"{lab.front.title}: {place}, {progress.points(lab)} of {POINTS} points"


def exam_line(lab: TrainingLab, position: LearnerWorld) -> str:
    """The number of answers given in an exam, in one line that tells no points."""
    given = {each.subject for each in position.record.happened if each.act == ANSWER}
    answered = f", {len(given)} of {len(lab.questions)} questions answered" if lab.questions else ""
    return f"{lab.front.title}, exam: {len(lab.tasks)} tasks{answered}"


def exam_points(lab: TrainingLab, progress: Progress) -> str:
    """Points of an exam that is over, in one line."""
    return f"{lab.front.title}, exam: {progress.points(lab)} of {POINTS} points"


def status_text(lab: TrainingLab, progress: Progress, time: str) -> str:
    """Progress in a few words, for a line below the prompt."""
    current = progress.current(lab)
    place = "all tasks done" if current is None else f"task {current + 1} of {len(lab.tasks)}"
    return f"{place}, {progress.points(lab)} of {POINTS} points   {time}"


def up_to_present(current: int | None, judged: Sequence[JudgedTask]) -> Sequence[JudgedTask]:
    """The tasks whose judgment is shown: those up to the present one."""
    return judged if current is None else judged[: current + 1]


def judged_text(lab: TrainingLab, progress: Progress, judged: Sequence[JudgedTask]) -> str:
    """Judgment in words: every task up to the present one, with the reason of each part of its points."""
    shown = up_to_present(progress.current(lab), judged)
    later = sum(task.points for task in judged[len(shown) :])
    lines = [f"Task {number}: {task.title}\n" + _checks(task) for number, task in enumerate(shown, 1)]
    more = f"\nYou already have {later} point{'' if later == 1 else 's'} in later tasks.\n" if later else ""
    return "\n".join(lines) + more + f"\n{progress_line(lab, progress)}\n"


def _checks(task: JudgedTask) -> str:
    parts = [
        _behind(f"  {'ok' if each.holds else '--'}  {each.points:3d} of {each.most:2d}  ", _reason(each))
        for each in task.checks
    ]
    return "".join(parts) + (_behind("  !  ", task.told) if task.told else "")


def _reason(check: JudgedCheck) -> str:
    """The reason of a check, and why it did not bring all of its points."""
    return f"{check.reason} {check.lost[:1].upper()}{check.lost[1:]}." if check.lost else check.reason


def _behind(head: str, text: str) -> str:
    """A text behind its head, its lines below each other."""
    return fill(f"{head}{text}", WIDTH, subsequent_indent=" " * len(head), break_on_hyphens=False) + "\n"


def wrapped(text: str) -> str:
    """Prose in lines that fit on a page of a lab."""
    return _behind("", text).rstrip("\n")


def result_text(lab: TrainingLab, progress: Progress, position: LearnerWorld) -> str:
    """Points, what happened with the mistakes on the way, and once all is done, why, and what goes beyond the lab."""
    lines = [f"# {lab.front.title}: {progress.points(lab)} of {POINTS} points", ""]
    for number, (task, own) in enumerate(zip(lab.tasks, progress.tasks, strict=True), 1):
        causes = sorted({own.lost[check] for check in own.passed if own.lost.get(check)})
        lost = f" ({'; '.join(causes)})" if causes else ""
        lines.append(f"- Task {number}, {task.title}: {own.points(task)} of {task.points}{lost}")
    lines += ["", *_standing(lab, progress, position), ""]
    if happened := list(time_line(position)):
        lines += ["## What happened", "", *happened, ""]
    if met := [f"- {way.name}: {way.told}" for task in lab.tasks for way in task.wrongs if way.name in progress.met]:
        lines += ["Mistakes on the way:", "", *met, ""]
    if progress.current(lab) is None:
        lines += ["## Why", "", lab.debriefing, "", f"Question of the FAQ: {lab.front.question}", ""]
        lines += [f"To think about: {lab.front.transfer}", ""] if lab.front.transfer else []
    return "\n".join(lines)


def _standing(lab: TrainingLab, progress: Progress, position: LearnerWorld) -> Iterator[str]:
    """The standing of a learner: mastered or not, and if a red line is crossed, by what."""
    if not progress.crossed:
        mastered = progress.points(lab) >= MASTERY
        yield "The lab is mastered." if mastered else f"The lab is mastered with {MASTERY} points or more."
        return
    yield "The lab is not mastered while a red line is crossed:"
    yield ""
    with position.scene() as scene:
        for text in progress.crossed:
            yield f"- `{text}`: {judge_in(scene, text).sentence}"


def time_line(position: LearnerWorld) -> Iterator[str]:
    """Everything that happened since the start, the earliest first, with times of the world."""
    world = position.world
    udis = {str(router.state.udi): name for name, router in sorted(world.routers.items())}
    for each in position.record.acts(world):
        names = [udis.get(device, device) for device in each.devices]
        told = (
            f"{each.subject} was answered: {each.said}." if each.act == ANSWER else sentence(done_sometime(each, names))
        )
        yield f"- {clock_line(world.calendar(each.at))}: {told}"
