"""The words for what a line should have had at a place where something else stands."""

import re
from collections.abc import Iterable

from emulator.kernel.errors import nearest

FORMS = {
    "59d12h": "a duration, for example 59d12h",
    "0x2102": "a register value, for example 0x2102",
    "PID:SN": "a UDI, PID:SN",
    "WORD": "a word",
    "LINE": "a text",
}
"""Words by what `?` writes for an argument."""

NUMBER = re.compile(r"<(\d+)-(\d+)>")
RETURN = "<cr>"
SHOWN = 8
"""Names that are told."""


def wanted(word: str, entries: Iterable[str]) -> str:
    """The nearest right word for a wrong one, or what is wanted there.

    Args:
        word: what stands there.
        entries: what `?` writes there.
    """
    possible = [entry for entry in entries if entry != RETURN]
    if not possible:
        return "Nothing may follow"
    forms = [told for entry in possible if (told := in_words(entry)) != entry]
    names = [each for each in possible if each not in FORMS and not NUMBER.fullmatch(each)]
    told = nearest(word, names) if names else ""
    if not forms or told.startswith("Did you mean"):
        return told
    return f"Wanted: {', or '.join([*forms, *names[:SHOWN]])}"


def in_words(entry: str) -> str:
    """An entry that `?` writes, in words where it stands for an argument."""
    number = NUMBER.fullmatch(entry)
    return FORMS.get(entry, entry) if number is None else f"a number from {number[1]} to {number[2]}"
