"""Predicates as text, read by the grammar engine: names may be abbreviated, an unknown one is told with the nearest.

    level R1 advipservices
    survives R1 { uses R1 advipservices permanent; config R1 { hostname branch } }

Several stand between braces, one a line or with `;` between them.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, wraps
from types import ModuleType
from typing import Any

import msgspec

from emulator.backend.pakcode import spelled
from emulator.bench.wanted import in_words, readings, wanted
from emulator.grammar import Ambiguous, Command, Grammar, Incomplete, Invalid, Parsed, Source, build
from emulator.kernel.errors import EmulatorError, nearest, printable
from emulator.scenarios.predicates import (
    backend,
    composition,
    configuration,
    device,
    facts,
    history,
    licenses,
    questions,
    untouched,
)
from emulator.scenarios.predicates.facts import FACTS, Fact, Told, plain
from emulator.scenarios.predicates.questions import AskedQuestion
from emulator.scenarios.predicates.record import ACTS, WorldRecord
from emulator.scenarios.predicates.scene import Predicate, PredicateTable, PredicateVerdict, Scene, inner_lines
from emulator.scenarios.predicates.vocabulary import ARGUMENT_TYPES, Vocabulary
from emulator.world.world import World

PREDICATE, FACT = "predicate", "fact"
"""The two things that are written: what holds or does not, and what a question asks for."""

EXAMPLES = {PREDICATE: "level R1 advipservices", FACT: "serial R1"}

DEEPEST = 8
"""Predicates inside predicates."""

_TABLES = (licenses, device, configuration, backend, history, untouched, questions, composition)

PREDICATES: PredicateTable = tuple(row for table in _TABLES for row in table.PREDICATES)
"""Every predicate of the language."""


class BadPredicate(EmulatorError):
    """A text that is no predicate or fact; the message says what is wrong with which word."""


class WantedFact(msgspec.Struct, frozen=True):
    """A fact that was read, with its arguments."""

    fact: Fact
    arguments: Mapping[str, Any]

    def find(self, scene: Scene) -> Told | None:
        """The judge of answers; None where the world has no such fact now.

        Raises:
            UnknownName: a router is not there any more.
        """
        return self.fact.find(scene, **self.arguments)

    def misfit(self, scene: Scene, answer: str) -> str | None:
        """The kind of thing that an answer would have to be and is not; None where it may be right."""
        return None if self.fact.form.fits(scene, answer) else self.fact.form.noun

    def among(self, scene: Scene) -> tuple[str, ...]:
        """All that the fact can be; empty where these are too many to tell.

        Raises:
            UnknownName: a router is not there any more.
        """
        return () if self.fact.among is None else tuple(self.fact.among(scene, **self.arguments))


class Expression(msgspec.Struct, frozen=True):
    """A predicate that was read, with its arguments."""

    text: str
    predicate: Predicate
    arguments: Mapping[str, Any]

    def judge(self, scene: Scene) -> PredicateVerdict:
        """Decide it.

        Raises:
            UnknownName: a router is not there any more.
        """
        return self.predicate.judge(scene, **self.arguments)


def judge(expression: str | Expression, world: World, record: WorldRecord) -> PredicateVerdict:
    """Judge whether a predicate holds in a world now, given the record of what happened in it.

    Raises:
        BadPredicate: the text is none, or names something that is not there.
        UnknownName: a router is not there any more.
    """
    with Scene(world, record) as scene:
        return judge_in(scene, expression)


def judge_in(scene: Scene, expression: str | Expression) -> PredicateVerdict:
    """Judge a predicate on a scene that others are judged on as well, so that they share its forks.

    Raises:
        BadPredicate: the text is none, or names something that is not there.
        UnknownName: a router is not there any more.
    """
    if isinstance(expression, str):
        expression = parse(expression, scene.vocabulary)
    return expression.judge(scene)


def parse(text: str, known: Vocabulary, depth: int = 0) -> Expression:
    """Read a predicate.

    Raises:
        BadPredicate: the text is none, or names something that is not known.
    """
    line = " ".join(text.split("\n")) if "{" not in text else ";".join(text.split("\n"))
    line = line.strip().strip(";").strip()
    if depth > DEEPEST:
        raise BadPredicate(f"'{printable(line)}' stands deeper than {DEEPEST} others")
    command, arguments = _read(PREDICATE, line, known)
    return Expression(line, _PREDICATES[command.line], _inner(line, arguments, known, depth))


def parse_fact(text: str, known: Vocabulary) -> WantedFact:
    """Read a fact.

    Raises:
        BadPredicate: the text is none, or names something that is not known.
    """
    command, arguments = _read(FACT, " ".join(text.split()), known)
    return WantedFact(_FACTS[command.line], arguments)


def possible_answers(scene: Scene, question: str) -> tuple[str, ...]:
    """All that can be answered to a question; empty where that is too much to tell.

    Raises:
        BadPredicate: the question names something that is not known.
        UnknownName: a router is not there any more.
    """
    asked = scene.record.questions[question]
    return tuple(asked.choices) if asked.fact is None else parse_fact(asked.fact, scene.vocabulary).among(scene)


def misfit(scene: Scene, question: str, answer: str) -> str | None:
    """The kind of thing that an answer to a question would have to be and is not; None where it may be right.

    Raises:
        BadPredicate: the question names something that is not known.
    """
    asked = scene.record.questions[question]
    if asked.fact is not None:
        return parse_fact(asked.fact, scene.vocabulary).misfit(scene, answer)
    chosen = plain(answer) in map(plain, asked.choices)
    return None if chosen else f"one of its choices: {', '.join(asked.choices)}"


def _question(name: str, known: Vocabulary, depth: int) -> AskedQuestion:
    """A question of the vocabulary, read."""
    question = known.questions[name]
    fact = parse_fact(question.fact, known) if question.fact is not None else None
    choices = {choice: parse(text, known, depth + 1) for choice, text in question.choices.items()}
    return AskedQuestion(name, fact, choices)


def _read(mode: str, line: str, known: Vocabulary) -> tuple[Command, dict[str, Any]]:
    """The row and the arguments of a line.

    Raises:
        BadPredicate: it is none of the mode.
    """
    match grammar().parse(mode, line, known):
        case Parsed(command=command, arguments=arguments):
            return command, arguments
        case Invalid(word=word):
            raise BadPredicate(_what_is_wrong(mode, line, word, known))
        case Ambiguous():
            raise BadPredicate(f"'{printable(line)}' is ambiguous: {readings(grammar(), mode, line, known)}")
        case Incomplete():
            raise BadPredicate(f"'{printable(line)}' is incomplete: {_what_follows(mode, line, known)}")
        case _:
            raise BadPredicate(f"a {mode} is wanted; write for example {EXAMPLES[mode]}")


def _inner(line: str, arguments: dict[str, Any], known: Vocabulary, depth: int) -> dict[str, Any]:
    """The arguments, with the predicates among them read, and lists of names checked."""
    read = dict(arguments)
    for name in ("inner", "lines", "others", "routers"):
        if name in read and isinstance(read[name], str) and read[name].count("{") != read[name].count("}"):
            raise BadPredicate(f"in '{printable(line)}' a brace has no counterpart")
    if "inner" in read:
        texts = [each for each in inner_lines(read["inner"]) if each.strip()]
        if not texts:
            raise BadPredicate(f"in '{printable(line)}' nothing stands between the braces")
        read["inner"] = tuple(parse(each, known, depth + 1) for each in texts)
    if "question" in read:
        read["question"] = _question(read["question"], known, depth)
        _check_choice(read["question"], read.get("text"))
    for kind, names in (("router", read.get("routers")), ("router or PAK", read.get("others"))):
        for name in (names or "").replace(",", " ").split():
            if name not in known.routers and not (kind != "router" and spelled(name)):
                raise BadPredicate(f"unknown {kind} '{printable(name)}'. {nearest(name, known.routers)}")
    return read


def _check_choice(question: AskedQuestion, text: str | None) -> None:
    """Refuse a text that nobody can have answered to a question with choices."""
    choices = question.choices
    if text is not None and choices and plain(text) not in map(plain, choices) and "{" not in text:
        raise BadPredicate(f"'{printable(text)}' is no choice of {question.name}. {nearest(text, choices)}")


def _what_is_wrong(mode: str, line: str, word: int, known: Vocabulary) -> str:
    words = line.split()
    before = " ".join(words[:word])
    possible = _following(mode, f"{before} " if before else "", known)
    where = f" after '{printable(before)}'" if before else ""
    return f"'{printable(words[word])}' is not known{where}. {wanted(words[word], possible)}"


def _what_follows(mode: str, line: str, known: Vocabulary) -> str:
    following = [in_words(*entry) for entry in grammar().help(mode, f"{line} ", known).entries]
    return f"what may follow is {', '.join(following) or 'nothing'}"


def _following(mode: str, line: str, known: Vocabulary) -> list[str]:
    return [word for word, _ in grammar().help(mode, line, known).entries]


@cache
def grammar() -> Grammar:
    """The grammar of all predicates and facts."""
    sources = [
        _source(table, PREDICATE, [(row.line, row.judge, row.meaning) for row in table.PREDICATES]) for table in _TABLES
    ]
    told = _source(facts, FACT, [(row.line, row.find, row.meaning) for row in FACTS])
    return build([*sources, told], (PREDICATE, FACT), ARGUMENT_TYPES)


def _source(table: ModuleType, mode: str, rows: Iterable[tuple[str, Callable[..., object], str]]) -> Source:
    """The rows of a file as commands: the line of each, its function and its meaning."""
    commands = tuple(Command(line, (mode,), _handler(function), help=meaning) for line, function, meaning in rows)
    return Source(table.__name__.replace(".", "/") + ".py", commands, _Help(), yielding=True)


def _handler(function: Callable[..., object]) -> Callable[..., None]:
    """A handler with the parameters of a row's function, which are compared with its line; it is never run."""

    @wraps(function)
    def unused(*_: object, **__: object) -> None:
        pass

    return unused


class _Help:
    """The help of each word: the meaning of the predicate that it begins, or what it is."""

    def get(self, prefix: str) -> str | None:
        """The help of a prefix."""
        word = prefix.rpartition(" ")[2]
        meaning = _MEANINGS.get(prefix)
        return meaning if meaning is not None else _WORDS.get(word, word.strip("<>").capitalize())


_WORDS = {"before": "Came before", "except": "But for", "left": "Not used yet", **dict.fromkeys(ACTS, "Act")}

_MEANINGS = {
    **{row.line.split()[0]: row.meaning for row in reversed(FACTS)},
    **{row.line.split()[0]: row.meaning for row in reversed(PREDICATES)},
}
_PREDICATES = {row.line: row for row in PREDICATES}
_FACTS = {row.line: row for row in FACTS}
