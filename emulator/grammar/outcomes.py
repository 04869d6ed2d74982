"""Outcomes of reading a line, as plain values that say nothing of how they are printed.

`% Incomplete command.`, `% Ambiguous command:` and the caret are the console's words for these (output-formats.md,
section 12); the bench has its own.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from emulator.grammar.command import Command
from emulator.kernel.effects import Handler


class OutputFilter(msgspec.Struct, frozen=True):
    """An output filter, the part after the bar: `| include REGEX`, `| tee /append URL`."""

    kind: str
    """Words of the filter: `include`, `section exclude`, `tee /append`."""
    argument: Any
    """Pattern as it was typed, or the URL."""


class Parsed(msgspec.Struct, frozen=True):
    """A command that can run. Every argument of its line is present, None if it was left out.

    `run` is the handler of the form that was typed. `spelled` is the line with its keywords in full and one blank
    between words, without an output filter.
    """

    command: Command
    run: Callable[..., Handler | None]
    arguments: dict[str, Any]
    spelled: str
    filter: OutputFilter | None = None


class Incomplete(msgspec.Struct, frozen=True):
    """A line that ended before its command did."""


class Ambiguous(msgspec.Struct, frozen=True):
    """A word that is short for several keywords. `line` is the whole line, since IOS quotes all of it."""

    line: str
    word: int
    """Index of the word."""


class Invalid(msgspec.Struct, frozen=True):
    """A word that nothing matches."""

    column: int
    """Offset in the line of the first character at which nothing matched any more: the place of the caret."""
    word: int
    """Index of the word."""


class Blank(msgspec.Struct, frozen=True):
    """A line without a command: an empty line, or a comment after `!`."""


ParseOutcome = Parsed | Incomplete | Ambiguous | Invalid | Blank


class HelpEntries(msgspec.Struct, frozen=True):
    """The entries that `?` shows.

    `words` tells the two styles apart: `show ?` lists the next words with their help, `sho?` the words that begin so.
    """

    entries: list[tuple[str, str]]
    error: ParseOutcome | None = None
    words: bool = False
