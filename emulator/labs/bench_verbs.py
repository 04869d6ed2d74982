"""Verbs of the bench in a lab: those that would give it away, or act on the twin and not on the world, are closed."""

from collections.abc import Iterable

CLOSED = (
    "status", "explain", "forecast", "bisect",
    "fault", "damage", "fuse", "fill", "server", "users", "internet", "rack", "unrack",
    "order", "portal demo", "portal extension", "portal role", "portal password", "portal account",
    "snapshot", "restore", "undo", "fork", "record",
)  # fmt: skip
"""Beginnings of command lines. A lab opens some of them again by naming them in its front matter."""


class LabBench:
    """The bench of a lab that opens some verbs."""

    def __init__(self, opened: Iterable[str]) -> None:
        self._closed = tuple(verb for verb in CLOSED if verb not in set(opened))

    def closed_verb(self, line: str) -> str:
        """The closed verb that a line begins with, as it is typed in full or as the grammar has it; empty for none."""
        words = line.split()
        return next((verb for verb in self._closed if words[: len(verb.split())] == verb.split()), "")

    def is_closed(self, line: str) -> bool:
        """Tell whether a line of the bench's grammar begins with a closed verb."""
        return bool(self.closed_verb(line))
