"""Typed lines taken apart: characters, and the keys that a scenario writes in angle brackets: `<Tab>`."""

import re
from collections.abc import Iterator

import msgspec

from emulator.kernel.errors import nearest

HELP, TAB, ERASE = "?", "Tab", "Ctrl-U"
KEYS = (TAB, "Ctrl-C", "Ctrl-Z", ERASE, "Break")
"""The keys that do something at a line; what only moves the cursor is not for a script."""

_KEY = re.compile(r"<(Tab|Break|Ctrl-[A-Za-z^])>|(\?)")
_LIKELY = re.compile(r"<((?:[Cc]trl|[Cc]ontrol|[Tt]ab|[Bb]reak|[Ee]sc|[Uu]p|[Dd]own)[^<>\s]*)>")


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
    for found in _LIKELY.finditer(text):
        if found[1] not in KEYS:
            return f"'<{found[1]}>' is no key of a scenario. {nearest(found[1], KEYS)}"
    return None
