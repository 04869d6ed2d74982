"""Predicates as text, read by the grammar engine: names may be abbreviated, an unknown one is told with the nearest.

    level R1 advipservices
    survives R1 { uses R1 advipservices permanent; config R1 { hostname branch } }

Several stand between braces, one a line or with `;` between them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from emulator.backend.pakcode import spelled
from emulator.grammar import Ambiguous, Command, Grammar, Incomplete, Invalid, Parsed, Source, build
from emulator.kernel.errors import EmulatorError, nearest, printable
from emulator.scenarios.predicates import backend, composition, configuration, device, history, licenses, untouched
from emulator.scenarios.predicates.record import ACTS, WorldRecord
from emulator.scenarios.predicates.scene import Predicate, PredicateVerdict, Scene, Table, inner_lines
from emulator.scenarios.predicates.vocabulary import TYPES, Vocabulary, vocabulary_of
from emulator.world.world import World

MODE = "predicate"

DEEPEST = 8
"""Predicates inside predicates."""

PREDICATES: Table = (
    *licenses.PREDICATES,
    *device.PREDICATES,
    *configuration.PREDICATES,
    *backend.PREDICATES,
    *history.PREDICATES,
    *untouched.PREDICATES,
    *composition.PREDICATES,
)
"""Every predicate of the language."""


class BadPredicate(EmulatorError):
    """A text that is no predicate; the message says what is wrong with which word."""


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
    read = parse(expression, vocabulary_of(world)) if isinstance(expression, str) else expression
    return read.judge(Scene(world, record))


def parse(text: str, known: Vocabulary, depth: int = 0) -> Expression:
    """Read a predicate.

    Raises:
        BadPredicate: the text is none, or names something that is not known.
    """
    line = " ".join(text.split("\n")) if "{" not in text else ";".join(text.split("\n"))
    line = line.strip().strip(";").strip()
    if depth > DEEPEST:
        raise BadPredicate(f"'{printable(line)}' stands deeper than {DEEPEST} others")
    outcome = grammar().parse(MODE, line, known)
    match outcome:
        case Parsed(command=command, arguments=arguments):
            return Expression(line, _BY_LINE[command.line], _inner(line, arguments, known, depth))
        case Invalid(word=word):
            raise BadPredicate(_what_is_wrong(line, word, known))
        case Ambiguous():
            raise BadPredicate(f"'{printable(line)}' is ambiguous; write the words in full")
        case Incomplete():
            raise BadPredicate(f"'{printable(line)}' is incomplete: {_what_follows(line, known)}")
        case _:
            raise BadPredicate("a predicate is wanted; write for example level R1 advipservices")


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
    for kind, names in (("router", read.get("routers")), ("router or PAK", read.get("others"))):
        for name in (names or "").replace(",", " ").split():
            if name not in known.routers and not (kind != "router" and spelled(name)):
                raise BadPredicate(f"unknown {kind} '{printable(name)}'. {nearest(name, known.routers)}")
    return read


def _what_is_wrong(line: str, word: int, known: Vocabulary) -> str:
    words = line.split()
    before = " ".join(words[:word])
    possible = _following(f"{before} " if before else "", known)
    where = f" after '{printable(before)}'" if before else ""
    return f"'{printable(words[word])}' is not known{where}. {nearest(words[word], possible)}"


def _what_follows(line: str, known: Vocabulary) -> str:
    return f"what may follow is {', '.join(_following(f'{line} ', known)) or 'nothing'}"


def _following(line: str, known: Vocabulary) -> list[str]:
    return [word for word, _ in grammar().help(MODE, line, known).entries]


@cache
def grammar() -> Grammar:
    """The grammar of all predicates."""
    commands = tuple(Command(row.line, (MODE,), _unused, help=row.meaning) for row in PREDICATES)
    return build([Source("predicates", commands, _Help(), yielding=True)], (MODE,), TYPES)


def _unused(*_: object, **__: object) -> None:
    """Predicates are judged, not run."""


class _Help:
    """The help of each word: the meaning of the predicate that it begins, or what it is."""

    def get(self, prefix: str) -> str | None:
        """The help of a prefix."""
        word = prefix.rpartition(" ")[2]
        row = next((row for row in PREDICATES if row.line.split()[0] == prefix), None)
        return row.meaning if row is not None else _WORDS.get(word, word.strip("<>").capitalize())


_WORDS = {"before": "Came before", "except": "But for", "left": "Not used yet", **dict.fromkeys(ACTS, "Act")}

_BY_LINE = {row.line: row for row in PREDICATES}
