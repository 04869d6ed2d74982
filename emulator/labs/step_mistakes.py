"""Mistakes in the steps of a lab and in its predicates, read as they will be: in the world of the lab, one way each."""

from collections.abc import Collection, Iterator, Mapping

from emulator.kernel.yamlfile import YamlTree
from emulator.labs.bench_verbs import LabBench
from emulator.labs.found_mistakes import FoundMistakes
from emulator.labs.model import Front, TrainingLab
from emulator.labs.page import LabSection
from emulator.scenarios.model import Lesson, Scenario, Step
from emulator.scenarios.predicates import Question
from emulator.scenarios.problems import problems
from emulator.scenarios.salvage import EFFECTS, UnreadStep

RACK = "rack"
"""Verb by which steps put routers into the world; in most labs they cannot."""

StepPlace = tuple[YamlTree | None, str]
"""The block of a step and its path there; without a block for steps that could not be read."""

UnreadPlaces = Mapping[tuple[int, str], UnreadStep]
"""Effects, as far as they are known, of steps that could not be read, by the line of their block and their path."""


def as_scenario(
    front: Front, seed: int, steps: tuple[Step, ...], questions: dict[str, Question] | None = None
) -> Scenario:
    """Steps in the world of a lab."""
    lesson = Lesson(front.question, "")
    return Scenario(front.title, lesson, front.routers, steps, front.start, seed, questions=questions or {})


def joined(where: str) -> str:
    """A path to go on behind an item of a list."""
    return where if not where or where.startswith((".", "[")) else f".{where}"


def tell_of_steps(
    found: FoundMistakes,
    lab: TrainingLab,
    sections: Collection[LabSection],
    *,
    lost: Collection[str],
    unread: UnreadPlaces,
    verbs_known: bool = True,
) -> None:
    """Tell what is wrong with the steps of every way, and with every predicate.

    Args:
        found: takes the mistakes.
        lab: with its values as far as they are known.
        sections: of its tasks.
        lost: keys of a scenario under which names are missing, because something is wrong there.
        unread: steps that could not be read.
        verbs_known: it is known which verbs of the bench the lab opens.
    """
    bench, skipped = LabBench(lab.front.bench), len(lab.front.prelude)
    missing = UnreadStep(lost=frozenset(EFFECTS if RACK in lab.front.bench else {*EFFECTS} - {"bench"}))
    before = {number: unread[0, path] for number in range(skipped) if (0, path := f"prelude[{number}]") in unread}
    for places, steps in _stretches(lab, sections):
        scenario = as_scenario(lab.front, lab.seed, (*lab.front.prelude, *steps), lab.questions)
        known = {
            skipped + at: unread.get((tree.above, path)) if tree else missing for at, (tree, path) in enumerate(places)
        }
        left_out = {**before, **{at: each for at, each in known.items() if each is not None}}
        wrong: set[int] = set()
        for number, where, problem in problems(scenario, lost, left_out):
            if number is None and where.startswith("questions."):
                _tell_of_question(found, sections, where, problem)
            elif number is not None and number >= skipped:
                wrong.add(number - skipped)
                tree, path = places[number - skipped]
                if tree is not None:
                    found.tell(tree, path if where == ".check" else f"{path}{joined(where)}", problem)
        for at, ((tree, path), step) in enumerate(zip(places, steps, strict=True)):
            if at in wrong or tree is None or step.bench_line is None or not verbs_known:
                continue
            if verb := bench.closed_verb(step.bench_line):
                told = f"'{verb}' is not available in a lab unless `bench` in its front matter opens it"
                found.tell(tree, path, told)


def _tell_of_question(found: FoundMistakes, sections: Collection[LabSection], where: str, problem: str) -> None:
    name = where.split(".")[1]
    for section in sections:
        for block in section.blocks:
            data = block.tree.data
            if block.kind == "task" and isinstance(data, dict) and name in (data.get("questions") or {}):
                found.tell(block.tree, where, problem)


def _stretches(lab: TrainingLab, sections: Collection[LabSection]) -> Iterator[tuple[list[StepPlace], list[Step]]]:
    """Steps that follow each other, with their places: every way through the lab, and what leaves it."""
    for number in range(lab.many_ways):
        places: list[StepPlace] = []
        steps: list[Step] = []
        for section, task, way in zip(sections, lab.tasks, lab.way(number), strict=True):
            for tree, wrong in zip(_trees(section, "wrong"), task.wrongs if number == 0 else (), strict=False):
                own: list[StepPlace] = [(tree, f"steps[{at}]") for at in range(len(wrong.block.steps))]
                judged = Step(check=wrong.block.when)
                mending: list[StepPlace] = [(tree, f"mend[{at}]") for at in range(len(wrong.block.mend))]
                yield (
                    [*places, *own, (tree, "when"), *mending],
                    [*steps, *wrong.block.steps, judged, *wrong.block.mend],
                )
            for tree, detour in zip(_trees(section, "detour"), task.detours if number == 0 else (), strict=False):
                yield [*places, *((tree, f"[{at}]") for at in range(len(detour.steps)))], [*steps, *detour.steps]
            solves = _trees(section, "solve")
            solve = solves[min(number, len(solves) - 1)] if solves else None
            places += [(solve, f"[{at}]") for at in range(len(way.steps))]
            steps += way.steps
            for judge in _trees(section, "task")[-1:]:
                places += [(judge, f"checks[{at}].holds") for at in range(len(task.checks))]
                steps += [Step(check=check.holds) for check in task.checks]
        yield places, steps


def _trees(section: LabSection, kind: str) -> list[YamlTree]:
    return [block.tree for block in section.blocks if block.kind == kind]
