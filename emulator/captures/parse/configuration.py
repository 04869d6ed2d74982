"""`show running-config` and `show startup-config`: the lines, and what the head above them tells.

C: 881s with 15.4 and 15.5. A configuration may have lost its head on the way (collectors drop it); its lines are kept
as they are, for their order and separators are those of the router; where the `!` above `version` is lost, it is put
back (C). What follows its `end` was cut off before (`screens.py`).
"""

import re

from emulator.captures.facts import ConfigurationFacts, UdiFacts
from emulator.captures.parse.rules import MOMENT, Rule, UnreadLine, apply, moment, number, rule
from emulator.captures.reading.bounds import end_of
from emulator.captures.reading.commands import VERSION_LINE, Kind
from emulator.captures.reading.screen import Screen

HEAD: tuple[Rule, ...] = (
    rule(r"Building configuration\.\.\."),
    rule(r"Using (?P<bytes>\d+) out of \d+ bytes", bytes=number),
    rule(r"Current configuration ?: (?P<bytes>\d+) bytes", bytes=number),
    rule(rf"! Last configuration change at (?P<changed>{MOMENT})(?: by (?P<changed_by>\S+))?", changed=moment),
    rule(rf"! NVRAM config last updated at (?P<saved>{MOMENT})(?: by (?P<saved_by>\S+))?", saved=moment),
    rule(r"! No configuration change since last restart"),
)
HOSTNAME = re.compile(r"hostname (\S+)")
UDI = re.compile(r"license udi pid (\S+) sn (\w+)")
ABSENT = re.compile(r"startup-config is not present|%% Non-volatile configuration memory .*")


def parse(screen: Screen) -> tuple[ConfigurationFacts, list[UnreadLine]]:
    """The facts of a configuration; there may be no saved one.

    One without an `end` was cut, and its last line is not to be trusted.
    """
    values: dict[str, object] = {}
    at: dict[str, int] = {}
    unread: list[UnreadLine] = []
    absent = next((line.number for line in screen.lines if ABSENT.fullmatch(line.text.strip())), None)
    if absent is not None and screen.kind is Kind.STARTUP_CONFIG:
        return ConfigurationFacts(file=screen.file, at={"text": absent}, kind="startup", text=""), unread
    first = next((number for number, line in enumerate(screen.lines) if VERSION_LINE.fullmatch(line.text)), 0)
    body = list(screen.lines[first:])
    start = first
    while start and screen.lines[start - 1].text.startswith("!"):
        start -= 1
    above = [line.text for line in screen.lines[start:first]] or ["!"]
    for line in screen.lines[:first]:
        if line.text.strip() in {"", "!"}:
            continue
        try:
            if not apply(HEAD, line, values, at):
                unread.append(UnreadLine(line.number, line.text))
        except ValueError as error:
            unread.append(UnreadLine(line.number, line.text, str(error)))
    end = end_of(body)
    if end is None:
        if body:
            unread.append(UnreadLine(body[-1].number, body[-1].text, "the configuration is cut off here"))
    else:
        body = body[:end]
    for line in body:
        if "hostname" not in values and (match := HOSTNAME.fullmatch(line.text.strip())):
            values["hostname"] = match[1]
            at["hostname"] = line.number
    kind = "startup" if screen.kind is Kind.STARTUP_CONFIG else "running"
    text = "".join(f"{line}\n" for line in (*above, *(line.text for line in body)))
    at["text"] = body[0].number if body else 1
    facts = ConfigurationFacts(
        file=screen.file, at=at, kind=kind, text=text, above=len(above), **values  # type: ignore[arg-type]
    )  # fmt: skip
    return facts, unread


def udi_of(screen: Screen) -> UdiFacts | None:
    """The identity that a configuration tells of."""
    for line in screen.lines:
        if match := UDI.fullmatch(line.text.strip()):
            at = {"pid": line.number, "serial": line.number}
            return UdiFacts(file=screen.file, at=at, pid=match[1], serial=match[2])
    return None
