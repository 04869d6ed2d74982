"""System messages between the lines of a screen: what a console shows that the command did not print.

A message that came while a line was being printed stands behind its beginning; the rest follows on the next line (C).
The message of a restart brings the banner of the software along.
"""

import re
from collections.abc import Sequence

from emulator.captures.reading.terminal import CapturedLine

STAMP = (
    r"(?:\d{6}: )?[*.]?(?:[A-Z][a-z]{2} +\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d+)?(?: [A-Z]{2,5})?|\d[\w:]{0,30}): "
)
MESSAGE = re.compile(rf"(?P<before>.*?)(?P<told>(?:{STAMP})?%[A-Z][A-Z0-9_]+-(?:[A-Z0-9_]+-)?[0-7]-[A-Z0-9_]+: ?.*)")
RESTART = "SYS-5-RESTART"
BANNER = ("Cisco IOS Software", "Technical Support:", "Copyright (c)", "Compiled ")


def without_messages(lines: Sequence[CapturedLine]) -> list[CapturedLine]:
    """The lines that are left when the messages are taken out."""
    if not any("%" in line.text for line in lines):
        return list(lines)
    kept: list[CapturedLine] = []
    begun: CapturedLine | None = None
    in_banner = False
    for line in lines:
        match = MESSAGE.fullmatch(line.text) if "%" in line.text else None
        if match is not None:
            in_banner = RESTART in match["told"]
            begun = CapturedLine(line.number, match["before"]) if match["before"].strip() else begun
        elif in_banner and line.text.startswith(BANNER):
            continue
        else:
            in_banner = False
            kept.append(line if begun is None else CapturedLine(begun.number, begun.text + line.text))
            begun = None
    if begun is not None:
        kept.append(begun)
    return kept
