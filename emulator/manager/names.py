"""Names that users give: to users, groups, credential sets, schedules, folders and policies."""

import re
from collections.abc import Iterable

from emulator.kernel.errors import Refused, printable

LONGEST_NAME = 64
"""Longest name, in characters (C for devices and PAKs)."""

_NAME = re.compile(r"[!-~]+")


def check_free(kind: str, name: str, seen: Iterable[str], taken: Iterable[str]) -> None:
    """Make sure that a name is free for something new, or that of something seen that is replaced.

    Raises:
        Refused: something has it that is not seen.
    """
    if name in set(taken) - set(seen):
        raise Refused(f"'{name}' cannot be the name of a {kind} of yours; choose another one")


def check_name(kind: str, name: str) -> None:
    """Make sure that a text can be the name of something.

    Raises:
        Refused: it cannot.
    """
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        shown = printable(name)
        raise Refused(f"'{shown}' is no name of a {kind}; it has 1 to {LONGEST_NAME} visible ASCII characters")
