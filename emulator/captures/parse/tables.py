"""The screens that are tables of rows: addresses of interfaces, ARP, a directory; and the clock.

C: `show ip interface brief` of an 881, `dir` of an IOSv, `show clock` of several; `show arp` R.
"""

import re
from datetime import datetime

from emulator.captures.facts import (
    ArpFacts,
    ArpsFacts,
    BriefFacts,
    BriefsFacts,
    ClockFacts,
    DirectoryFacts,
    FileFacts,
)
from emulator.captures.parse.rules import MAC, MOMENT, MONTHS, UnreadLine, moment, number
from emulator.captures.reading.screen import Screen

BRIEF = re.compile(
    r"(?P<name>[A-Za-z][\w./:-]*)\s+(?P<address>unassigned|\d{1,3}(?:\.\d{1,3}){3})\s+(?P<ok>YES|NO)\s+(?P<method>\w+)\s+"
    r"(?P<status>administratively down|up|down|deleted|reset|up \(spoofing\))\s+(?P<protocol>up|down|up \(spoofing\))"
)


def parse_brief(screen: Screen) -> tuple[BriefsFacts, list[UnreadLine]]:
    """The interfaces in their order."""
    rows: list[BriefFacts] = []
    unread: list[UnreadLine] = []
    for line in screen.lines:
        text = line.text.strip()
        if match := BRIEF.fullmatch(text):
            rows.append(
                BriefFacts(match["name"], match["address"], match["ok"] == "YES", match["method"], match["status"],
                           match["protocol"], line.number)
            )  # fmt: skip
        elif text and not text.startswith("Interface "):
            unread.append(UnreadLine(line.number, line.text))
    return BriefsFacts(file=screen.file, rows=tuple(rows)), unread


ARP = re.compile(
    rf"(?P<protocol>Internet)\s+(?P<address>\d{{1,3}}(?:\.\d{{1,3}}){{3}})\s+(?P<age>-|\d{{1,9}})\s+"
    rf"(?P<hardware>{MAC}|Incomplete)\s+(?P<kind>[A-Z]+)(?:\s+(?P<interface>\S+))?"
)


def parse_arp(screen: Screen) -> tuple[ArpsFacts, list[UnreadLine]]:
    """The neighbors in their order."""
    rows: list[ArpFacts] = []
    unread: list[UnreadLine] = []
    for line in screen.lines:
        text = line.text.strip()
        if match := ARP.fullmatch(text):
            age = None if match["age"] == "-" else int(match["age"])
            rows.append(
                ArpFacts(match["protocol"], match["address"], age, match["hardware"], match["kind"],
                         match["interface"] or "", line.number)
            )  # fmt: skip
        elif text and not text.startswith("Protocol "):
            unread.append(UnreadLine(line.number, line.text))
    return ArpsFacts(file=screen.file, rows=tuple(rows)), unread


HEAD = re.compile(r"Directory of (?P<device>[\w-]+):/?(?P<path>\S*)")
FILE = re.compile(
    r"\s*(?P<slot>\d{1,6})\s+(?P<mode>[d-][r-][w-][x-])\s+(?P<size>\d{1,15})\s+"
    r"(?:(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) +(?P<year>\d{4}) +(?P<time>\d\d:\d\d:\d\d)"
    r"(?P<zone>(?: [+-]\d\d:\d\d)?)|<no date>)\s+(?P<name>\S.*)"
)
TOTAL = re.compile(r"(?P<total>\d+) bytes (?:total|available) \((?P<free>\d+) bytes (?:free|used)\)")


def parse_directory(screen: Screen) -> tuple[DirectoryFacts | None, list[UnreadLine]]:
    """The files in their order, and the room."""
    head: re.Match[str] | None = None
    files: list[FileFacts] = []
    unread: list[UnreadLine] = []
    at: dict[str, int] = {}
    total = free = None
    for line in screen.lines:
        text = line.text.rstrip()
        try:
            if head is None and (match := HEAD.fullmatch(text)):
                head = match
                at["device"] = line.number
            elif match := FILE.fullmatch(text):
                files.append(_file(match, line.number))
            elif match := TOTAL.fullmatch(text):
                total, free = number(match["total"]), number(match["free"])
                at["total"] = at["free"] = line.number
            elif text and not text.startswith("No files in directory"):
                unread.append(UnreadLine(line.number, line.text))
        except ValueError as error:
            unread.append(UnreadLine(line.number, line.text, str(error)))
    if head is None:
        return None, unread
    facts = DirectoryFacts(file=screen.file, at=at, device=head["device"], path=head["path"], files=tuple(files),
                           total=total, free=free)  # fmt: skip
    return facts, unread


def _file(match: re.Match[str], line: int) -> FileFacts:
    modified = None
    if match["month"] is not None:
        if match["month"] not in MONTHS:
            raise ValueError(f"'{match['month']}' is no month")
        hour, minute, second = map(int, match["time"].split(":"))
        modified = datetime(  # noqa: DTZ001 - as the device shows it
            int(match["year"]), MONTHS.index(match["month"]) + 1, int(match["day"]), hour, minute, second
        )
    return FileFacts(int(match["slot"]), match["mode"], int(match["size"]), modified, (match["zone"] or "").strip(),
                     match["name"], line)  # fmt: skip


CLOCK = re.compile(MOMENT)


def parse_clock(screen: Screen) -> tuple[ClockFacts | None, list[UnreadLine]]:
    """Time that the clock showed, to the millisecond."""
    facts: ClockFacts | None = None
    unread: list[UnreadLine] = []
    for line in screen.lines:
        text = line.text.strip()
        if not text or text.startswith("Time source"):
            continue
        try:
            if facts is None and CLOCK.fullmatch(text):
                facts = ClockFacts(file=screen.file, at={"now": line.number}, now=moment(text))
                continue
            unread.append(UnreadLine(line.number, line.text))
        except ValueError as error:
            unread.append(UnreadLine(line.number, line.text, str(error)))
    return facts, unread
