"""`show vtp status`. C: an 881 with 15.4, as Oxidized keeps it above a configuration, without its last change."""

from typing import Any

from emulator.captures.facts import VtpFacts
from emulator.captures.parse.rules import Rule, UnreadLine, apply, number, rule
from emulator.captures.reading.screen import Screen

STATE = "(?:Enabled|Disabled)"
RULES: tuple[Rule, ...] = (
    rule(r"VTP Version\s+: (?P<version>\S+)"),
    rule(r"Configuration Revision\s+: (?P<revision>\d+)", revision=number),
    rule(r"Maximum VLANs supported locally\s*: (?P<most>\d+)", most=number),
    rule(r"Number of existing VLANs\s+: (?P<vlans>\d+)", vlans=number),
    rule(r"VTP Operating Mode\s+: (?P<mode>\w+)"),
    rule(r"VTP Domain Name\s+:(?: (?P<domain>\S+))?"),
    rule(rf"VTP Pruning Mode\s+: (?P<pruning>{STATE})"),
    rule(rf"VTP V2 Mode\s+: (?P<v2>{STATE})"),
    rule(rf"VTP Traps Generation\s+: (?P<traps>{STATE})"),
    rule(r"MD5 digest\s+: (?P<digest>0x[0-9A-F]{2}(?: 0x[0-9A-F]{2}){7})"),
    rule(r"Configuration last modified by (?P<modified>\S+ at \S+ \S+)"),
    rule(r"Local updater ID is \S+ (?:on interface \S+ )?\([\w ]+ interface found\)"),
)  # fmt: skip


def parse(screen: Screen) -> tuple[VtpFacts | None, list[UnreadLine]]:
    """The facts of the screen; None where it has no line of VTP."""
    values: dict[str, Any] = {}
    at: dict[str, int] = {}
    unread: list[UnreadLine] = []
    for line in screen.lines:
        try:
            read = not line.text.strip() or apply(RULES, line, values, at)
        except ValueError as error:
            unread.append(UnreadLine(line.number, line.text, str(error)))
            continue
        if not read:
            unread.append(UnreadLine(line.number, line.text))
    return (VtpFacts(file=screen.file, at=at, **values) if values else None), unread
