"""The language of grammar lines, and its expansion to flat sequences of tokens.

    show license              keywords
    <url:FileUrl>             an argument of a named type (a single word with a capital is a type)
    <state:on|off|cycle>      a keyword of which the handler is told; one word will do: <detail:detail>
    [ ... ]                   may be left out, and nests
    {a | b | c <x:Word>}      one of these; `[a | b]` is one of these or nothing

It is the notation of Cisco's command references, made exact. Everything is expanded when loading, so the tree knows
neither options nor alternatives, and walking it needs no backtracking.
"""

import keyword
import re
from collections.abc import Mapping

import msgspec

from emulator.grammar.arguments import ArgumentType
from emulator.kernel.errors import nearest

_PIECE = re.compile(r"<[^<>]*>|[\[\]{}|]|[^\s\[\]{}|<>]+|[<>]")
_CLOSERS = {"[": "]", "{": "}"}


class LineError(ValueError):
    """A malformed line. The loader adds file and line."""


class NotationToken(msgspec.Struct, frozen=True, gc=False):
    """A word of a flat line."""

    label: str
    """Keyword, or `<name>`: the step that help prefixes are written in."""
    name: str = ""
    """Parameter of the handler that receives the word, if any does."""
    type: ArgumentType | None = None
    """Type of an argument; None for a keyword."""


Flat = tuple[NotationToken, ...]


def expand(line: str, types: Mapping[str, ArgumentType]) -> list[Flat]:
    """Expand the line to every sequence of tokens that it stands for, longest first where parts are optional.

    Raises:
        LineError: the line is malformed or names an unknown type.
    """
    flats = _Reader(line, types).alternatives("")
    for flat in flats:
        _check(flat)
    return flats


def _check(flat: Flat) -> None:
    if not flat:
        raise LineError("every word may be left out")
    names = [token.name for token in flat if token.name]
    for name in names:
        if names.count(name) > 1:
            raise LineError(f"argument '{name}' occurs twice")
    for token in flat[:-1]:
        if token.type is not None and token.type.rest:
            raise LineError(f"{token.label} takes the rest of the line, so nothing may follow it")


class _Reader:
    """Recursive descent over the pieces of one line."""

    def __init__(self, line: str, types: Mapping[str, ArgumentType]) -> None:
        self._pieces = iter(_PIECE.findall(line))
        self._types = types

    def alternatives(self, opener: str) -> list[Flat]:
        """Read the sequences up to the closer that belongs to `opener`, or to the end of the line if there is none."""
        closer = _CLOSERS.get(opener, "")
        done: list[Flat] = []
        flats: list[Flat] = [()]
        for piece in self._pieces:
            if piece == closer or (piece == "|" and closer):
                if flats == [()]:
                    raise LineError(f"nothing before '{piece}'")
                done += flats
                if piece == closer:
                    return done
                flats = [()]
            else:
                options = self._options(piece)
                flats = [flat + option for flat in flats for option in options]
        if closer:
            raise LineError(f"'{opener}' is not closed")
        if flats == [()]:
            raise LineError("the line is empty")
        return flats

    def _options(self, piece: str) -> list[Flat]:
        if piece == "[":
            return [*self.alternatives("["), ()]
        if piece == "{":
            return self.alternatives("{")
        if piece == "|":
            raise LineError("'|' stands outside of braces and brackets")
        if piece in "]}<>":
            raise LineError(f"'{piece}' has no counterpart")
        if piece.startswith("<"):
            return argument_tokens(piece, self._types)
        return [(NotationToken(piece),)]


def argument_tokens(piece: str, types: Mapping[str, ArgumentType]) -> list[Flat]:
    """Expand `<name:Type>` or `<name:word|word>`.

    Raises:
        LineError: the piece is neither, or the type is unknown.
    """
    name, colon, kind = piece[1:-1].partition(":")
    words = [word.strip() for word in kind.split("|")]
    if not colon or not all(words) or any(len(word.split()) > 1 for word in words):
        raise LineError(f"{piece} is neither <name:Type> nor <name:word|word>")
    if not name.isidentifier() or keyword.iskeyword(name):
        raise LineError(f"'{name}' cannot be the name of a parameter")
    if len(words) == 1 and kind in types:
        return [(NotationToken(f"<{name}>", name, types[kind]),)]
    if len(words) == 1 and kind[0].isupper():
        raise LineError(f"unknown argument type '{kind}'. {nearest(kind, types)}")
    return [(NotationToken(word, name),) for word in words]
