"""`show interfaces`, read by the lines that drivers have (`hardware/ports.toml`), from which it is also written."""

import re
from functools import cache
from typing import Any

from msgspec.structs import replace

from emulator.captures.facts import PortFacts, PortsFacts
from emulator.captures.parse.rules import UnreadLine
from emulator.captures.reading.screen import Screen
from emulator.captures.reading.terminal import CapturedLine
from emulator.console.render.interfaces.interfaces import BOUND, COUNTERS, LEVELS
from emulator.hardware.ports import port_table

HEAD = re.compile(
    r"(?P<name>[A-Za-z][\w./:-]*) is (?P<status>administratively down|deleted|reset|down|up(?: \(spoofing\))?)"
    r"(?: \([^)]*\))?, line protocol is (?P<protocol>up(?: \(spoofing\))?|down)(?: \([^)]*\))?\s*"
)
_SLOT = re.compile(r"\{(\w+)\}")
NUMBER = r"\d{1,20}"


@cache
def line_patterns() -> tuple[tuple[str, str, Any], ...]:
    """Name, text and pattern of every line; those with more words first, for they say more.

    The patterns are carried out in linear time: blanks may be many, and stand in the values too.
    """
    import re2

    table = port_table()
    rows = sorted(table.lines.items(), key=lambda row: -len(_SLOT.sub("", row[1].text).split()))
    return tuple((name, line.text, re2.compile(_pattern(line.text, table.slots))) for name, line in rows)


def _pattern(text: str, forms: dict[str, str]) -> str:
    parts = _SLOT.split(text.strip())
    pattern = "".join(
        rf"(?P<{part}>{forms.get(part) or (NUMBER if part in (*COUNTERS, *LEVELS) else '.+?')})"
        if index % 2
        else re.sub(r"(?:\\ )+", r"\\s+", re.escape(part))
        for index, part in enumerate(parts)
    )
    return rf"\s*{pattern}\s*"


def parse(screen: Screen) -> tuple[PortsFacts, list[UnreadLine]]:
    """The interfaces in their order."""
    ports: list[PortFacts] = []
    unread: list[UnreadLine] = []
    for line in screen.lines:
        if not line.text.strip():
            continue
        if match := HEAD.fullmatch(line.text):
            within = bool(ports) and ports[-1].layout[-1:] == (BOUND,)
            if within:
                ports[-1] = replace(ports[-1], slots=ports[-1].slots | {BOUND: match["name"]})
            ports.append(PortFacts(match["name"], match["status"], match["protocol"], (), {}, line.number, within))
        elif ports and (found := _line(line)) is not None:
            name, slots = found
            ports[-1] = replace(ports[-1], layout=(*ports[-1].layout, name), slots=ports[-1].slots | slots)
        else:
            unread.append(UnreadLine(line.number, line.text))
    return PortsFacts(file=screen.file, ports=tuple(ports)), unread


def _line(line: CapturedLine) -> tuple[str, dict[str, str]] | None:
    """The line of the table that this is: of several that fit, the one that would be written the same."""
    fitting = [
        (name, match.groupdict(), text)
        for name, text, pattern in line_patterns()
        if (match := pattern.fullmatch(line.text))
    ]
    same = [(name, slots) for name, slots, text in fitting if text.format_map(slots) == line.text]
    return next(iter(same or [(name, slots) for name, slots, _ in fitting]), None)
