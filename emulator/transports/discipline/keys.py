"""Keys out of the characters that a client sends: ends of lines, and the escape sequences of a VT100.

A Return is sent as CR, LF, CR LF or CR NUL, depending on client and protocol, and the two halves may come apart. R: a
line of these releases knows the arrow keys in both of their forms and Escape as a prefix; whatever else begins with
Escape is ignored.
"""

import re
from enum import StrEnum

RETURN, NUL, ESCAPE = "\r", "\0", "\x1b"
BREAKS = frozenset("\x03\x1e")
"""Characters that interrupt a running command: Ctrl-C and Ctrl-^."""

_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[@-~]|[^\[O\x1b])", re.DOTALL)
_PLAIN = re.compile(r"[ ->@-~]+")
"""Printable ASCII without the question mark."""

_BEGUN = re.compile(r"\x1b(?:\[[0-?]{0,16}[ -/]{0,2}|O)?\Z")


class Key(StrEnum):
    """A key that sends more than one character."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    WORD_LEFT = "word left"
    WORD_RIGHT = "word right"
    DELETE_WORD = "delete word"
    UNKNOWN = "unknown"


_SEQUENCES = {
    **{f"{ESCAPE}{mark}A": Key.UP for mark in "[O"},
    **{f"{ESCAPE}{mark}B": Key.DOWN for mark in "[O"},
    **{f"{ESCAPE}{mark}C": Key.RIGHT for mark in "[O"},
    **{f"{ESCAPE}{mark}D": Key.LEFT for mark in "[O"},
    **{ESCAPE + letter: Key.WORD_LEFT for letter in "bB"},
    **{ESCAPE + letter: Key.WORD_RIGHT for letter in "fF"},
    **{ESCAPE + letter: Key.DELETE_WORD for letter in "dD"},
}


class KeyBuffer:
    """Characters that were sent and not yet taken as keys: the typed-ahead input of one line."""

    def __init__(self) -> None:
        self._text, self._at = "", 0
        self._returned = False
        """A CR was the last key: an LF or NUL behind it belongs to it."""

    def __len__(self) -> int:
        return len(self._text) - self._at

    def add(self, text: str) -> None:
        """Add text that the client sent."""
        self._text, self._at = self._text[self._at :] + text, 0

    def clear(self) -> None:
        """Forget what was typed ahead."""
        self._text, self._at = "", 0

    def take_text(self) -> str:
        """The next keys as far as they are plain characters, which mean the same wherever a line is typed."""
        found = _PLAIN.match(self._text, self._at)
        if found is None:
            return ""
        self._at, self._returned = found.end(), False
        return found[0]

    def take(self) -> str | None:
        """The next key: a character, `RETURN`, or a `Key`; None where none is complete yet."""
        while self._at < len(self._text):
            character = self._text[self._at]
            if character == ESCAPE:
                return self._sequence()
            self._at += 1
            second_half, self._returned = self._returned and character in "\n\0", character == RETURN
            if character == "\n" and not second_half:
                return RETURN
            if not second_half and character != NUL:
                return character
        return None

    def _sequence(self) -> str | None:
        if _BEGUN.match(self._text, self._at):
            return None
        found = _SEQUENCE.match(self._text, self._at)
        self._returned = False
        self._at = found.end() if found else self._at + 1
        return _SEQUENCES.get(found[0], Key.UNKNOWN) if found else Key.UNKNOWN
