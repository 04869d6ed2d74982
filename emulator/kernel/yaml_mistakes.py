"""Mistakes of YAML itself in words for the author of a file: the line, the place in it, and how it is written right.

The parser says where it could not go on, which is seldom what is wrong. One table tells the kinds of mistakes apart, by
the parser's problem and the text before the place; the first row that fits is told.
"""

import re
from typing import Literal, Protocol

import msgspec

from emulator.kernel.errors import printable

WIDTH = 116
"""Characters of a line that are shown around the place."""


class TextPosition(Protocol):
    """Place in a text, counted from 0."""

    line: int
    column: int


class LocatedMistake(msgspec.Struct, frozen=True):
    """Mistake of YAML: its line, counted from 1, and the sentence with the line itself and a caret below the place."""

    line: int
    text: str


class MistakeKind(msgspec.Struct, frozen=True):
    """Kind of mistake.

    Attributes:
        problem: the parser's words; groups with names are filled into the sentence.
        says: the sentence.
        before: text of the line before the place.
        context: the parser's words for what it was reading.
        at: the place that is told: where the parser stopped, where the thing began that it was reading, or the end of
            the last line above that has anything.
        spans: whether the thing that was being read began on an earlier line; None for either.
        above: the last line above that has anything.
    """

    problem: str
    says: str
    before: str = ""
    context: str = ""
    at: Literal["problem", "context", "above"] = "problem"
    spans: bool | None = None
    above: str = ""


IN_QUOTES = "a text {0} must stand in quotes"
NEVER_CLOSED = "the {0} that opens here is never closed"

KINDS = (
    MistakeKind(r"found character '\\t'", "a tab stands where YAML has blanks; indent with blanks"),
    MistakeKind(r"found character (?P<it>.*) that cannot start", IN_QUOTES.format("that begins with {it}")),
    MistakeKind(
        "found unexpected (end of stream|document)", NEVER_CLOSED.format("quote"), context="quoted", at="context"
    ),
    MistakeKind(
        "found unknown escape character '(?P<it>.)'",
        r"\{it} means nothing between double quotes; write the text between single quotes, or \\{it}",
    ),
    MistakeKind(
        "expected escape sequence of (?P<it>[0-9]+) hex",
        r"a \x, \u or \U is followed by its hexadecimal digits, here {it}; a backslash itself is written \\",
    ),
    MistakeKind(
        "mapping values are not allowed", IN_QUOTES.format("with a colon and a blank in it"), before=r":\s.*\S"
    ),
    MistakeKind(
        "mapping values are not allowed",
        "a blank follows the colon of a key",
        above=r"^\s*(- +)*[\w-]+:[^\s/]",
        at="above",
    ),
    MistakeKind(
        "mapping values are not allowed", "a key is followed by a colon and a blank", above=r"^[^:]*$", at="above"
    ),
    MistakeKind("mapping values are not allowed", "this line is indented deeper than those that it belongs with"),
    MistakeKind("could not find expected ':'", "a key is followed by a colon and a blank", at="context"),
    MistakeKind(
        r"expected <block end>, but found '\?'",
        "a key stands where an item of a list ('- ') is wanted; the keys of an item begin below its first key",
        context="collection",
    ),
    MistakeKind(
        "expected <block end>, but found '(-|<block sequence start>)'",
        "an item of a list ('- ') stands where a key is wanted; the items of a list begin below each other",
    ),
    MistakeKind(
        "expected <block end>, but found '<block mapping start>'",
        "this line is indented unlike those that it belongs with; keys that belong together begin below each other",
    ),
    MistakeKind(r"expected <block end>, but found '(?P<it>[\]}}])'", "this {it} closes nothing"),
    MistakeKind(
        "expected <block end>",
        "text goes on after a closing quote; put all of it in quotes, and write a quote within single quotes twice",
        before=r"['\"]\s*$",
    ),
    MistakeKind("expected <block end>", IN_QUOTES.format("that begins with a brace or a bracket"), before=r"[\]}]\s*$"),
    MistakeKind(
        "expected <block end>, but found '<scalar>'",
        "a key is wanted here; the lines of a text after | or > are indented alike, and deeper than its key",
        before=r"^\s*$",
    ),
    MistakeKind("expected ',' or", NEVER_CLOSED.format("bracket"), at="context", spans=True),
    MistakeKind("expected ',' or .* but got '{'", "inside brackets a text with a brace must stand in quotes"),
    MistakeKind(
        "expected ',' or .* but got ':'",
        "inside brackets a comma separates two values, and a text with a colon must stand in quotes",
    ),
    MistakeKind(
        "expected ',' or", "inside brackets a comma separates two values, and a text with quotes must stand in quotes"
    ),
    MistakeKind("expected the node content, but found '<stream end>'", "a bracket that opens above is never closed"),
    MistakeKind("expected the node content, but found ','", "nothing stands before this comma"),
    MistakeKind('found duplicate key "-', "a blank follows the dash of an item of a list"),
    MistakeKind('found duplicate key "(?P<it>[^"]*)"', "the key '{it}' stands twice here"),
    MistakeKind(
        "expected (a comment|chomping|indentation)",
        IN_QUOTES.format("that begins with | or >"),
        context="block scalar",
        at="context",
    ),
    MistakeKind("sequence entries are not allowed", IN_QUOTES.format("that begins with a dash and a blank")),
    MistakeKind("mapping keys are not allowed", IN_QUOTES.format("that begins with a question mark and a blank")),
    MistakeKind("found undefined alias", IN_QUOTES.format("that begins with *")),
    MistakeKind("found a tag", IN_QUOTES.format("that begins with !")),
    MistakeKind("found another document", "--- begins a second document, and a file is one"),
    MistakeKind("for merging", "<< takes in keys and values, of an alias"),
    MistakeKind(
        "", "a line that begins with % is a directive of YAML; here only `%YAML 1.2` is one", context="directive"
    ),
)
"""Kinds of mistakes; the first that fits is told."""


