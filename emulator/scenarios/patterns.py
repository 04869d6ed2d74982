"""Patterns that a scenario's author writes: regular expressions in the syntax of RE2, in time linear in what was seen.

A scenario may come from elsewhere, and Python's own expressions can take time without end; RE2 has no backreferences
and does not look ahead or behind.
"""

from collections.abc import Iterator
from typing import Protocol

from emulator.kernel.errors import printable


class PatternMatch(Protocol):
    """PatternMatch of a pattern in a text."""

    def __getitem__(self, group: int, /) -> str | None:
        """The text of a group; 0 is all of it."""

    def end(self) -> int:
        """The place behind it."""


class Pattern(Protocol):
    """A pattern that was read."""

    groups: int

    def search(self, text: str, /) -> PatternMatch | None:
        """The first place where it is found."""

    def finditer(self, text: str, /) -> Iterator[PatternMatch]:
        """All places, none in another."""


LONGEST = 1000
"""Characters of a pattern: that many parentheses in each other are read at once, many more are not."""


class WrongPattern(Exception):
    """Text that is no pattern; the reason is in `args`."""


def compiled(pattern: str, *, lines: bool = False) -> Pattern:
    """Read a pattern; with `lines`, `^` and `$` stand for the ends of every line.

    Raises:
        WrongPattern: it cannot be read.
    """
    import re2

    if len(pattern) > LONGEST:
        raise WrongPattern(f"it has more than {LONGEST} characters")
    options = re2.Options()
    options.log_errors = False
    try:
        read: Pattern = re2.compile(f"(?m){pattern}" if lines else pattern, options)
    except (re2.error, UnicodeEncodeError) as error:
        reason = error.args[0] if error.args else error
        told = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise WrongPattern(printable(told)) from error
    return read


def literal(text: str) -> str:
    """A pattern for a text as it stands."""
    import re2

    return str(re2.escape(text))


def searchable(text: str) -> str:
    """Text as patterns are looked for in it: in characters that can be written, without the last end of a line."""
    return text.encode(errors="replace").decode().removesuffix("\n")
