"""Bounds of output among other lines: comments of a collector above, text of a page or of a script below.

IOS itself writes few comments above `version` (C), and nothing after `end` (C).
"""

import re
from collections.abc import Sequence

from emulator.captures.reading.commands import VERSION_LINE
from emulator.captures.reading.terminal import CapturedLine

OF_IOS = re.compile(
    r"!|! (?:Last configuration change at|NVRAM config last updated at|No configuration change since) .*"
)
"""The comments above `version`, blanks at their ends apart."""

FENCE = re.compile(r"\s*(?:`{3,}|~{3,})[ \w{}.#+-]*")
"""The line above and below a piece of code in a page of Markdown."""

RULED = re.compile(r"([=#*~_+])\1{9,}\s*")
"""A line that a script draws between outputs; no command that is read prints one outside of a configuration (C)."""


def ends_output(line: CapturedLine, *, in_configuration: bool) -> bool:
    """Tell whether the output of a command ends before a line, for the line is of the page or script around it."""
    return FENCE.fullmatch(line.text) is not None or (not in_configuration and RULED.fullmatch(line.text) is not None)


def first_of(lines: Sequence[CapturedLine], version: int, above: int = 0) -> int:
    """The first of the comments that stand above the line `version` (their indexes); `above` is not ours to look at."""
    first = version
    while first > above and OF_IOS.fullmatch(lines[first - 1].text.rstrip()):
        first -= 1
    return first


def end_of(lines: Sequence[CapturedLine]) -> int | None:
    """The index behind the line `end`; None where the configuration was cut off before."""
    begin = next((at for at, line in enumerate(lines) if VERSION_LINE.fullmatch(line.text)), 0)
    return next((at + 1 for at, line in enumerate(lines) if at >= begin and line.text.strip() == "end"), None)
