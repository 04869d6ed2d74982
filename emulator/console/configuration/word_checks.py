"""Checks of the book of words and of phrases: each text is of some line, and fits every line that takes it.

A text stands for a word wherever it is. So one that no line has is a slip of the pen, and one for arguments of several
types has to be written for all of them, which `of_several_types` says.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from emulator.console.configuration.rows import Row, Words
from emulator.console.configuration.tables import table, table_modes
from emulator.console.configuration.types import PART, PhraseFile
from emulator.console.modes import tree_of
from emulator.grammar import ArgumentType
from emulator.grammar.notation import NotationToken, expand
from emulator.kernel.errors import nearest

_ARGUMENT = re.compile(r"<(\w+):([^>]*)>")
_RANGE = re.compile(r"\d+-\d+")


def unused(book: Words, lines: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the place of each text in the book that is of no line, and what is near.

    Args:
        book: the help of words and arguments.
        lines: words and arguments of all lines, as a notation writes them: `vlan`, `<number>`.
    """
    words = {label.lower() for label in lines if not label.startswith("<")}
    arguments = {label.strip("<>") for label in lines if label.startswith("<")}
    for name in book.words:
        if name.lower() not in words:
            yield f"words.{name}", f"no line has the word {name}. {nearest(name, words)}"
    for name in book.arguments:
        if name not in arguments:
            yield f"arguments.{name}", f"no line has the argument <{name}>. {nearest(name, arguments)}"


def unused_phrases(read: PhraseFile, used: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the place of each phrase that no line names, and of each part that no phrase has, and what is near.

    Args:
        read: the phrases as their file has them.
        used: names of the types of arguments that lines have.
    """
    texts = [*read.parts.values(), *read.phrases.values()]
    named = {name for text in texts for _, name in _ARGUMENT.findall(text)} | set(used)
    parts = {name for text in texts for name in PART.findall(text)}
    for name in read.parts:
        if name not in parts:
            yield f"parts.{name}", f"no phrase has the part ${name}. {nearest(name, parts)}"
    for name in read.phrases:
        if name not in named:
            yield f"phrases.{name}", f"no line has an argument of the type {name}. {nearest(name, named)}"


def unfit(book: Words, kinds: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str]]:
    """Yield the place of each text that stands for arguments of several types unsaid, and of each that does not.

    Args:
        book: the help of words and arguments.
        kinds: types of each argument that the book explains.
    """
    for name in sorted(kinds):
        if len(kinds[name]) > 1 and name not in book.of_several_types:
            types = ", ".join(sorted(kinds[name]))
            problem = f"<{name}> is of several types ({types}); give lines a help of their own, or list it in"
            yield f"arguments.{name}", f"{problem} of_several_types if this text fits all"
    for at, name in enumerate(book.of_several_types):
        if len(kinds.get(name, ())) < 2:
            yield f"of_several_types[{at}]", f"<{name}> is not of several types where the book explains it"


def explained_by_the_book(types: Mapping[str, ArgumentType]) -> dict[str, set[str]]:
    """Collect the types of each argument for which a line has no help of its own; `types` are those that lines name."""
    found: dict[str, set[str]] = defaultdict(set)
    for mode in (mode for mode in table_modes() if tree_of(mode) == mode):
        own = table(mode).help
        for row in table(mode).rows:
            if isinstance(row, Row) and row.line:
                written = dict(_ARGUMENT.findall(row.line))
                for flat in expand(row.line, types):
                    for name in _taken_from_the_book(flat, own, row.help):
                        found[name].add(_kind(written[name], types))
    return found


def _kind(written: str, types: Mapping[str, ArgumentType]) -> str:
    """Kind of a type as a line writes it: any range of numbers is one kind, any choice of words another."""
    if _RANGE.fullmatch(written):
        return "number"
    return written if written in types else "choice"


def _taken_from_the_book(flat: Sequence[NotationToken], own: Mapping[str, str], last: str) -> list[str]:
    labels = [token.label for token in flat]
    return [
        token.label.strip("<>")
        for at, token in enumerate(flat)
        if token.type is not None and " ".join(labels[: at + 1]) not in own and not (last and at == len(flat) - 1)
    ]
