"""Mistakes of a scenario that the types of its record cannot show: told before the first step runs.

The lines for the bench and the predicates are read as they will be, in the world of the scenario; a router that a step
racks is known from then on. Where something that cannot be read may rack others, a line that names an unknown one is
not judged, and everything else is.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from emulator.bench.checking import bench_problem
from emulator.bench.line import BenchLine
from emulator.hardware.platform import shipped_platforms
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import UnknownName, nearest
from emulator.kernel.time import parse_duration
from emulator.scenarios.keys import key_problem
from emulator.scenarios.model import ACTS, NAME, SLOT, ClientConnection, Lines, Scenario, Step
from emulator.scenarios.patterns import WrongPattern, compiled
from emulator.scenarios.predicates import BadPredicate, Question, Vocabulary, parse, parse_fact, vocabulary_of
from emulator.scenarios.predicates.foreseen import foreseen
from emulator.scenarios.salvage import UnreadStep, sound_recipe
from emulator.scenarios.supposed_routers import POSSIBLE_NAME, supposed
from emulator.world.build import new_world
from emulator.world.recipe import ROUTER_NAME, RouterRecipe, world_problems

RACK = re.compile(r"^\s*rack\s+(\S+)")
QUESTION_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
STAND_IN = "23456789ABC"
"""Text in place of a saved value: it has the form of a PAK, and names nothing."""

PROTOCOLS = ("ssh", "telnet")
SEEN = ("sees", "hides", "matches")

NONE_UNREAD: Mapping[int, UnreadStep] = MappingProxyType({})

READABLE = "bought 0"
"""A predicate for every choice of a question whose own are checked by themselves."""

LocatedProblem = tuple[int | None, str, str]
"""The index of the step, None for what stands before the steps; the path from there; and what is wrong."""


def problems(
    scenario: Scenario,
    lost: Collection[str] = (),
    unread: Mapping[int, UnreadStep] = NONE_UNREAD,
    folder: Path | None = None,
) -> Iterator[LocatedProblem]:
    """Every mistake that the types cannot show.

    Args:
        lost: keys under which names are missing, because something is wrong there: what the steps name may be one of
            them.
        unread: what is known of steps of the wrong form, by their index; a note stands in their place.
        folder: where the scenario's file is; its lines may name files below it.
    """
    recipe = scenario.recipe("")
    unfilled = dict(_unfilled(scenario))
    if {"variables", "matrix"}.isdisjoint(lost):
        yield from ((None, where, problem) for where, problem in unfilled.items())
    recipe = sound_recipe(recipe, unfilled)
    found = list(world_problems(recipe, shipped_platforms(), ImageCatalogue()))
    yield from ((None, where, problem) for where, problem in found)
    sound = sound_recipe(recipe, [where for where, _ in found])
    for kind in ("variables", "matrix"):
        for name in getattr(scenario, kind):
            if not NAME.fullmatch(name):
                yield None, f"{kind}.{name}", "the name of a variable is written in capitals"
    if not scenario.steps and not lost:
        yield None, "steps", "a scenario without steps shows nothing"
    known_world = {"routers", "steps"}.isdisjoint(lost) and len(sound.routers) == len(scenario.routers)
    scenario = msgspec.structs.replace(scenario, routers=sound.routers, start=sound.start)
    checking = _Checking(scenario, known_world=known_world, lost=lost, folder=folder)
    yield from ((None, where, problem) for where, problem in checking.questions(scenario.questions))
    for number, step in enumerate(scenario.steps):
        if number in unread:
            checking.take(unread[number])
        for where, problem in checking.step(step):
            yield number, where, problem


def _unfilled(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """The texts before the steps with a name that has no value, each with what is wrong about it."""
    named = {**scenario.variables, **scenario.matrix}
    texts = {"start": scenario.start}
    for router, recipe in scenario.routers.items():
        for key in recipe.__struct_fields__:
            texts[f"routers.{router}.{key}"] = str(getattr(recipe, key))
    for where, text in texts.items():
        for slot in SLOT.findall(text):
            yield where, f"no variable has the name {slot}. {nearest(slot, named)}"


def _parts(question: Question) -> Iterator[tuple[str, str, Callable[[str, Vocabulary], object]]]:
    """The fact and the choices of a question, each with what reads it."""
    if question.fact is not None:
        yield "fact", question.fact, parse_fact
    yield from ((f"choices.{choice}", text, parse) for choice, text in question.choices.items())


class _Checking:
    """Goes through the steps, and knows what there is by then."""

    def __init__(self, scenario: Scenario, *, known_world: bool, lost: Collection[str], folder: Path | None) -> None:
        self._folder = folder
        self._world = new_world(scenario.recipe("check"))
        self._bench = BenchLine(self._world)
        self._known_world = known_world
        self._known_names = {"variables", "matrix", "steps"}.isdisjoint(lost)
        self._known_questions = "questions" not in lost
        self._known_clients = "steps" not in lost
        self._questions = {
            name: Question("", choices=dict.fromkeys(question.choices, READABLE))
            for name, question in scenario.questions.items()
        }
        self._saved: set[str] = set()
        self._named = {**scenario.variables, **scenario.matrix}
        self._clients: set[str] = set()

    def questions(self, questions: Mapping[str, Question]) -> Iterator[tuple[str, str]]:
        """The mistakes of the questions, before any step."""
        for name, question in questions.items():
            if not QUESTION_NAME.fullmatch(name):
                yield f"questions.{name}", "the name of a question is one word of letters, digits, - and _"
            elif (question.fact is None) == (not question.choices):
                yield f"questions.{name}", "a question has a fact, or choices"
            else:
                for where, text, read in _parts(question):
                    if problem := self._reading_problem(text, read, questions):
                        yield f"questions.{name}.{where}", problem

    def take(self, step: UnreadStep) -> None:
        """Take in the names that a step of the wrong form gives."""
        self._saved |= {*step.saved, *map(str.upper, step.saved)}
        self._clients |= {step.client} if step.client else set()
        self._known_names &= "save" not in step.lost
        self._known_clients &= "connect" not in step.lost
        self._known_world &= "bench" not in step.lost
        if step.bench:
            self._line_problem(step.bench)

    def step(self, step: Step) -> Iterator[tuple[str, str]]:
        """The mistakes of one step."""
        acts = [act for act in ACTS if getattr(step, act) is not None]
        if len(acts) > 1 or (not acts and step.note is None):
            told = " and ".join(acts) or "none"
            yield "", f"a step has one of {', '.join(ACTS)}, or a note alone; this one has {told}"
            return
        yield from self._combination_problems(step, acts)
        yield from _duration_problems(step)
        yield from self._bench_problems(step)
        yield from self._router_problems(step)
        yield from self._predicate_problems(step)
        yield from self._text_problems(step)
        yield from _pattern_problems(step)
        self._saved |= {*step.save, *map(str.upper, step.save)}
        if step.disconnect is not None:
            self._clients.discard(step.disconnect)

    def _combination_problems(self, step: Step, acts: list[str]) -> Iterator[tuple[str, str]]:
        if (step.type is None) != (step.console is None):
            missing = "type" if step.type is None else "console"
            yield "", f"console and type belong together; there is no `{missing}`"
        if step.refused and not {"bench", "portal", "advance", "connect"}.intersection(acts):
            yield ".refused", "only a bench line or a connection can be refused"
        if not step.waits and step.console is None:
            yield ".waits", "only what is typed on a console can be left running"
        if step.meanwhile and not (step.console or step.bench_line or step.until):
            yield ".meanwhile", "time passes in a step with one of bench, portal, advance, console and until"

    def _bench_problems(self, step: Step) -> Iterator[tuple[str, str]]:
        act = next((name for name in ("bench", "portal") if getattr(step, name) is not None), None)
        lines = [(f".{act}", step.bench_line or "")] if act else []
        lines += [(f".meanwhile[{number}].bench", each.bench) for number, each in enumerate(step.meanwhile)]
        for where, line in lines:
            if not step.refused and (problem := self._line_problem(line)):
                yield where, problem

    def _line_problem(self, line: str) -> str | None:
        """The mistake in a line for the bench; a router that it racks is there from now on."""
        problem = self._problem(line, lambda text: bench_problem(text, self._bench.bench, self._folder))
        racked = RACK.match(line)
        if racked is None or SLOT.search(line):
            return problem
        problem = problem or self._rack(line)
        if problem is not None and ROUTER_NAME.fullmatch(racked[1]) and racked[1] not in self._world.routers:
            self._rack(f"rack {racked[1]} {RouterRecipe().pid}")
        return problem

    def _rack(self, line: str) -> str | None:
        """Rack a router; the value is why that is refused."""
        told: list[str] = []
        self._bench.output = told.append
        self._bench.submit(line)
        self._world.clock.settle()
        return "".join(told).strip().removeprefix("% ") if self._bench.failed else None

    def _router_problems(self, step: Step) -> Iterator[tuple[str, str]]:
        there = {*self._world.routers, *self._clients}
        known = self._known_world and self._known_clients
        if step.console is not None and step.console not in there and known:
            saved = "; a value that a step saves cannot name it" if SLOT.search(step.console) else ""
            yield ".console", f"{UnknownName('router', step.console, there)}{saved}"
        if step.disconnect is not None and step.disconnect not in self._clients and self._known_clients:
            yield ".disconnect", str(UnknownName("client", step.disconnect, self._clients))
        if step.connect is not None:
            yield from self._connection_problems(step.connect)
            if not step.refused:
                self._clients.add(step.connect.client)

    def _connection_problems(self, connection: ClientConnection) -> Iterator[tuple[str, str]]:
        name, taken = connection.client, {*self._world.names, *self._clients, "bench"}
        if connection.router not in self._world.routers and self._known_world:
            yield ".connect.router", str(UnknownName("router", connection.router, self._world.routers))
        if not ROUTER_NAME.fullmatch(name) or name.lower() in taken:
            yield ".connect.client", f"'{name}' is taken, or is no name of letters and digits"
        if connection.protocol not in PROTOCOLS:
            yield ".connect.protocol", str(UnknownName("protocol", connection.protocol, PROTOCOLS))
        if connection.protocol == "telnet" and (connection.user or connection.password):
            key = "user" if connection.user else "password"
            yield f".connect.{key}", "a telnet client is asked at its line; type the name and the password there"

    def _predicate_problems(self, step: Step) -> Iterator[tuple[str, str]]:
        for key in ("check", "until"):
            if getattr(step, key) == ():
                yield f".{key}", "checks nothing"
            for where, text in _lines(step, key):
                if not self._known_questions and "answer" in text.split():
                    continue
                if problem := self._reading_problem(text, parse, self._questions):
                    yield where, problem
                else:
                    yield from ((where, each) for each in self._foreseen(text))
        for name in (step.answer or {}) if self._known_questions else ():
            if name not in self._questions:
                yield f".answer.{name}", str(UnknownName("question", name, self._questions))

    def _reading_problem(
        self, text: str, read: Callable[[str, Vocabulary], object], questions: Mapping[str, Question]
    ) -> str | None:
        """The mistake of a predicate or a fact."""

        def problem_of(text: str) -> str | None:
            try:
                read(text, vocabulary_of(self._world, questions))
            except BadPredicate as error:
                return str(error)
            return None

        return self._problem(text, problem_of)

    def _problem(self, text: str, problem_of: Callable[[str], str | None]) -> str | None:
        """The mistake of a text; where routers may be missing, one that stays whatever their names are."""
        problem = _with_stand_ins(text, problem_of)
        if problem is None or self._known_world:
            return problem
        words = [word for word in POSSIBLE_NAME.findall(text) if not problem.startswith(f"'{word}'")]
        with supposed(self._world, words):
            stays = _with_stand_ins(text, problem_of) == problem
        with supposed(self._world, POSSIBLE_NAME.findall(text)):
            return problem if stays and _with_stand_ins(text, problem_of) is not None else None

    def _foreseen(self, text: str) -> Iterator[str]:
        """The mistakes in lines of configurations; a line with a saved value in it may be any."""
        try:
            expression = parse(SLOT.sub(STAND_IN, text), vocabulary_of(self._world, self._questions))
        except BadPredicate:
            return
        for problem in foreseen(expression, self._world):
            if STAND_IN in problem:
                return
            yield problem

    def _text_problems(self, step: Step) -> Iterator[tuple[str, str]]:
        for key in ("bench", "portal", "advance", "type", "check", "until", *SEEN):
            for where, text in _lines(step, key):
                if not text and key != "type":
                    yield where, "is empty"
                yield from ((where, problem) for problem in self._slot_problems(text))
                if key == "type" and (problem := key_problem(text)):
                    yield where, problem
        for where, text in _names(step):
            yield from ((where, problem) for problem in self._slot_problems(text))
        for key in ("fields", "answer"):
            for label, value in (getattr(step, key) or {}).items():
                yield from ((f".{key}.{label}", problem) for problem in self._slot_problems(str(value)))

    def _slot_problems(self, text: str) -> Iterator[str]:
        for slot in SLOT.findall(text):
            if slot not in self._saved and self._known_names:
                known = {*self._saved, *self._named}
                self._saved.add(slot)  # told once
                help_with = f". {nearest(slot, known)}" if known else ""
                yield f"nothing was saved under the name {slot} before this step, and no variable has it{help_with}"


def _lines(step: Step, key: str) -> Iterator[tuple[str, str]]:
    """The texts under a key of a step, each with its path."""
    value: Lines | None = getattr(step, key)
    if isinstance(value, str):
        yield f".{key}", value
    else:
        yield from ((f".{key}[{number}]", text) for number, text in enumerate(value or ()))


def _names(step: Step) -> Iterator[tuple[str, str]]:
    """The durations and names of a step, each with its path."""
    yield ".within", step.within
    yield from ((f".meanwhile[{number}].after", each.after) for number, each in enumerate(step.meanwhile))
    yield from ((f".meanwhile[{number}].bench", each.bench) for number, each in enumerate(step.meanwhile))


def _with_stand_ins(text: str, problem_of: Callable[[str], str | None]) -> str | None:
    """The mistake of a text, with something in the place of what will be saved; one in that itself is none."""
    slots = SLOT.findall(text)
    problem = problem_of(SLOT.sub(STAND_IN, text))
    if problem is None or (slots and f"'{STAND_IN}'" in problem):
        return None
    return problem.replace(STAND_IN, f"{{{slots[0]}}}") if slots else problem


def _duration_problems(step: Step) -> Iterator[tuple[str, str]]:
    durations = [(".advance", step.advance)] if step.advance is not None else []
    durations += [(".within", step.within)]
    durations += [(f".meanwhile[{number}].after", each.after) for number, each in enumerate(step.meanwhile)]
    for where, text in durations:
        if SLOT.search(text):
            continue
        try:
            parse_duration(text)
        except ValueError as error:
            yield where, str(error)


def _pattern_problems(step: Step) -> Iterator[tuple[str, str]]:
    for where, pattern in _lines(step, "matches"):
        try:
            compiled(pattern, lines=True)
        except WrongPattern as error:
            yield where, f"is not a pattern: {error}"
    for name, pattern in step.save.items():
        if not NAME.fullmatch(name):
            yield f".save.{name}", "a saved name is written in capitals"
        try:
            if compiled(pattern).groups != 1:
                yield f".save.{name}", "the pattern needs exactly one group, as in 'PAK: (\\S+)'"
        except WrongPattern as error:
            yield f".save.{name}", f"is not a pattern: {error}"
