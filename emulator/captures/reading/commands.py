"""The commands whose output tells of a router, how they are typed, and how their output begins."""

import re
from collections.abc import Sequence
from enum import Enum

from emulator.captures.reading.terminal import CapturedLine


class Kind(Enum):
    """One command; the value is how it is typed in full."""

    VERSION = "show version"
    LICENSE = "show license"
    LICENSE_ALL = "show license all"
    LICENSE_DETAIL = "show license detail"
    LICENSE_EVALUATION = "show license evaluation"
    LICENSE_EXPIRING = "show license expiring"
    LICENSE_FEATURE = "show license feature"
    LICENSE_IN_USE = "show license in-use"
    LICENSE_PERMANENT = "show license permanent"
    LICENSE_STATUS = "show license status"
    LICENSE_UDI = "show license udi"
    INVENTORY = "show inventory"
    RUNNING_CONFIG = "show running-config"
    STARTUP_CONFIG = "show startup-config"
    IP_INTERFACE_BRIEF = "show ip interface brief"
    INTERFACES = "show interfaces"
    ARP = "show arp"
    DIR = "dir"
    CLOCK = "show clock"
    VTP_STATUS = "show vtp status"
    PART = "configure terminal"
    """Lines of a configuration, printed or to be typed, that are not the whole of one."""


OTHER_WORDINGS = {"show ip arp": Kind.ARP, "show hardware": Kind.VERSION, "write terminal": Kind.RUNNING_CONFIG}

WITH_ARGUMENT = frozenset({Kind.INTERFACES, Kind.DIR, Kind.LICENSE_DETAIL})
"""Commands that may name what they show."""

_FULL = {**{kind.value: kind for kind in Kind if kind is not Kind.PART}, **OTHER_WORDINGS}
CONFIGURATIONS = frozenset({Kind.RUNNING_CONFIG, Kind.STARTUP_CONFIG})
"""Whole configurations."""

WITH_LINES = CONFIGURATIONS | {Kind.PART}
"""Screens of lines that configure a router, down to an `end`."""

READ_BY_LINE = frozenset({Kind.VERSION})
"""Screens each line of which tells something by itself, so that what a filter left is read too."""

FILTERED = "its output was filtered"

WHOLE_SECTIONS = ("section", "begin")
"""Filters that leave the sections of a configuration whole."""

SESSION = ("terminal", "enable", "disable", "exit", "end", "quit", "logout", "configure")
"""Commands about the session; what they print tells nothing of the router."""

LEAVING = ("disable", "end", "exit", "logout", "quit", "reload")
"""Commands that leave a mode, the session or IOS."""

SAVING = ("write memory", "copy running-config startup-config", "copy running-config nvram:startup-config")
"""Commands that save the configuration: they print that they did."""


def command_of(typed: str) -> tuple[Kind | None, str | None]:
    """Kind of a typed command, however short; or the reason why its output is of no use; neither for other commands."""
    words, bar, filtered = typed.partition("|")
    given = words.lower().split()
    if given[:1] == ["do"]:
        given = given[1:]
    if not given or typed.rstrip().endswith("?"):
        return None, None
    fitting = [(text, kind) for text, kind in _FULL.items() if _fits(text.split(), given, kind)]
    if not fitting and not _argued(given):
        return None, None
    exact = [kind for text, kind in fitting if len(text.split()) == len(given)]
    kind = exact[0] if exact else fitting[0][1] if fitting else Kind.PART
    if not bar:
        return kind, None
    if kind in READ_BY_LINE:
        return kind, None
    return (Kind.PART, None) if kind in WITH_LINES and _leaves_sections(filtered) else (None, FILTERED)


def _leaves_sections(filtered: str) -> bool:
    """Tell whether the only filter behind a command leaves sections whole."""
    word, *_ = filtered.split() or [""]
    return bool(word) and "|" not in filtered and any(each.startswith(word) for each in WHOLE_SECTIONS)


def _argued(given: Sequence[str]) -> bool:
    """Tell whether a configuration was asked for with something behind it: `interface FastEthernet4`, `all`."""
    full = [text.split() for text, kind in _FULL.items() if kind in CONFIGURATIONS]
    return any(len(given) > len(words) and _fits(words, given[: len(words)], Kind.RUNNING_CONFIG) for words in full)


def of_the_session(typed: str) -> bool:
    """Tell whether a command is about the session itself, or asks for help: nothing that it prints would be read."""
    words = typed.lower().split()
    first, *_ = words or [""]
    return len(first) < 2 or typed.endswith("?") or any(word.startswith(first) for word in SESSION) or _saves(words)


def only_ends(typed: str) -> bool:
    """Tell whether a line saves the configuration or leaves, as is typed below one that is pasted; it tells no fact."""
    words = typed.lower().split()
    return typed in LEAVING or (bool(words) and len(words[0]) > 1 and _saves(words))


def _saves(words: Sequence[str]) -> bool:
    """`write`, `wr mem`, `copy run start`."""
    return any(
        (len(words) == len(full) or (words == [words[0]] and full[0] == "write"))
        and all(word.startswith(typed) for word, typed in zip(full, words, strict=False))
        for full in map(str.split, SAVING)
    )


def _fits(full: Sequence[str], given: Sequence[str], kind: Kind) -> bool:
    if len(given) < len(full) or (len(given) > len(full) and kind not in WITH_ARGUMENT):
        return False
    if len(given) > len(full) + 3:
        return False
    if not all(
        word.startswith(typed) and len(typed) >= LEAST.get(word, 2) for word, typed in zip(full, given, strict=False)
    ):
        return False
    return kind is not Kind.DIR or given[0] == "dir"


