"""Reading a lab: its page, the values of a seed, the world that the prelude builds; every mistake at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from emulator.kernel.datafile import mistakes
from emulator.kernel.errors import DataFileError, UnknownName, nearest, printable
from emulator.kernel.yamlfile import YamlTree
from emulator.keys.world_secret import WorldSecret
from emulator.labs.absent import without
from emulator.labs.bench_verbs import closed
from emulator.labs.drawing import ABSENT, draw_problems, drawn
from emulator.labs.found_mistakes import FoundMistakes
from emulator.labs.model import POINTS, Front, Task, TaskBlock, TrainingLab, Way, Wrong, WrongBlock, recipe
from emulator.labs.page import DEBRIEFING, TASK, TEACHER, LabBlock, LabPage, LabSection, read_page, read_top
from emulator.labs.rules import rules
from emulator.labs.shipped import lab_name, shipped_labs
from emulator.labs.sound import CHECK, NOTE, UnreadSteps, sound_front, sound_task, sound_way, sound_wrong
from emulator.labs.step_mistakes import as_scenario, joined, tell_of_steps
from emulator.scenarios.model import SLOT, Step
from emulator.scenarios.predicates import WorldRecord
from emulator.scenarios.problems import problems
from emulator.scenarios.runner import Runner
from emulator.scenarios.salvage import UnreadStep
from emulator.scenarios.variables import filled
from emulator.world.build import new_world
from emulator.world.fork import fork
from emulator.world.world import World

FIRST_SEED = 1


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
    """One page being opened: what is wrong with a part of it does not hide what is wrong with the rest."""

    def __init__(self, page: LabPage, seed: int) -> None:
        self._page = page
        self._path, self._seed, self._name = page.path, seed, lab_name(page.path)
        self._found = FoundMistakes(page.path)
        self._values: dict[str, str] = {}
        """Values that are drawn."""
        self._lost: set[str] = set()
        """Keys of a scenario under which names are missing, because something is wrong there."""
        self._unread: dict[tuple[int, str], UnreadStep] = {}
        """Steps of the wrong form, by the line of their block, 0 of the front matter, and their path there."""
        self._verbs_known = True

    def result(self, secret: WorldSecret | None) -> OpenedLab:
        """The lab in its world."""
        front = self._front()
        self._check_sections()
        self._check_prelude(front)
        if self._found:
            self._check_rest(front)
        try:
            world, record, values = self._begun(front, secret)
        except DataFileError as error:
            self._found.take(error)
            self._check_rest(front)
            raise
        lab = self._filled(front, values)
        record.questions = lab.questions
        self._check_steps(lab)
        self._found.raise_all()
        return OpenedLab(lab, world, record)

    def again(self, values: dict[str, str]) -> TrainingLab:
        """The lab with the values that it began with."""
        front = self._front()
        self._check_sections()
        lab = self._filled(front, values)
        self._found.raise_all()
        return lab

    def front(self) -> Front:
        """The front matter, filled in."""
        front = self._front()
        self._found.raise_all()
        return front

    def _check_rest(self, front: Front) -> None:
        """Tell also what is wrong with the tasks, where the world that they begin in cannot be built."""
        self._check_steps(self._filled(front, self._values))
        self._found.raise_all()

    # --- the front matter ----------------------------------------------------------------------------------------

    def _front(self) -> Front:
        """The front matter without its mistakes, filled in."""
        if self._page.unread is not None:
            self._found.take(self._page.unread)
            self._lost |= set(NAMING.values())
            self._verbs_known = False
            return self._sound_front({})
        self._draw()
        tree = self._page.front
        data = filled(tree.data, self._values) or tree.data
        found = list(mistakes(data, Front))
        for where, problem in found:
            self._found.tell(tree, where, problem)
        mapping = data if isinstance(data, dict) else {}
        front = self._sound_front(mapping) if found else msgspec.convert(mapping, Front)
        for verb in front.bench:
            if verb not in closed():
                self._found.tell(tree, "bench", str(UnknownName("verb", verb, closed())))
        for name in front.after:
            if name not in shipped_labs():
                self._found.tell(tree, "after", str(UnknownName("lab", name, shipped_labs())))
        return front

    def _draw(self) -> None:
        """Draw the values, and leave out what is absent with them."""
        data = self._page.front.data
        wanted = data.get("draw", {}) if isinstance(data, dict) else {}
        if list(mistakes(wanted, dict[str, tuple[str | int, ...]])):
            self._lost.add("variables")
            return
        for where, problem in draw_problems(wanted):
            self._lost.add("variables")
            self._found.tell(self._page.front, where, problem)
        if "variables" not in self._lost:
            self._values = drawn(wanted, self._seed)
            self._page = without(self._page, {name for name, value in self._values.items() if value == ABSENT})

    def _sound_front(self, data: Mapping[str, Any]) -> Front:
        front, lost, unread = sound_front(data)
        self._lost |= {NAMING[key] for key in NAMING.keys() & lost}
        self._verbs_known = self._verbs_known and "bench" not in lost
        self._unread |= {(0, path): step for path, step in unread.items()}
        return front

    def _check_prelude(self, front: Front) -> None:
        """Tell what is wrong with the routers and the prelude."""
        scenario = as_scenario(front, self._seed, (*front.prelude, Step(note="")))
        paths = [f"prelude[{number}]" for number in range(len(front.prelude))]
        unread = {number: self._unread[0, path] for number, path in enumerate(paths) if (0, path) in self._unread}
        for number, where, problem in problems(scenario, self._lost, unread):
            self._found.tell(self._page.front, where if number is None else f"{paths[number]}{joined(where)}", problem)

    # --- the parts -----------------------------------------------------------------------------------------------

    @property
    def _tasks(self) -> list[LabSection]:
        """The sections of tasks."""
        return [section for section in self._page.sections if _is_task(section)]

    def _check_sections(self) -> None:
        """Tell what is wrong with the headings, and which blocks stand where they do not belong."""
        for section in self._page.sections:
            for error in section.unread:
                self._found.take(error)
            if _is_task(section):
                self._check_task(section)
            elif section.blocks:
                self._found.add(section.blocks[0].line, f"a `{section.blocks[0].kind}` block belongs below a task")
            if not section.title.startswith(TASK) and section.title not in {DEBRIEFING, TEACHER}:
                self._found.add(section.line, _unknown_heading(section))
        if not self._tasks:
            self._found.add(1, f"a lab needs tasks; each begins with a heading `## {TASK} TITLE`")
        titles = [section.title for section in self._page.sections]
        for wanted in (DEBRIEFING, TEACHER):
            if titles.count(wanted) != 1:
                self._found.add(1, f"a lab needs exactly one heading `## {wanted}`")

    def _check_task(self, section: LabSection) -> None:
        kinds = [block.kind for block in section.blocks]
        if kinds.count("task") > 1 or ("task" not in kinds and not section.unread):
            self._found.add(section.line, "a task needs exactly one `task` block with its checks")
        if "solve" not in kinds and not section.unread:
            self._found.add(section.line, "a task needs a `solve NAME` block for each solution; this one has none")
        names = [(block.kind, block.name) for block in section.blocks]
        for block in section.blocks:
            if block.kind != "task" and not block.name:
                self._found.add(block.line, f"a `{block.kind}` block needs a name: {block.kind} NAME")
            elif names.count((block.kind, block.name)) > 1 and block.kind != "task":
                self._found.add(block.line, f"there are two `{block.kind} {block.name}` blocks")

    def _begun(self, front: Front, secret: WorldSecret | None) -> tuple[World, WorldRecord, dict[str, str]]:
        """The world after the prelude, the record from then on, and all values."""
        scenario = as_scenario(front, self._seed, (*front.prelude, Step(note="")))
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
        """The lab with these values, without the mistakes of its page."""
        known = self._known_values(front, values)
        sections = self._tasks
        tasks = tuple(self._task(section, values, known) for section in sections)
        texts = {section.title: section for section in self._page.sections}
        debriefing, teacher = (
            self._text(texts[title].text, texts[title].line, values, known) if title in texts else ""
            for title in (DEBRIEFING, TEACHER)
        )
        introduction = self._text(self._page.introduction, 1, values, known)
        lab = TrainingLab(self._name, self._seed, front, introduction, tasks, debriefing, teacher, values)
        points = sum(task.points for task in lab.tasks)
        whole = tasks and not any(section.unread for section in sections)
        if whole and points != POINTS and all(check is not CHECK for task in tasks for check in task.checks):
            self._found.add(1, f"the points of all checks must add up to {POINTS}; here they add up to {points}")
        return lab

    def _known_values(self, front: Front, values: Mapping[str, str]) -> set[str] | None:
        """The names that have a value when the prelude was played; None if that is not known."""
        unread = [step for (line, _), step in self._unread.items() if line == 0]
        if {"variables", "steps"} & self._lost or any("save" in step.lost for step in unread):
            return None
        saved = {name for step in front.prelude for name in step.save}
        return {*values, *saved, *(name for step in unread for name in step.saved)}

    def _task(self, section: LabSection, values: dict[str, str], known: set[str] | None) -> Task:
        judged, wrongs = TaskBlock((), ""), []
        ways: dict[str, list[Way]] = {"solve": [], "detour": []}
        for each in section.blocks:
            data = filled(each.tree.data, values)
            unread: UnreadSteps = {}
            if each.kind == "task":
                judged = self._task_block(each, data)
            elif each.kind in ways:
                self._tell_all(each.tree, {"name": each.name, "steps": data}, Way, "steps")
                way, unread = sound_way(each.name, data)
                ways[each.kind].append(way)
            else:
                self._tell_all(each.tree, data, WrongBlock)
                wrong, unread = sound_wrong(data)
                wrongs.append(Wrong(each.name, wrong))
                self._check_wrong(each.tree, data)
            self._unread |= {(each.tree.above, path): step for path, step in unread.items()}
        if all(block.kind != "task" for block in section.blocks):
            self._lost.add("questions")
        title = self._text(section.title.removeprefix(TASK).strip(), section.line, values, known)
        text = self._text(section.text, section.line, values, known)
        solve = tuple(ways["solve"]) or (Way("", (NOTE,)),)
        checks, look, questions = judged.checks, judged.look, judged.questions
        return Task(title, text, checks, look, questions, solve, tuple(ways["detour"]), tuple(wrongs))

    def _task_block(self, block: LabBlock, data: Any) -> TaskBlock:
        """The block `task` of a task, without its mistakes."""
        if not self._tell_all(block.tree, data, TaskBlock):
            read, lost = msgspec.convert(data, TaskBlock), False
        else:
            read, lost = sound_task(data)
        self._lost |= {"questions"} if lost else set()
        for number, check in enumerate(read.checks):
            if check is CHECK:
                continue
            self._check_rule(block.tree, f"checks[{number}].rule", check.rule)
            if check.points < 1:
                self._found.tell(block.tree, f"checks[{number}].points", "a check is worth at least 1 point")
        if read.checks and all(check.red for check in read.checks):
            self._found.tell(block.tree, "checks", "a task needs a check that is not a red line")
        return read

    def _check_wrong(self, tree: YamlTree, data: Any) -> None:
        given = data if isinstance(data, dict) else {}
        rule, says = given.get("rule"), given.get("says", "")
        if isinstance(rule, int):
            self._check_rule(tree, "rule", rule)
        elif rule is None and not str(says).strip():
            self._found.tell(tree, "", "a mistake is explained by the number of its `rule`, or by what it `says`")

    def _check_rule(self, tree: YamlTree, where: str, number: int) -> None:
        if number not in rules():
            known = f"there are rules 1 to {max(rules())}"
            self._found.tell(tree, where, f"there is no rule {number}; {known}")

    def _check_steps(self, lab: TrainingLab) -> None:
        if lab.tasks:
            lost, unread, verbs_known = self._lost, self._unread, self._verbs_known
            tell_of_steps(self._found, lab, self._tasks, lost=lost, unread=unread, verbs_known=verbs_known)

    # --- mistakes ------------------------------------------------------------------------------------------------

    def _tell_all(self, tree: YamlTree, data: Any, record: type[msgspec.Struct], below: str = "") -> bool:
        """Tell all mistakes of a block, and whether there are any."""
        found = list(mistakes(data, record))
        for where, problem in found:
            self._found.tell(tree, where.removeprefix(below), problem)
        return bool(found)

    def _text(self, text: str, line: int, values: dict[str, str], known: set[str] | None) -> str:
        """A text with these values.

        Args:
            known: names that will have a value; None if that is not known.
        """
        for slot in SLOT.findall(text):
            if values.get(slot) == ABSENT:
                self._found.add(line, f"{slot} is absent with seed {self._seed}, so no text can name it")
            elif known is not None and slot not in known:
                self._found.add(line, f"unknown value {slot}: neither `draw` nor the prelude sets it")
        return str(filled(text, values))


def _is_task(section: LabSection) -> bool:
    """Tell whether a section is a task; one with blocks is meant as one, whatever its heading is."""
    others = {DEBRIEFING, TEACHER}
    return section.title.startswith(TASK) or (section.title not in others and bool(section.blocks or section.unread))


def _unknown_heading(section: LabSection) -> str:
    """The message for a heading that is not known."""
    title = printable(section.title)
    if _is_task(section):
        named = title.partition(":")[2].strip() or title
        return f"the blocks below '{title}' belong to a task, whose heading is `## {TASK} {named}`"
    return f"unknown heading '{title}'. {nearest(section.title, (f'{TASK} …', DEBRIEFING, TEACHER))}"


NAMING = {"routers": "routers", "draw": "variables", "prelude": "steps"}
"""Keys of the front matter that give names, with the keys of a scenario that do."""
