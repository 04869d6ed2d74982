"""Comparing a captured screen with a printed one, and what the way from the router may have taken from it.

What is forgiven: blank lines at the end and above, blanks at the ends of lines, an end that was cut off, lines of the
head that collectors drop from a configuration (C: captures without `Building configuration...`, without the count of
bytes, without either).
"""

import difflib
import re

import msgspec

from emulator.captures.reading.commands import VERSION_LINE

HEAD = ("Building configuration...", "Current configuration", "Using ")
"""Beginnings of the lines in the head of a configuration, of the running and of the saved one."""


class ScreenDifference(msgspec.Struct, frozen=True):
    """Difference of two screens: a line of the capture from 0, the captured and the printed text; None: no line."""

    line: int
    captured: str | None
    printed: str | None


def _rows(text: str) -> list[str]:
    """The lines down to the last that is not blank; at least one."""
    rows = text.split("\n")
    while len(rows) > 1 and not rows[-1].strip():
        rows.pop()
    return rows


def differences(captured: str, printed: str) -> list[ScreenDifference]:
    """Line by line; blank lines that only one of them ends in do not count, nor what follows a capture that was cut."""
    one, other = _rows(captured), _rows(printed)
    if one == other[: len(one)]:
        return []
    found: list[ScreenDifference] = []
    for tag, low, high, low2, high2 in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left, right = one[low:high], other[low2:high2]
        for offset in range(max(len(left), len(right))):
            found.append(
                ScreenDifference(
                    min(low + offset, max(len(one) - 1, 0)),
                    left[offset] if offset < len(left) else None,
                    right[offset] if offset < len(right) else None,
                )
            )
    return found


def differing_bytes(captured: str, printed: str) -> int:
    """Bytes of the lines that differ, of whichever side has more."""
    return sum(_differing(each.captured, each.printed) for each in differences(captured, printed))


def _differing(one: str | None, other: str | None) -> int:
    if one is None or other is None:
        return len(one if one is not None else other or "") + 1
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return sum(max(high - low, high2 - low2) for tag, low, high, low2, high2 in matcher.get_opcodes() if tag != "equal")


def has_lost_blanks(captured: str, printed: str) -> bool:
    """Tell whether only blanks differ, and the capture has nowhere more of them: it lost some on the way.

    Blanks at the ends of lines do not count: terminals fill lines up.
    """
    if differences(squeezed(captured), squeezed(printed)):
        return False
    rows = [[row.expandtabs().rstrip() for row in text.split("\n") if row.strip()] for text in (captured, printed)]
    return all(
        len(one) <= len(other)
        for row, whole in zip(*rows, strict=False)
        for one, other in zip(BLANKS.findall(row), BLANKS.findall(whole), strict=False)
    )


BLANKS = re.compile(r"^ *|(?<=\S) +")


def squeezed(text: str) -> str:
    """Text without the blanks that get lost on the way: at ends of lines, more than one within, and blank lines."""
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


# --- what is above -------------------------------------------------------------------------------------------------


def blanks_above(captured: str, printed: str) -> int:
    """Number of blank lines at the top of a capture that the router does not print."""
    return max(_blank_at_the_top(captured) - _blank_at_the_top(printed), 0)


def _blank_at_the_top(text: str) -> int:
    rows = text.split("\n")
    return next((at for at, row in enumerate(rows) if row.strip()), 0)


def with_head_of(captured: str, printed: str) -> tuple[str, str | None]:
    """Printed configuration with as much of its head as the capture has, and a note on the rest, or None.

    Lines that both have are those of the router, so a wrong count of bytes still differs.
    """
    rows, shown = captured.split("\n"), printed.split("\n")
    head, whole = rows[: _head_length(rows)], shown[: _head_length(shown)]
    forms = {_form(row) for row in head}
    lost = [row for row in whole if row.strip() and _form(row) not in forms]
    body = shown[len(whole) :]
    while rows[len(head)].startswith("version ") and body and body[0] == "!":
        body = body[1:]
        lost = lost or ["!"]
    if not lost and (len(head) == len(whole) or not head):
        return "\n".join([*whole, *body]), None
    taken = [row if not row.strip() else next((each for each in whole if _form(each) == _form(row)), None)
             for row in head]  # fmt: skip
    printed = "\n".join([*(row for row in taken if row is not None), *body])
    if not lost:
        return printed, "the head of the configuration has other blank lines; the router prints its own"
    if lost == [row for row in whole if row.strip()]:
        return printed, "the head of the configuration was lost; the router prints one"
    named = ", ".join(f"'{row}'" for row in lost)
    return printed, f"the head of the configuration has lost {named}; the router prints it"


def _head_length(rows: list[str]) -> int:
    """Tell how many lines there are before the first `!` or `version`."""
    return next((at for at, row in enumerate(rows) if row.startswith("!") or VERSION_LINE.fullmatch(row)), 0)


def _form(row: str) -> str:
    return next((begin for begin in HEAD if row.startswith(begin)), row)
