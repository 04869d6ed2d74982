"""Checks of everything that can be wrong with a row of a mode's table that its types do not show.

It is told when the table is read, with the row and the nearest name that there is, so that no name of a row fails
while somebody types. Types of arguments are checked by the grammar, which knows them.
"""

import re
import string
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from emulator.console.configuration.checks import CHECKS
from emulator.console.configuration.facts import ALWAYS_PRINTED, FACTS
from emulator.console.configuration.hooks import HOOKS
from emulator.console.configuration.networks import CUTS
from emulator.console.configuration.rows import Row, taken_back
from emulator.console.configuration.spellings import SPELLINGS
from emulator.console.configuration.types import CONFIGURATION_TYPES, HiddenWord
from emulator.console.modes import MODES
from emulator.images.features import feature_table
from emulator.kernel.errors import UnknownName

_RELEASE = re.compile(r"\d+\.\d+(?:\(\d+\))?", re.ASCII)
_ARGUMENT = re.compile(r"<([^<>:]*):[^<>]*>")
_WORD = re.compile(r"[<{](?P<name>\w+)(?::(?P<type>[^>}]*))?[>}]|(?P<word>[^\s\[\]{}|<>]+)", re.ASCII)
_SLOT = re.compile(r"\{[^{}]*\}")
_NAMED = re.compile(r"<\w+:[^>]*>\s+[a-z]", re.ASCII)
_WIDTH = re.compile(r"[<>]?\d*", re.ASCII)

_NAMES: dict[str, tuple[str, Collection[str]]] = {
    "hook": ("hook", HOOKS),
    "check": ("check", CHECKS),
    "cut": ("cut", CUTS),
    "spelling": ("spelling", SPELLINGS),
    "fact": ("fact", FACTS),
    "always_listed": ("list", ALWAYS_PRINTED),
    "enters": ("mode", MODES),
}
"""What a key of a row names, and what there is of it."""


def row_problems(row: Row, kinds: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield every mistake of a row with its key, empty for the row as a whole; `kinds` are those of its mode."""
    if problem := _form(row):
        yield "", problem
    for key, (what, known) in _NAMES.items():
        name = getattr(row, key)
        if name and name not in known:
            yield key, str(UnknownName(what, name, known))
    yield from condition_problems(row.feature, since=row.since, until=row.until)
    yield from _kind_problems(row, kinds)
    problems = [*_slot_problems(row)]
    yield from problems or _need_problems(row)


def condition_problems(feature: str, **releases: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the feature and the releases of a row, each with its key; an empty one is none."""
    if feature and feature not in _features():
        yield "feature", str(UnknownName("feature", feature, _features()))
    for key, release in releases.items():
        if release and not _RELEASE.fullmatch(release):
            yield key, f"'{release}' is not a release; one is written 15.0, or 15.4(3)"


def _form(row: Row) -> str:
    if not (row.line or row.fact or row.slot or row.text or row.blanks or row.include or row.moved_here):
        return "is neither a line nor a fact nor a slot nor a text"
    if row.text and not (row.only_with or row.after_output or row.since or row.until):
        return "is a text that is always printed, which needs no more than its quotes"
    if "<session:" in row.line or "<row:" in row.line:
        return "names an argument that a handler has already"
    if row.no_leaves and (row.default_on or row.keep_no or row.many or row.enters):
        return "leaves two things when it is negated"
    if row.default_on and (row.many or row.enters):
        return "is on by default, which a line of many or a section cannot be"
    if row.many and row.key:
        return "has a key and is one of many"
    if not (row.key or row.many) and _NAMED.search(row.line):
        return "has words behind an argument, so needs a key with it: two such lines would be one"
    if row.named_by and not row.many:
        return "is not one of many, so needs no words that tell which it is"
    return ""


def _kind_problems(row: Row, kinds: Collection[str]) -> Iterator[tuple[str, str]]:
    for key in ("kinds", "unless"):
        for kind in getattr(row, key):
            if kind not in kinds:
                yield key, str(UnknownName("kind", kind, kinds))


@cache
def _features() -> frozenset[str]:
    return frozenset(each.name for each in feature_table())


def _slot_problems(row: Row) -> Iterator[tuple[str, str]]:
    """The names in braces are those of the line's arguments."""
    given = _ARGUMENT.findall(row.line)
    for key in ("key", "shown"):
        try:
            parts = list(string.Formatter().parse(getattr(row, key)))
        except ValueError as error:
            yield key, f"is not well formed: {error}"
            continue
        for _, name, width, conversion in parts:
            if name is None:
                continue
            if name not in given:
                yield key, str(UnknownName("argument", name, given))
            elif conversion or not _WIDTH.fullmatch(width or ""):
                yield key, f"'{width or conversion}' of '{name}' is not a width such as <15"
    for name in row.defaults:
        if name not in given:
            yield f"defaults.{name}", str(UnknownName("argument", name, given))


def beginnings(row: Row) -> set[str]:
    """Names by which other rows can mean the place of this one."""
    return {row.place, row.head}


def place_problems(row: Row, named: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield every name of a row's place that neither its line nor another row has.

    `named` counts the rows of the table, this one too, by their `beginnings`.
    """
    if row.slot and row.key and not f"{row.key} ".startswith(f"{row.slot} "):
        yield "key", f"'{row.key}' does not begin with the slot '{row.slot}'"
    for key, name in (("slot", row.slot), ("key", " ".join(_SLOT.sub("", row.key).split()))):
        if row.line and name and named.get(name, 0) <= (name in beginnings(row)):
            known = [*_words(row.line), *_words(row.shown)]
            for word in name.split():
                if word not in known:
                    yield key, str(UnknownName("word of this line", word, known))


def _words(line: str) -> Iterator[str]:
    """Keywords of a line, those that are not shown too, and the names of its arguments."""
    for found in _WORD.finditer(line):
        type_ = CONFIGURATION_TYPES.get(found["type"] or "")
        yield found["word"] or found["name"]
        if isinstance(type_, HiddenWord):
            yield type_.word


def _need_problems(row: Row) -> Iterator[tuple[str, str]]:
    """A check or a cut finds the arguments that it looks at, in the line and in what is typed to take it back."""
    for what, needs, lines in _needs(row):
        for line in lines:
            for name in needs:
                if name not in _ARGUMENT.findall(line):
                    yield what, f"'{getattr(row, what)}' looks at an argument '{name}', which '{line}' does not have"


def _needs(row: Row) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    if row.check in CHECKS:
        rule = CHECKS[row.check]
        yield "check", rule.needs, (row.line,)
        yield "check", rule.needs_back, taken_back(row)
    if row.cut in CUTS:
        yield "cut", CUTS[row.cut].needs, (row.line,)
