"""Typed lines taken apart: characters, and the keys that a scenario writes in angle brackets: `<Tab>`."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

import msgspec

from emulator.kernel.errors import nearest

HELP, TAB, ERASE = "?", "Tab", "Ctrl-U"
KEYS = (TAB, "Ctrl-C", "Ctrl-Z", ERASE, "Break")
"""The keys that do something at a line; what only moves the cursor is not for a script."""

_KEY = re.compile(r"<(Tab|Break|Ctrl-[A-Za-z^])>|(\?)")
_BRACKETED = re.compile(r"<([A-Za-z][^<>\s]*)>")
_BEGINNINGS = ("ctrl", "control", "c-", "^", "tab", "break", "esc")
_OTHERS = ("backspace", "delete", "down", "end", "enter", "home", "left", "return", "right", "space", "up")
"""Keys that are none of a scenario: RETURN ends a line by itself, and what moves the cursor is not for a script."""

ALIKE = 0.6
"""Least ratio of likeness at which a word in angle brackets is taken for a key."""


class Typed(msgspec.Struct, frozen=True):
    """A piece of what is typed: text, and the key that follows it; empty at the end, which is RETURN's."""

    text: str
    key: str = ""


def taken_apart(text: str, *, asks_help: bool) -> Iterator[Typed]:
    """The pieces of a typed line.

    Args:
        text: as the scenario has it.
        asks_help: a `?` is the help key, as at a command prompt; elsewhere it is a character.
    """
    begun = 0
    for found in _KEY.finditer(text):
        if found[2] and not asks_help:
            continue
        yield Typed(text[begun : found.start()], found[1] or HELP)
        begun = found.end()
    if begun < len(text) or begun == 0:
        yield Typed(text[begun:])


def key_problem(text: str) -> str | None:
    """The mistake in the keys of a typed line; None where there is none."""
    for found in _BRACKETED.finditer(text):
        if found[1] not in KEYS and _is_meant_as_key(found[1].lower()):
            return f"'<{found[1]}>' is no key of a scenario. {nearest(found[1], KEYS)}"
    return None


def _is_meant_as_key(word: str) -> bool:
    keys = [*map(str.lower, KEYS), *_OTHERS]
    return word.startswith(_BEGINNINGS) or bool(get_close_matches(word, keys, n=1, cutoff=ALIKE))
