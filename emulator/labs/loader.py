"""Reading a lab: its page, the values of a seed, the world that the prelude builds; every mistake at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from emulator.kernel.data_path import shown_path
from emulator.kernel.datafile import mistakes
from emulator.kernel.errors import DataFileError, UnknownName, nearest, printable
from emulator.kernel.yamlfile import YamlTree
from emulator.keys.world_secret import WorldSecret
from emulator.labs.absent import without
from emulator.labs.bench_verbs import LabBench, closed
from emulator.labs.drawing import ABSENT, draw_problems, drawn
from emulator.labs.model import POINTS, Front, Task, TaskBlock, TrainingLab, Way, Wrong, WrongBlock, recipe
from emulator.labs.page import DEBRIEFING, TASK, TEACHER, LabBlock, LabPage, LabSection, read_page, read_top
from emulator.labs.rules import rules
from emulator.labs.shipped import lab_name, shipped_labs
from emulator.scenarios.loader import Mistakes
from emulator.scenarios.model import SLOT, Lesson, Scenario, Step
from emulator.scenarios.predicates import Question, WorldRecord
from emulator.scenarios.problems import problems
from emulator.scenarios.runner import Runner
from emulator.scenarios.variables import filled
from emulator.world.build import new_world
from emulator.world.fork import fork
from emulator.world.world import World

FIRST_SEED = 1

Record = TypeVar("Record", bound=msgspec.Struct)


class OpenedLab(msgspec.Struct, frozen=True):
    """A lab with one seed, in the world that its prelude has built, and the record that begins there."""

    lab: TrainingLab
    world: World
    record: WorldRecord


def open_lab(path: Path, seed: int = FIRST_SEED, secret: WorldSecret | None = None) -> OpenedLab:
    """Read a lab, fill in the values of a seed, and build the world that it begins in.

    Args:
        path: of its page.
        seed: what names and numbers follow from.
        secret: what keys, PAKs and order numbers follow from; left out, they follow from the seed as well.

    Raises:
        Mistakes: the page is wrong; all that is.
        DataFileError: the page cannot be read, or its prelude does not go as it says.
    """
    return _Opening(read_page(path), seed).result(secret)


def read_lab(path: Path, seed: int, values: Mapping[str, str]) -> TrainingLab:
    """Read a lab again whose world was built before; `values` are those that it began with.

    Raises:
        Mistakes: the page is wrong; all that is.
    """
    return _Opening(read_page(path), seed).again(dict(values))


def read_front(path: Path, seed: int = FIRST_SEED) -> Front:
    """The front matter of a lab with the values of a seed, without building its world.

    Raises:
        Mistakes: it is wrong.
    """
    return _Opening(read_top(path), seed).front()


BLANK = "__________"
"""Stands on paper for a value of one world, such as an order number."""


def printed_lab(path: Path, seed: int) -> TrainingLab:
    """A lab as it is printed for every learner with a seed: values that are those of one world alone are blanks.

    Raises:
        Mistakes: the page is wrong; all that is.
        DataFileError: the page cannot be read, or its prelude does not go as it says.
    """
    one, other = (_values(path, seed) for _ in range(2))
    return read_lab(path, seed, {name: value if other[name] == value else BLANK for name, value in one.items()})


def _values(path: Path, seed: int) -> dict[str, str]:
    """The values of a lab in a world with a secret of its own."""
    opened = open_lab(path, seed, WorldSecret.random())
    opened.world.close()
    return opened.lab.values


class _Opening:
    """One page being opened."""

    def __init__(self, page: LabPage, seed: int) -> None:
        self._page = page
        self._path, self._seed, self._name = page.path, seed, lab_name(page.path)
        self._found: dict[tuple[int, str], DataFileError] = {}
        self._lines: list[tuple[YamlTree, str]] = []

    def result(self, secret: WorldSecret | None) -> OpenedLab:
        """The lab in its world."""
        front = self.front()
        self._check_sections()
        self._raise()
        world, record, values = self._begun(front, secret)
        lab = self._filled(front, values)
        record.questions = lab.questions
        self._check_steps(lab)
        self._raise()
        return OpenedLab(lab, world, record)

    def again(self, values: dict[str, str]) -> TrainingLab:
        """The lab with the values that it began with."""
        front = self.front()
        self._check_sections()
        self._raise()
        return self._filled(front, values)

    def front(self) -> Front:
        """The front matter, filled in."""
        tree = self._page.front
        data: dict[str, Any] = tree.data if isinstance(tree.data, dict) else {}
        wanted = data.get("draw", {})
        if not list(mistakes(wanted, dict[str, tuple[str | int, ...]])):
            for where, problem in draw_problems(wanted):
                self._tell(tree, where, problem)
            self._raise()
            self._values = drawn(wanted, self._seed)
            self._page = without(self._page, {name for name, value in self._values.items() if value == ABSENT})
            tree = self._page.front
            data = filled(tree.data, self._values)
        front = self._read(tree, data or tree.data, Front)
        self._raise()
        assert front is not None
        for verb in front.bench:
            if verb not in closed():
                self._tell(tree, "bench", str(UnknownName("verb", verb, closed())))
        for name in front.after:
            if name not in shipped_labs():
                self._tell(tree, "after", str(UnknownName("lab", name, shipped_labs())))
        return front

    # --- the parts ---------------------------------------------------------------------------------------------

    def _check_sections(self) -> None:
        """Tell what is wrong with the headings, and which blocks stand where they do not belong."""
        tasks = 0
        for section in self._page.sections:
            if section.title.startswith(TASK):
                tasks += 1
                self._check_task(section)
            elif section.title not in {DEBRIEFING, TEACHER}:
                known = (f"{TASK} …", DEBRIEFING, TEACHER)
                title = printable(section.title)
                self._add(section.line, f"unknown heading '{title}'. {nearest(section.title, known)}")
            elif section.blocks:
                self._add(section.blocks[0].line, f"a `{section.blocks[0].kind}` block belongs below a task")
        if not tasks:
            self._add(1, f"a lab needs tasks; each begins with a heading `## {TASK} TITLE`")
        titles = [section.title for section in self._page.sections]
        for wanted in (DEBRIEFING, TEACHER):
            if titles.count(wanted) != 1:
                self._add(1, f"a lab needs exactly one heading `## {wanted}`")

    def _check_task(self, section: LabSection) -> None:
        kinds = [block.kind for block in section.blocks]
        if kinds.count("task") != 1:
            self._add(section.line, "a task needs exactly one `task` block with its checks")
        if "solve" not in kinds:
            self._add(section.line, "a task needs a `solve NAME` block for each solution; this one has none")
        names = [(block.kind, block.name) for block in section.blocks]
        for block in section.blocks:
            if block.kind != "task" and not block.name:
                self._add(block.line, f"a `{block.kind}` block needs a name: {block.kind} NAME")
            elif names.count((block.kind, block.name)) > 1 and block.kind != "task":
                self._add(block.line, f"there are two `{block.kind} {block.name}` blocks")

    def _begun(self, front: Front, secret: WorldSecret | None) -> tuple[World, WorldRecord, dict[str, str]]:
        """The world after the prelude, the record from then on, and all values."""
        scenario = _as_scenario(front, self._seed, (*front.prelude, Step(note="")))
        for number, where, problem in problems(scenario):
            path = where if number is None else f"prelude[{number}]{_joined(where)}"
            self._tell(self._page.front, path, problem)
        self._raise()
        world = new_world(recipe(self._name, self._seed, front), secret=secret)
        runner = Runner(self._name, scenario, len, folder=self._path.parent, within=(world, WorldRecord(world)))
        for number, step in enumerate(front.prelude):
            if (failure := runner.attempt(number + 1, step)) is not None:
                problem = f"the prelude fails here: expected {failure.expected}, got {failure.came.strip()}"
                raise DataFileError(str(self._path), self._page.front.line(f"prelude[{number}]"), problem)
        if (missing := runner.end()) is not None:
            problem = f"the prelude ends before {missing.expected}"
            raise DataFileError(str(self._path), self._page.front.line(f"prelude[{missing.step - 1}]"), problem)
        begun = fork(world)  # every open line is dropped, so the learner finds the consoles as they are found
        world.close()
        return begun, WorldRecord(begun), {**self._values, **runner.saved}

    def _filled(self, front: Front, values: dict[str, str]) -> TrainingLab:
        """The lab with every value."""
        tasks = tuple(self._task(section, values) for section in self._page.sections if section.title.startswith(TASK))
        texts = {section.title: section for section in self._page.sections}
        self._raise()
        lab = TrainingLab(
            self._name,
            self._seed,
            front,
            self._text(self._page.introduction, 1, values),
            tuple(task for task in tasks if task is not None),
            self._text(texts[DEBRIEFING].text, texts[DEBRIEFING].line, values),
            self._text(texts[TEACHER].text, texts[TEACHER].line, values),
            values,
        )
        points = sum(task.points for task in lab.tasks)
        if points != POINTS:
            self._add(1, f"the points of all checks must add up to {POINTS}; here they add up to {points}")
        self._raise()
        return lab

    def _task(self, section: LabSection, values: dict[str, str]) -> Task | None:
        block, wrongs = None, []
        ways: dict[str, list[Way]] = {"solve": [], "detour": []}
        for each in section.blocks:
            data = filled(each.tree.data, values)
            if each.kind == "task":
                block = self._read(each.tree, data, TaskBlock)
                self._check_task_block(each, block)
            elif each.kind in ways:
                way = self._read(each.tree, {"name": each.name, "steps": data}, Way, "steps")
                ways[each.kind] += [way] if way is not None else []
            else:
                wrong = self._read(each.tree, data, WrongBlock)
                wrongs += [Wrong(each.name, wrong)] if wrong is not None else []
                if wrong is not None:
                    self._check_wrong(each.tree, wrong)
        if block is None:
            return None
        title = self._text(section.title.removeprefix(TASK).strip(), section.line, values)
        text = self._text(section.text, section.line, values)
        solve, detour = map(tuple, ways.values())
        return Task(title, text, block.checks, block.look, block.questions, solve, detour, tuple(wrongs))

    def _check_task_block(self, block: LabBlock, read: TaskBlock | None) -> None:
        if read is None:
            return
        for number, check in enumerate(read.checks):
            self._check_rule(block.tree, f"checks[{number}].rule", check.rule)
            if check.points < 1:
                self._tell(block.tree, f"checks[{number}].points", "a check is worth at least 1 point")
        if not any(not check.red for check in read.checks):
            self._tell(block.tree, "checks", "a task needs a check that is not a red line")

    def _check_wrong(self, tree: YamlTree, wrong: WrongBlock) -> None:
        if wrong.rule is not None:
            self._check_rule(tree, "rule", wrong.rule)
        elif not wrong.says.strip():
            self._tell(tree, "", "a mistake is explained by the number of its `rule`, or by what it `says`")

    def _check_rule(self, tree: YamlTree, where: str, number: int) -> None:
        if number not in rules():
            known = f"there are rules 1 to {max(rules())}"
            self._tell(tree, where, f"there is no rule {number}; {known}")

    # --- steps and predicates ------------------------------------------------------------------------------------

    def _check_steps(self, lab: TrainingLab) -> None:
        """Tell what is wrong with the steps of every way, and with every predicate."""
        bench = LabBench(lab.front.bench)
        for places, steps in self._stretches(lab):
            scenario = _as_scenario(lab.front, lab.seed, (*lab.front.prelude, *steps), lab.questions)
            skipped = len(lab.front.prelude)
            wrong: set[int] = set()
            for number, where, problem in problems(scenario):
                if number is None and where.startswith("questions."):
                    self._question_problem(where, problem)
                elif number is not None and number >= skipped:
                    wrong.add(number - skipped)
                    tree, path = places[number - skipped]
                    self._tell(tree, path if where == ".check" else f"{path}{_joined(where)}", problem)
            for at, ((tree, path), step) in enumerate(zip(places, steps, strict=True)):
                if at not in wrong and step.bench_line is not None and (verb := bench.closed_verb(step.bench_line)):
                    self._tell(
                        tree, path, f"'{verb}' is not available in a lab unless `bench` in its front matter opens it"
                    )

    def _question_problem(self, where: str, problem: str) -> None:
        name = where.split(".")[1]
        for section in self._page.sections:
            for block in section.blocks:
                if block.kind == "task" and name in (block.tree.data.get("questions") or {}):
                    self._tell(block.tree, where, problem)

    def _stretches(self, lab: TrainingLab) -> Iterator[tuple[list[tuple[YamlTree, str]], list[Step]]]:
        """Steps that follow each other, with their places: every way through the lab, and what leaves it."""
        sections = [section for section in self._page.sections if section.title.startswith(TASK)]
        for number in range(lab.many_ways):
            places: list[tuple[YamlTree, str]] = []
            steps: list[Step] = []
            for section, task, way in zip(sections, lab.tasks, lab.way(number), strict=True):
                trees = {(block.kind, block.name): block.tree for block in section.blocks}
                for wrong in task.wrongs if number == 0 else ():
                    tree = trees["wrong", wrong.name]
                    own = [(tree, f"steps[{at}]") for at in range(len(wrong.block.steps))]
                    judged = Step(check=wrong.block.when)
                    mending = [(tree, f"mend[{at}]") for at in range(len(wrong.block.mend))]
                    yield (
                        [*places, *own, (tree, "when"), *mending],
                        [*steps, *wrong.block.steps, judged, *wrong.block.mend],
                    )
                for detour in task.detours if number == 0 else ():
                    own = [(trees["detour", detour.name], f"[{at}]") for at in range(len(detour.steps))]
                    yield [*places, *own], [*steps, *detour.steps]
                places += [(trees["solve", way.name], f"[{at}]") for at in range(len(way.steps))]
                steps += way.steps
                block = next(block for block in section.blocks if block.kind == "task")
                places += [(block.tree, f"checks[{at}].holds") for at in range(len(task.checks))]
                steps += [Step(check=check.holds) for check in task.checks]
            yield places, steps

    # --- mistakes ------------------------------------------------------------------------------------------------

    def _read(self, tree: YamlTree, data: Any, record: type[Record], below: str = "") -> Record | None:
        found = list(mistakes(data, record))
        for where, problem in found:
            self._tell(tree, where.removeprefix(below), problem)
        return None if found else msgspec.convert(data, record)

    def _text(self, text: str, line: int, values: dict[str, str]) -> str:
        for slot in SLOT.findall(text):
            if values.get(slot) == ABSENT:
                self._add(line, f"{slot} is absent with seed {self._seed}, so no text can name it")
        done = str(filled(text, values))
        for slot in SLOT.findall(done):
            self._add(line, f"unknown value {slot}: neither `draw` nor the prelude sets it")
        return done

    def _tell(self, tree: YamlTree, where: str, problem: str) -> None:
        shown = shown_path(f"steps{where}" if where.startswith("[") else where)  # a solution is a list of steps
        self._add(tree.line(where) or 1, f"{shown}: {problem}" if where else problem)

    def _add(self, line: int, problem: str) -> None:
        self._found.setdefault((line, problem), DataFileError(str(self._path), line, problem))

    def _raise(self) -> None:
        if self._found:
            raise Mistakes(tuple(self._found[key] for key in sorted(self._found)))


def _as_scenario(
    front: Front, seed: int, steps: tuple[Step, ...], questions: dict[str, Question] | None = None
) -> Scenario:
    lesson = Lesson(front.question, "")
    return Scenario(front.title, lesson, front.routers, steps, front.start, seed, questions=questions or {})


def _joined(where: str) -> str:
    return where if not where or where.startswith((".", "[")) else f".{where}"
