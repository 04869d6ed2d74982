"""Screens that a page or a mail shows indented, between text that is not.

A stretch of lines that all begin with four blanks or a tab is moved to the margin where it begins as the output of a
command, or has a prompt with one; whatever else is indented belongs to the output of the router.
"""

import re
from collections.abc import Callable, Sequence

from emulator.captures.reading.terminal import CapturedLine, without_margin

INDENTED = re.compile(r"(?: {4}|\t)[ \t]*\S")


def moved_out(lines: Sequence[CapturedLine], is_screen: Callable[[Sequence[CapturedLine]], bool]) -> list[CapturedLine]:
    """The lines with such stretches at the margin; `is_screen` says whether lines are one, or a log."""
    moved: list[CapturedLine] = []
    stretch: list[CapturedLine] = []
    for line in (*lines, CapturedLine(0, "end of the lines")):
        if INDENTED.match(line.text) or (stretch and not line.text.strip()):
            stretch.append(line)
            continue
        if stretch:
            plain = without_margin(stretch)
            moved += plain if is_screen(plain) and not is_screen(stretch) else stretch
            stretch = []
        moved.append(line)
    return moved[:-1]
