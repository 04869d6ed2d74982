"""`show license` in its forms: by feature, by license, by store; the feature table; the identity; the status.

C on other platforms of the same code. An entry begins with its index; what follows names itself, so one table of lines
reads all three.
"""

import re
from typing import Any

import msgspec

from emulator.captures.facts import FeatureFacts, FeaturesFacts, LicenseFacts, LicensesFacts, StatusFacts, UdiFacts
from emulator.captures.parse.rules import UnreadLine, apply, rule
from emulator.captures.reading.screen import Screen

HEADS = (
    re.compile(r"\s*(?:Index|StoreIndex):?\s*(?P<index>\d+)\s+Feature:\s*(?P<feature>[\w./+-]+)(?:\s+Version:\s*(?P<version>\S+))?"),
)  # fmt: skip
STORE = re.compile(r"License Store: (?P<store>\w[\w -]*)")
FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(rf"\s*{words}:(.*)"))
    for field, words in (
        ("left", "(?:Evaluation p|Subscription p|P)eriod left"),
        ("used", "Period [Uu]sed"),
        ("total", "Evaluation total period"),
        ("ends", "Subscription end date"),
        ("type", "License Type"),
        ("state", "License State"),
        ("lock", "Lock type"),
        ("vendor", "Vendor info"),
        ("addition", "License Addition"),
        ("generation", "License Generation version"),
        ("count", "License Count"),
        ("priority", "License Priority"),
        ("store_index", "Store Index"),
        ("store", "Store Name"),
    )
)


def parse(screen: Screen) -> tuple[LicensesFacts, list[UnreadLine]]:
    """The entries in their order; the index of `show license` and `detail` is only a count and is not kept."""
    entries: list[dict[str, object]] = []
    unread: list[UnreadLine] = []
    store: str | None = None
    for line in screen.lines:
        text = line.text.rstrip()
        if not text:
            continue
        if match := STORE.fullmatch(text):
            store = match["store"]
        elif match := HEADS[0].fullmatch(text):
            entry: dict[str, object] = {"feature": match["feature"], "line": line.number, "version": match["version"]}
            if store is not None and len(match["index"]) < 6:
                entry |= {"store": store, "index": int(match["index"])}
            entries.append(entry)
        elif not entries or not _field(entries[-1], text):
            unread.append(UnreadLine(line.number, line.text))
    facts = tuple(msgspec.convert(entry, LicenseFacts) for entry in entries)
    return LicensesFacts(file=screen.file, entries=facts), unread


def _field(entry: dict[str, object], text: str) -> bool:
    for field, pattern in FIELDS:
        if match := pattern.fullmatch(text):
            value = match[1].strip()
            if field == "store_index":
                if not value.isdecimal() or len(value) > 5:
                    return False
                entry["index"] = int(value)
            else:
                entry[field] = value
            return True
    return False


ROW = re.compile(r"(?P<feature>\S+)\s+(?P<cells>(?:yes|no)(?:\s+(?:yes|no)){3,4})")


def parse_features(screen: Screen) -> tuple[FeaturesFacts, list[UnreadLine]]:
    """The rows of `show license feature`; older images have no last column."""
    rows: list[FeatureFacts] = []
    unread: list[UnreadLine] = []
    for line in screen.lines:
        text = line.text.strip()
        if match := ROW.fullmatch(text):
            cells = [word == "yes" for word in match["cells"].split()]
            enforcement, evaluation, subscription, enabled, *last = cells
            right = last[0] if last else None
            rows.append(
                FeatureFacts(match["feature"], line.number, enforcement, evaluation, subscription, enabled, right)
            )
        elif text and not text.startswith("Feature name"):
            unread.append(UnreadLine(line.number, line.text))
    return FeaturesFacts(file=screen.file, rows=tuple(rows)), unread


UDI_HEAD = re.compile(r"Device# +(?P<pid>PID +)SN +UDI")
UDI = re.compile(r"\*\s?0?\s+(?P<pid>[A-Z0-9][\w./+-]*)\s+(?P<serial>\w+)\s+(?P=pid):(?P=serial)")


def parse_udi(screen: Screen) -> tuple[UdiFacts | None, list[UnreadLine]]:
    """Identity of the device, and the lines that were not understood."""
    unread: list[UnreadLine] = []
    facts: UdiFacts | None = None
    wide: bool | None = None
    for line in screen.lines:
        text = line.text.strip()
        if match := UDI_HEAD.fullmatch(text):
            wide = {18: False, 22: True}.get(len(match["pid"]))
        if facts is None and (match := UDI.fullmatch(text)):
            at = {"pid": line.number, "serial": line.number}
            facts = UdiFacts(file=screen.file, at=at, pid=match["pid"], serial=match["serial"], wide=wide)
        elif text and not text.startswith(("Device#", "SlotID", "---")):
            unread.append(UnreadLine(line.number, line.text))
    return facts, unread


STATUS = (
    rule(r"\s*(?:License Type|License Operation|Call-home Operation) Supported|\s*Device status|SWIFT url status"),
    rule(r"\s*(?:permanent|extension|grace period|evaluation)\s+\S.*"),
    rule(r"\s*(?:install|clear|annotate|save|revoke|resend|call-home|eula|show pak)\s+\S.*"),
    rule(r"\s*(?:Device Credential type|Device Credential Verification|Rehost Type):.*"),
    rule(r"\s*Swift URL set to default value : \S+"),
    rule(r"\s*Swift URL set to : (?P<url>\S+)"),
)


def parse_status(screen: Screen) -> tuple[StatusFacts, list[UnreadLine]]:
    """The licensing service of the device, and the lines that were not understood."""
    unread: list[UnreadLine] = []
    values: dict[str, Any] = {}
    at: dict[str, int] = {}
    for line in screen.lines:
        if line.text.strip() and not apply(STATUS, line, values, at):
            unread.append(UnreadLine(line.number, line.text))
    return StatusFacts(file=screen.file, at=at, **values), unread
