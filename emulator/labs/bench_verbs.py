"""Verbs of the bench in a lab: a few are open in every lab, and a lab opens others by naming them.

What would give a lab away, or acts on the twin and not on the world, stays closed; so does a verb that is new.
"""

from collections.abc import Iterable
from functools import cache

from emulator.bench.line import bench_grammar

OPEN = (
    "lab", "help", "exit", "quit", "console", "baud", "power", "cable", "break", "usb",
    "mail", "put", "get", "files", "software", "messages", "time", "pace", "advance",
    "portal register", "portal lookup", "portal contract", "portal history", "portal resend", "portal rma",
    "portal permission", "portal correct", "portal rehost", "portal lost-pak", "portal audit",
)  # fmt: skip
"""Beginnings of the command lines that every lab has."""


@cache
def closed() -> tuple[str, ...]:
    """The beginnings of all other command lines: `order`, `portal demo`; a lab names those that it opens."""
    beginnings = (_beginning(command.line) for command in bench_grammar().commands)
    return tuple(sorted({each for each in beginnings if not _begins(each, OPEN)}))


def _beginning(line: str) -> str:
    """The word of a command; of `portal`, which does many things, also the next."""
    words = line.split()
    return " ".join(words[: 2 if words[0] == "portal" else 1])


def _begins(line: str, verbs: Iterable[str]) -> bool:
    words = line.split()
    return any(words[: len(verb.split())] == verb.split() for verb in verbs)


class LabBench:
    """The bench of a lab that opens some verbs."""

    def __init__(self, opened: Iterable[str]) -> None:
        self._open = (*OPEN, *opened)

    def closed_verb(self, line: str) -> str:
        """The closed verb that a line begins with, as it is typed in full or as the grammar has it; empty for none."""
        return "" if not line.strip() or _begins(line, self._open) else _beginning(line)

    def is_closed(self, line: str) -> bool:
        """Tell whether a line of the bench's grammar begins with a closed verb."""
        return bool(self.closed_verb(line))