LEAST = {"ip": 2, "license": 3, "dir": 3, "interface": 1, "interfaces": 3, "inventory": 3, "brief": 1, "arp": 2,
         "version": 1, "running-config": 1, "in-use": 1, "clock": 2, "hardware": 2,
         "vtp": 2, "status": 1, "write": 2, "terminal": 1}  # fmt: skip
"""Fewest letters that name a word alone among those that may stand in its place (R)."""


INDENTED_HEAD = re.compile(r"\s*License Type Supported")
"""The one output whose first line is indented (C2)."""

BEGINNINGS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.VERSION, re.compile(r"Cisco (?:IOS Software|Internetwork Operating System Software)\b")),
    (Kind.LICENSE_DETAIL, re.compile(r"Index:\s*\d+\s+Feature:")),
    (Kind.LICENSE, re.compile(r"Index \d+\s+Feature:")),
    (Kind.LICENSE_ALL, re.compile(r"License Store: ")),
    (Kind.LICENSE_FEATURE, re.compile(r"Feature name\s+Enforcement\b")),
    (Kind.LICENSE_STATUS, INDENTED_HEAD),
    (Kind.LICENSE_UDI, re.compile(r"(?:Device#|SlotID)\s+PID\s+SN\s+UDI")),
    (Kind.INVENTORY, re.compile(r'NAME: "')),
    (Kind.IP_INTERFACE_BRIEF, re.compile(r"Interface\s+IP-Address\s+OK\?")),
    (
        Kind.INTERFACES,
        re.compile(r"[A-Z][\w./:-]* is (?:administratively down|up|down|deleted|reset)\b.*, line protocol is "),
    ),
    (Kind.ARP, re.compile(r"Protocol\s+Address\s+Age \(min\)")),
    (Kind.DIR, re.compile(r"Directory of \S+:")),
    (Kind.CLOCK, re.compile(r"[*.]?\d\d:\d\d:\d\d\.\d{3} \S+ [A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d{4}$")),
    (Kind.VTP_STATUS, re.compile(r"VTP Version\s+: \d")),
    (Kind.STARTUP_CONFIG, re.compile(r"Using \d+ out of \d+ bytes")),
    (Kind.RUNNING_CONFIG, re.compile(r"Building configuration\.\.\.|Current configuration ?:|version 1[25]\.\d+\s*$")),
)

BEGINS_AGAIN: dict[Kind, re.Pattern[str]] = {
    Kind.LICENSE: re.compile(r"Index 1\s"),
    Kind.LICENSE_DETAIL: re.compile(r"Index:\s*1\s"),
    Kind.LICENSE_ALL: re.compile(r"License Store: Primary"),
    Kind.INVENTORY: re.compile(r'NAME: "[^"]*"\s*,\s*DESCR: "[^"]*chassis'),
    Kind.INTERFACES: re.compile(r"(?!)"),
}
"""First lines of a second output right behind one of the same command, where its beginning stands at every entry: the
first license, the first store, the chassis; interfaces are told apart by nothing. Any other output has one beginning.
"""

VERSION_LINE = re.compile(r"version 1[25]\.\d+\s*")
"""Line `version`, which every whole configuration has (C)."""

HEAD_WITHIN = 16
"""Lines within which the head of a configuration ends."""

CONFIGURATION_WITHIN = 6
"""Lines after `Building configuration...` within which a configuration begins; the output of `write` does not."""

UPTIME_WITHIN = 14
"""Lines within which `show version` tells the uptime; the banner of a restart message does not."""


def kind_by_content(lines: Sequence[CapturedLine]) -> Kind | None:
    """Kind of the command whose output begins with these lines; blank lines at the top do not count."""
    begun = next((index for index, line in enumerate(lines) if line.text.strip()), None)
    if begun is None:
        return None
    first = lines[begun].text
    kind = next((kind for kind, pattern in BEGINNINGS if pattern.match(first)), None)
    if kind is Kind.VERSION and not any(" uptime is " in line.text for line in lines[begun : begun + UPTIME_WITHIN]):
        return None
    if kind is Kind.RUNNING_CONFIG and not has_version_line(lines[begun : begun + HEAD_WITHIN]):
        return None
    return kind


def begins_again(kind: Kind, line: CapturedLine) -> bool:
    """Tell whether a line that could begin the output of a command begins another one right behind it."""
    again = BEGINS_AGAIN.get(kind)
    return again is None or again.match(line.text) is not None


def has_version_line(lines: Sequence[CapturedLine]) -> bool:
    """Tell whether lines of a configuration are from a whole one; lines below an `end` are of another."""
    found = next((line.text for line in lines if line.text == "end" or VERSION_LINE.fullmatch(line.text)), "end")
    return found != "end"


def is_part(lines: Sequence[CapturedLine]) -> bool:
    """Tell whether lines begin a part of a running configuration: it has a head, and no line `version`."""
    begun = next((index for index, line in enumerate(lines) if line.text.strip()), None)
    if begun is None or has_version_line(lines[begun : begun + HEAD_WITHIN]):
        return False
    near = lines[begun + 1 : begun + CONFIGURATION_WITHIN]
    first = lines[begun].text
    return first.startswith("Current configuration") or (
        first.startswith("Building configuration...") and any(line.text.startswith(("!", "Current")) for line in near)
    )


def kind_by_name(file: str) -> Kind | None:
    """The command that a file seems to be named for: `show-version.txt`, `R1_show_inventory.log`."""
    stem = file.replace("\\", "/").rpartition("/")[2].lower()
    words = re.sub(r"[^a-z0-9]+", " ", stem)
    named = [text for text in _FULL if f" {re.sub('[^a-z0-9]+', ' ', text)} " in f" {words} "]
    return _FULL[max(named, key=len)] if named else None