def located(
    text: str, problem: str, place: TextPosition, context: str, beginning: TextPosition | None
) -> LocatedMistake:
    """Tell a mistake in the words of its kind, or where it has none, in those of the parser.

    Args:
        text: the file.
        problem: the parser's words for what is wrong.
        place: where it could not go on.
        context: its words for what it was reading.
        beginning: where that began.
    """
    lines = text.splitlines()
    beginning = beginning or place
    above = next((number for number in range(min(place.line, len(lines)) - 1, -1, -1) if lines[number].strip()), 0)
    for kind in KINDS:
        if (found := _fits(kind, problem, context, lines, place, beginning, above)) is None:
            continue
        says = kind.says
        for name, value in found.groupdict().items():
            says = says.replace(f"{{{name}}}", printable(value))
        if kind.at == "above":
            return LocatedMistake(above + 1, f"{says}{pointed(lines, above, len(lines[above].rstrip()) - 1)}")
        mark = beginning if kind.at == "context" else place
        return LocatedMistake(mark.line + 1, f"{says}{pointed(lines, mark.line, mark.column)}")
    return LocatedMistake(place.line + 1, f"{printable(problem)}{pointed(lines, place.line, place.column)}")


def _fits(
    kind: MistakeKind,
    problem: str,
    context: str,
    lines: list[str],
    place: TextPosition,
    beginning: TextPosition,
    above: int,
) -> "re.Match[str] | None":
    """The match of the parser's words, if all that the kind asks for is so."""
    before = lines[place.line][: place.column] if place.line < len(lines) else ""
    if kind.spans is not None and kind.spans != (beginning.line < place.line):
        return None
    told = (kind.context, context), (kind.before, before), (kind.above, lines[above] if lines else "")
    return re.search(kind.problem, problem) if all(re.search(wanted, there) for wanted, there in told) else None


def pointed(lines: list[str], number: int, column: int) -> str:
    """A line of a file with a caret below a place in it, on two lines of their own; empty beyond the file's end."""
    if number >= len(lines):
        return ""
    first = max(column - WIDTH // 2, 0)
    shown = lines[number][first : first + WIDTH]
    before = _on_a_line(shown[: column - first])
    return f"\n    {_on_a_line(shown)}\n    {' ' * len(before)}^".replace("\n    \n", "\n")


def _on_a_line(text: str) -> str:
    """Text with its tabs shown, and without other characters that a terminal obeys."""
    return "".join(each if each.isprintable() else r"\t" if each == "\t" else "?" for each in text)
