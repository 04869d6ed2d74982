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
from emulator.captures.reading.terminal import CapturedLine

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
OF_A_HEAD = re.compile(r"Building configuration\.\.\.|Using \d+ out of|Current configuration ?:")
OF_A_SESSION = re.compile(
    r"do .*|en(?:able)?|conf(?:ig|igure)?(?: t(?:erm|erminal)?)?|end|wr(?:ite)?(?: mem(?:ory)?)?|copy run\S* start\S*"
)
"""Lines about the session among those that are to be typed."""

OF_A_CONFIGURATION = re.compile(r"(?:[a-z][a-z\d-]*|\d+)(?= |$)")
VALID_NAME = re.compile(r"[A-Za-z][\w.-]{0,62}")
BANNER = re.compile(r"banner [a-z-]+ (\^C|\S)(.*)")

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


def parse_part(screen: Screen) -> tuple[ConfigurationFacts | None, list[UnreadLine]]:
    """The lines of a part of a configuration, each in its place; None where there is none.

    What its head tells is not of the whole, and comments configure nothing. The text of a page around the lines is left
    out: a line of a configuration begins with a word in small letters, or with a number (C).
    """
    first = screen.lines[0].number if screen.lines else 1
    kept: dict[int, str] = {}
    at: dict[str, int] = {"text": first}
    hostname: str | None = None
    banner = ""
    around: list[CapturedLine] = []
    for line in screen.lines:
        typed = line.text.strip()
        if banner:
            kept[line.number] = line.text
            banner = "" if banner in typed else banner
            continue
        if not typed or typed.startswith("!") or OF_A_HEAD.match(typed) or VERSION_LINE.fullmatch(typed):
            continue
        if OF_A_SESSION.fullmatch(typed):
            continue
        if not OF_A_CONFIGURATION.match(typed):
            around.append(line)
            continue
        if (match := BANNER.fullmatch(typed)) and match[1] not in match[2]:
            banner = match[1]
        if hostname is None and (match := HOSTNAME.fullmatch(typed)) and VALID_NAME.fullmatch(match[1]):
            hostname, at["hostname"] = match[1], line.number
        kept[line.number] = line.text.rstrip()
    unread = []
    if around:
        more = {1: "", 2: ", and 1 more line"}.get(len(around), f", and {len(around) - 1} more lines")
        unread.append(UnreadLine(around[0].number, around[0].text, f"text around a configuration{more}"))
    if not kept:
        return None, unread
    text = "\n".join(kept.get(number, "") for number in range(first, max(kept) + 1))
    return ConfigurationFacts(file=screen.file, at=at, kind="part", text=text, above=0, hostname=hostname), unread


def udi_of(screen: Screen) -> UdiFacts | None:
    """The identity that a configuration tells of."""
    for line in screen.lines:
        if match := UDI.fullmatch(line.text.strip()):
            at = {"pid": line.number, "serial": line.number}
            return UdiFacts(file=screen.file, at=at, pid=match[1], serial=match[2])
    return None
