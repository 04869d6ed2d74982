"""Errors that the operator of the emulator sees.

    EmulatorError            the message, with where and a hint
    ├── DataFileError        a file is wrong: path and line or key
    ├── UnknownName          a name that no registry holds; the nearest one is proposed
    └── Refused              an act at the bench or the portal that the simulated world does not allow

What a *router user* sees (`% Invalid input ...`) is console output, an ordinary value, never an exception. Mistakes
in the program stay Python's own exceptions.
"""

import re
from collections.abc import Iterable

from emulator.kernel.data_path import shown_path


class EmulatorError(Exception):
    """A condition to be told to the operator in one message. All data is positional, so that SimPy can re-raise it."""


class Refused(EmulatorError):
    """An act that the simulated world does not allow; nothing was changed."""


START_ANEW = "start anew with --fresh"
"""The last way out for a world whose files are damaged, as a problem ends; a lab has a better one."""


class DataFileError(EmulatorError):
    """A data file is wrong.

    Args:
        path: the file as the user knows it.
        where: a line number for YAML, a path such as `sku[3].type` for TOML, or None for the file as a whole.
        problem: what was expected.
    """

    def __init__(self, path: str, where: int | str | None, problem: str) -> None:
        super().__init__(path, where, problem)
        self.path, self.where, self.problem = path, where, problem

    def __str__(self) -> str:
        where = shown_path(self.where) if isinstance(self.where, str) else self.where
        place = self.path if where is None else f"{self.path}:{where}"
        return f"{place}: {self.problem}"


class UnknownName(EmulatorError):
    """A name that a registry does not hold."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        super().__init__(kind, name, names)
        self.kind, self.name, self.known = kind, name, names

    def __str__(self) -> str:
        listed = f"isrtwin list {LISTED[self.kind]}" if self.kind in LISTED else ""
        return f"unknown {self.kind} '{printable(self.name)}'. {nearest(self.name, self.known, listed=listed)}"


LISTED = {
    "PID": "pids",
    "image": "images",
    "SKU": "skus",
    "feature": "features",
    "feature or command": "features",
    "scenario": "scenarios",
    "lab": "labs",
}
"""Kinds of names that `isrtwin list` shows, with its word for them."""

MOST_NAMED = 8
"""Names that are told where none is near."""

LONGEST_ECHO = 60

LONGEST_LINE = 1000
"""Characters of one line of a message; what is left out of a longer one is its middle, for the reason ends it."""

LONGEST_MISSPELT = 64
"""Characters of a name that is still compared with the known names; comparing takes time with its square."""


_BEYOND_ASCII = r"\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f{_BEYOND_ASCII}]")
"""Characters that a terminal obeys instead of showing, or that cannot be written at all; line end and tab excepted."""

_STEERING = re.compile(rf"[\x00-\x06\x0b\x0c\x0e-\x1f\x7f{_BEYOND_ASCII}]")
"""Characters among those but bell, backspace and carriage return, which IOS itself sends."""


def visible(text: str) -> str:
    """Show the control characters of a text as `cat -v` does: `^[` for Escape, `M-^[` beyond ASCII, `?` for others."""
    return _CONTROL.sub(_caret, text)


def as_on_a_line(text: str) -> str:
    """Show the control characters of a text that a terminal line prints, all but those that IOS itself sends."""
    return _STEERING.sub(_caret, text)


def escaped_in_json(text: str) -> str:
    """Write the control characters that JSON leaves as they are as its escapes; the value stays the same."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _caret(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number > 0x9F:
        return "?"
    return f"{'M-' if number > 0x7F else ''}^{chr(number % 0x80 ^ 0x40)}"


def printable(text: str) -> str:
    """Make text from a user fit for a message: short, and without control characters."""
    shown = text if len(text) <= LONGEST_ECHO else text[:LONGEST_ECHO] + "…"
    return "".join(character if character.isprintable() else "?" for character in shown)


def shortened(text: str) -> str:
    """Shorten every endless line of a message, whatever it repeats of an input, to its beginning and its end."""
    if len(text) <= LONGEST_LINE:
        return text
    return "\n".join(map(_shortened_line, text.split("\n")))


def _shortened_line(line: str) -> str:
    if len(line) <= LONGEST_LINE:
        return line
    return f"{line[: LONGEST_LINE // 2]} … {line[-LONGEST_LINE // 4 :]}"


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name that a name is a misspelling of, whatever its case; None where none is near."""
    import difflib

    names = sorted(known)
    if len(name) > LONGEST_MISSPELT:
        return None
    by_letters = {each.lower(): each for each in reversed(names)}
    for text, spellings in ((name, {each: each for each in names}), (name.lower(), by_letters)):
        if close := difflib.get_close_matches(text, spellings, n=1, cutoff=0.6):
            return spellings[close[0]]
    return None


def nearest(name: str, known: Iterable[str], most: int = MOST_NAMED, listed: str = "") -> str:
    """Build a sentence that helps with an unknown name: the nearest known one, or a few, the likeliest first.

    A name that several others hold is short for any of them, so none of them is guessed.

    Args:
        name: what stands there.
        known: the names that there are.
        most: how many of them are told.
        listed: the command that lists them all.
    """
    names = sorted(known)
    longer = _short_for(name.lower(), names)
    close = near(name, names) if not longer else longer[0] if len(longer) == 1 else None
    if close is not None:
        return f"Did you mean {close}?"
    names.sort(key=lambda each: _unlikeliness(name.lower(), each.lower()))
    shown = ", ".join(names[:most])
    if len(names) > most:
        shown += f", … (all: {listed})" if listed else ", …"
    return f"Known: {shown}" if names else "None is known."


def _short_for(name: str, names: list[str]) -> list[str]:
    """Names that a name stands for: one but for its end or case, or those that begin with it, or those that hold it."""
    if len(name) < LEAST_IN_COMMON:
        return []
    letters = {each: each.lower() for each in names}
    begun = sorted((each for each in names if letters[each].startswith(name)), key=len)
    whole = [each for each in begun if len(each) < len(name) + LEAST_IN_COMMON]
    return whole[:1] or begun or [each for each in names if name in letters[each]]


def _unlikeliness(name: str, known: str) -> tuple[bool, bool, int]:
    """Rank a known name: first those that begin as typed, then those that contain it, then by their beginning."""
    same = next((at for at, (one, other) in enumerate(zip(name, known, strict=False)) if one != other), len(name))
    return not known.startswith(name), name not in known, -same if same >= LEAST_IN_COMMON else 0


LEAST_IN_COMMON = 3
"""Letters at the beginning that make one name likelier than another."""
