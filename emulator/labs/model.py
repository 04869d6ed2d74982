"""A lab as data: what its front matter and its fenced blocks say.

Text may hold `{NAME}`: a value that was drawn from the seed, or one that the prelude saved.
"""

from typing import Literal

import msgspec

from emulator.labs.rules import sentence
from emulator.scenarios.model import Scalar, Step
from emulator.scenarios.predicates import Question
from emulator.world.recipe import DEFAULT_START, RouterRecipe, WorldRecipe

POINTS = 100
"""Points of a whole lab."""

Level = Literal["newcomer", "field engineer", "help desk", "automation engineer"]


class Front(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The front matter of a lab.

    Attributes:
        title: its name in one line.
        level: the intended learners.
        minutes: how long a learner takes, approximately.
        number: its place in the course; left out, the lab is not part of the course.
        after: labs that come before it, by name.
        goals: what a learner can do afterwards.
        question: the question of the FAQ that it teaches.
        transfer: a question for the debriefing whose answer the lab does not show.
        routers: what is in the rack when it begins, by name.
        start: calendar date and time at its start.
        draw: what follows from the seed, by name: a list of which one value is drawn, `1..64511` standing for any
            number between; several names separated by blanks each get another value of the list. A name that gets
            the value `absent` has no part in the lab: steps, checks, routers, questions that name it are left out.
        prelude: steps that build the world and do not count, as in a scenario.
        bench: verbs of the bench that the lab opens beyond those that every lab has.
    """

    title: str
    level: Level
    minutes: int
    routers: dict[str, RouterRecipe]
    goals: tuple[str, ...]
    question: str
    number: int | None = None
    after: tuple[str, ...] = ()
    transfer: str = ""
    start: str = DEFAULT_START
    draw: dict[str, tuple[Scalar, ...]] = {}
    prelude: tuple[Step, ...] = ()
    bench: tuple[str, ...] = ()


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a task's points, and what must be true for them.

    Attributes:
        points: the points that it is worth.
        holds: a predicate.
        rule: number of the rule that explains it where it does not hold.
        red: a line that must not be crossed: worth its points once all else of the task holds, and judged at the end.
    """

    points: int
    holds: str
    rule: int
    red: bool = False


class TaskBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The block `task` of a task.

    Attributes:
        checks: the conditions for its points.
        look: the first hint: where to look.
        questions: what the learner is asked, by name; a check `answer NAME` judges the answer.
    """

    checks: tuple[Check, ...]
    look: str
    questions: dict[str, Question] = {}


class WrongBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A block `wrong NAME`: a mistake that the author foresaw.

    Attributes:
        when: a predicate that recognizes it.
        rule: number of the rule that was not known; may be left out where `says` explains it all.
        says: an explanation of this mistake, after the rule's sentence.
        steps: steps that make the mistake from the beginning of its task.
        mend: steps that undo the mistake, after which a solution leads on; left out where nothing undoes it.
    """

    when: str
    steps: tuple[Step, ...]
    rule: int | None = None
    says: str = ""
    mend: tuple[Step, ...] = ()


class Way(msgspec.Struct, frozen=True):
    """A block `solve NAME`, the steps of one right way through a task, or `detour NAME`, one with needless steps."""

    name: str
    steps: tuple[Step, ...]


class Wrong(msgspec.Struct, frozen=True):
    """A wrong way with its name."""

    name: str
    block: WrongBlock

    @property
    def told(self) -> str:
        """The explanation for a learner who went it: the sentence of its rule, and its own."""
        return sentence(self.block.rule, self.block.says)


class Task(msgspec.Struct, frozen=True):
    """A task: its text, its checks, right ways, right ways that are longer than they need be, and wrong ones."""

    title: str
    text: str
    checks: tuple[Check, ...]
    look: str
    questions: dict[str, Question]
    ways: tuple[Way, ...]
    detours: tuple[Way, ...]
    wrongs: tuple[Wrong, ...]

    @property
    def points(self) -> int:
        """Points of all its checks."""
        return sum(check.points for check in self.checks)


class TrainingLab(msgspec.Struct, frozen=True):
    """A whole lab with one seed: every value is filled in.

    Attributes:
        introduction, debriefing: text for the learner, before and after.
        teacher: text that no learner is shown.
        values: what was drawn and what the prelude saved.
    """

    name: str
    seed: int
    front: Front
    introduction: str
    tasks: tuple[Task, ...]
    debriefing: str
    teacher: str
    values: dict[str, str]

    def way(self, number: int) -> tuple[Way, ...]:
        """One right way through every task: the one with that number, or the last of a task that has fewer."""
        return tuple(task.ways[min(number, len(task.ways) - 1)] for task in self.tasks)

    @property
    def questions(self) -> dict[str, Question]:
        """Questions of all tasks, by name."""
        return {name: asked for task in self.tasks for name, asked in task.questions.items()}

    @property
    def many_ways(self) -> int:
        """Number of right ways with which every one of every task is gone once."""
        return max(len(task.ways) for task in self.tasks)


def recipe(name: str, seed: int, front: Front) -> WorldRecipe:
    """The world that a lab begins in, before its prelude."""
    return WorldRecipe(name, front.start, seed, front.routers)
