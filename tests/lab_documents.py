"""The pages about labs: the reference in `docs/labs.md`, the course page, and the teacher's guide.

The course page shows no solutions; the teacher's guide has what no learner is shown.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from emulator.kernel.schema import attributes
from emulator.labs.answers import ANSWER_COST, FEW, FREE_ANSWERS, FREE_OF_FEW
from emulator.labs.bench_verbs import OPEN, closed
from emulator.labs.loader import OpenedLab, open_lab
from emulator.labs.model import Check, Front, Task, TaskBlock, TrainingLab, WrongBlock
from emulator.labs.progress import ACT_COST, DOOR_COST, MASTERY, RULE_COST
from emulator.labs.rules import rules
from emulator.labs.shipped import find_lab, lab_names
from tests.faq_map import faq_map

Table = Callable[[Iterable[str], Iterable[Iterable[str]]], str]

RECORDS: dict[str, type[msgspec.Struct]] = {
    "Front matter": Front,
    "`task`": TaskBlock,
    "An item of `checks`": Check,
    "`wrong NAME`": WrongBlock,
}

COSTS = (
    ("looking, `?`, typing errors, refusals, detours, slowness", "nothing"),
    ("the first hint of a task: where to look", "nothing"),
    (
        "the second: the rule that is not met",
        (
            f"{RULE_COST} % of what the task can still earn; nothing if `lab check` has told that rule, nor the first"
            " time that a known mistake is recognized; `lab hint` tells the price and asks"
        ),
    ),
    ("the third: the first act of the shortest solution from here", f"{ACT_COST} % of what the task can still earn"),
    ("going back to a checkpoint while a task is open", f"{DOOR_COST} % of what the task can still earn"),
    (
        f"more than {FREE_ANSWERS} answers to a question, or {FREE_OF_FEW} where at most {FEW} are possible",
        f"{ANSWER_COST} % of that check for each",
    ),
    ("an answer that cannot be one, such as a misspelled level", "nothing; it is refused"),
    ("a solution shown", "all that the task can still earn"),
    ("several of these in one task", "the largest of them, not their sum; answers come on top"),
)


def reference(table: Table) -> str:
    """The section of `docs/labs.md` between its marks."""
    parts = [f"\n### {title}\n\n{table(('key', 'what it says'), _keys(record))}" for title, record in RECORDS.items()]
    numbered = table(("number", "rule"), ((str(number), sentence) for number, sentence in rules().items()))
    open_verbs, opened = (", ".join(f"`{verb}`" for verb in verbs) for verbs in (OPEN, closed()))
    return (
        "".join(parts) + "\nA block `solve NAME` or `detour NAME` is a list of steps. Verbs of the bench that every lab"
        f" has: {open_verbs}. Those that `bench` can open: {opened}.\n"
        + f"\n### Rules\n\n{numbered}\n### Costs\n\n{table(('what', 'costs'), COSTS)}"
        + f"\nA lab is mastered with {MASTERY} points or more and no red line crossed.\n\n"
    )


def _keys(record: type[msgspec.Struct]) -> Iterator[tuple[str, str]]:
    told = attributes(record)
    for field in msgspec.structs.fields(record):
        yield f"`{field.encode_name}`{', required' if field.required else ''}", told.get(field.encode_name, "")


def _course() -> Iterator[TrainingLab]:
    for name in lab_names():
        opened: OpenedLab = open_lab(find_lab(name))
        opened.world.close()
        yield opened.lab


def course_page(notice: str, table: Table) -> str:
    """The page of the course.

    Raises:
        ValueError: a lab teaches a question that is none of the FAQ.
    """
    labs = list(_course())
    known = {entry.name for entry in faq_map().question}
    if unknown := [lab.name for lab in labs if lab.front.question not in known]:
        raise ValueError(f"the question of these labs is none of the FAQ: {', '.join(unknown)}")
    rows = (
        (f"{lab.front.number}. [{lab.front.title}](#{_anchor(lab.front.title)})", f"`{lab.name}`", lab.front.level,
         str(lab.front.minutes), lab.front.question)
        for lab in labs
    )  # fmt: skip
    overview = table(("lab", "name", "for a", "minutes", "question of the FAQ"), rows)
    paths = table(("for a", "can do afterwards", "labs"), _paths(labs))
    return (
        f"# The course\n\n{notice}"
        "For people who have never seen such a router. `isrtwin lab start NAME` starts a lab; [labs](labs.md) explains"
        f" how to play them. Names and numbers are drawn for each learner.\n\n{overview}\n{paths}\n"
        + "\n".join(_of_course(lab) for lab in labs)
    )


PATHS = (
    (
        "newcomer",
        "reach the privileged prompt; tell a device, its level now and next, its type of license; upgrade by PAK",
        (1, 2, 3, 5),
    ),
    (
        "field engineer",
        "upgrade, replace and recover routers, with and without a connection, and lose no line of a configuration",
        range(1, 12),
    ),
    (
        "help desk",
        "name the cause and the next act from the device, its `show license` and the portal's record",
        (1, 2, 3, 4, 5, 6, 8, 9, 12),
    ),
    (
        "automation engineer",
        "do labs 3, 4, 8 by a script that reads the state first and answers dialogs; run twice, it changes nothing",
        (1, 2, 3, 4, 5, 8, 12, 13),
    ),
)
"""The paths through the course: for whom, what they can do afterwards, and the labs by number."""


def _paths(labs: Iterable[TrainingLab]) -> Iterator[tuple[str, str, str]]:
    titles = {lab.front.number: lab.front.title for lab in labs}
    for learner, outcome, numbers in PATHS:
        links = (f"[{number}](#{_anchor(titles[number])})" for number in numbers)
        yield learner, outcome, ", ".join(links)


def _anchor(title: str) -> str:
    return "".join(each for each in title.lower().replace(" ", "-") if each.isalnum() or each == "-")


def _of_course(lab: TrainingLab) -> str:
    goals = "".join(f"- {goal}\n" for goal in lab.front.goals)
    tasks = "".join(f"{number}. {task.title} ({task.points} points)\n" for number, task in enumerate(lab.tasks, 1))
    before = ", ".join(f"`{name}`" for name in lab.front.after)
    after = f"Do {before} first.\n\n" if before else ""
    thinking = f"\nTo think about: {lab.front.transfer}\n" if lab.front.transfer else ""
    return f"## {lab.front.title}\n\n{after}{goals}\n{tasks}{thinking}"


def guide(table: Table) -> str:
    """The section of `docs/teaching.md` between its marks: every lab with what learners are not shown."""
    return "\n" + "\n".join(_of_teaching(lab, table) for lab in _course()) + "\n"


def _of_teaching(lab: TrainingLab, table: Table) -> str:
    parts = [f"## {lab.front.number or ''} {lab.front.title}".replace("  ", " "), lab.teacher]
    for number, task in enumerate(lab.tasks, 1):
        ways = ", ".join(f"*{way.name}*" for way in task.ways)
        detours = "".join(f" Also right: *{way.name}*." for way in task.detours)
        head = f"### Task {number}: {task.title}"
        parts.append(f"{head}\n\nSolutions: {ways}.{detours} First hint: {task.look}\n")
        if task.wrongs:
            parts[-1] += f"\n{table(('mistake', 'what the learner is told'), _wrongs(task))}"
    parts.append(f"**What happened and why.** {lab.debriefing}\n")
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _wrongs(task: Task) -> Iterator[tuple[str, str]]:
    for wrong in task.wrongs:
        yield wrong.name, wrong.told
