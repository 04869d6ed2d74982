"""The words for what a line should have had at a place where something else stands."""

import re
from collections.abc import Iterable
from typing import Any

from emulator.grammar import Ambiguous, Grammar
from emulator.kernel.errors import nearest, printable

FORMS = {
    "59d12h": "a duration, for example 59d12h",
    "0x2102": "a register value, for example 0x2102",
    "PID:SN": "a UDI, PID:SN",
    "WORD": "a word",
    "LINE": "a text",
}
"""Words by what `?` writes for an argument."""

FREE = {"WORD", "LINE"}
"""Arguments whose form tells nothing of what is meant."""

NUMBER = re.compile(r"<(\d+)-(\d+)>")
RETURN = "<cr>"
SHOWN = 8
"""Words that an error names of those that there are."""


def wanted(word: str, entries: Iterable[str]) -> str:
    """The nearest right word for a wrong one, or what is wanted there.

    Args:
        word: what stands there.
        entries: what `?` writes there.
    """
    possible = [entry for entry in entries if entry != RETURN]
    if not possible:
        return "Nothing may follow"
    forms = [told for entry in possible if (told := in_words(entry, "")) != entry]
    names = [each for each in possible if each not in FORMS and not NUMBER.fullmatch(each)]
    told = nearest(word, names) if names else ""
    if not forms or told.startswith("Did you mean"):
        return told
    return f"Wanted: {', or '.join([*forms, *names[:SHOWN]])}"


def in_words(entry: str, explained: str) -> str:
    """An entry that `?` writes, in words where it stands for an argument, and which one where any word would do.

    Args:
        entry: what `?` writes.
        explained: the help that stands beside it.
    """
    number = NUMBER.fullmatch(entry)
    if number is not None:
        return f"a number from {number[1]} to {number[2]}"
    told = FORMS.get(entry, entry)
    return f"{told} ({explained})" if entry in FREE and explained else told


def readings(grammar: Grammar, mode: str, line: str, context: Any) -> str:
    """Words that the ambiguous word of a line may be short for, the shortest first: `advip may be advipservices, …`."""
    words = line.split()
    for last in range(1, len(words) + 1):
        before = " ".join(words[:last])
        if isinstance(grammar.help(mode, f"{before} ", context).error, Ambiguous):
            begun = words[last - 1].lower()
            entries = [
                word for word, _ in grammar.help(mode, before, context).entries if word.lower().startswith(begun)
            ]
            fitting = sorted(entries, key=lambda each: (len(each), each))
            more = ", …" if len(fitting) > SHOWN else ""
            return f"{printable(words[last - 1])} may be {', '.join(fitting[:SHOWN])}{more}"
    return "write the words in full"
