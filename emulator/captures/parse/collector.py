"""Comments that a collector writes above a configuration: RANCID, Oxidized.

C for Oxidized, R for RANCID, whose lines have no blank behind the `!`. The lines come from `show version`, `show
inventory` and other commands of the router, shortened; the image and the hardware are read, the rest is passed over.
"""

from typing import Any

from emulator.captures.facts import Facts, VersionFacts
from emulator.captures.parse import inventory, version, vtp
from emulator.captures.parse.rules import Rule, UnreadLine, apply, number, register, rule
from emulator.captures.reading.bounds import OF_IOS
from emulator.captures.reading.commands import Kind
from emulator.captures.reading.screen import Screen
from emulator.captures.reading.terminal import CapturedLine

RULES: tuple[Rule, ...] = (
    version.SOFTWARE,
    rule(
        rf"Image: Software: (?P<image_id>[\w-]+), (?P<version>{version.RELEASE})"
        r"(?:, (?P<release>[A-Z][A-Z ]{0,40}?))?(?:\s+\((?P<build>fc\d\w*)\))?"
    ),
    rule(rf"Image: Compiled: {version.COMPILED}"),
    rule(r'Image: "?(?P<image_file>\w+:[^\s"]+)"?'),
    rule(r"ROM Bootstrap: Version (?P<bootstrap>[^,\s]+)(?:, RELEASE SOFTWARE)?(?:\s+\((?P<bootstrap_build>fc\d+)\))?"),
    rule(r"Chassis type: (?P<model>\d[\w-]*)(?: .*)?"),
    rule(r"CPU: (?P<processor>[\w-]+)(?:[ ,].*)?"),
    rule(r"Processor ID: (?P<board_id>\w+)"),
    rule(r"Memory: main (?P<main_kib>\d+)K/(?P<iomem_kib>\d+)K", main_kib=number, iomem_kib=number),
    rule(r"Memory: nvram (?P<nvram_kib>\d+)K", nvram_kib=number),
    rule(r"Memory: flash (?P<flash_kib>\d+)K", flash_kib=number),
    rule(r"config-register (?P<register>0x[0-9a-fA-F]{1,4})", register=register),
)


VTP = "VTP: "
"""Prefix of the lines of `show vtp status`, as Oxidized and RANCID write them."""


def parse(screen: Screen) -> tuple[list[tuple[Screen, Facts]], UnreadLine | None]:
    """The facts of the comments above a configuration, each with the command it is from; and what was passed over."""
    values: dict[str, Any] = {}
    at: dict[str, int] = {}
    items: list[CapturedLine] = []
    vlans: list[CapturedLine] = []
    passed: list[CapturedLine] = []
    for line in screen.comments:
        plain = CapturedLine(line.number, line.text.lstrip("! \t").rstrip())
        if inventory.NAME.fullmatch(plain.text) or inventory.PRODUCT.fullmatch(plain.text):
            items.append(plain)
        elif plain.text.startswith(VTP):
            vlans.append(CapturedLine(line.number, plain.text.removeprefix(VTP)))
        elif not (_read(plain, values, at) or OF_IOS.fullmatch(line.text)):
            passed.append(plain)
    found: list[tuple[Screen, Facts]] = []
    if values:
        found.append((_screen(screen, Kind.VERSION), VersionFacts(file=screen.file, at=at, **values)))
    if items:
        of_items = _screen(screen, Kind.INVENTORY, items)
        facts, unread = inventory.parse(of_items)
        passed += [CapturedLine(each.line, each.text) for each in unread]
        found.append((of_items, facts))
    if vlans:
        of_vtp = _screen(screen, Kind.VTP_STATUS, vlans)
        told, unread = vtp.parse(of_vtp)
        passed += [CapturedLine(each.line, f"{VTP}{each.text}") for each in unread]
        found += [(of_vtp, told)] if told is not None else []
    if not passed:
        return found, None
    first = min(passed, key=lambda line: line.number)
    more = {1: "", 2: ", and 1 more"}.get(len(passed), f", and {len(passed) - 1} more")
    return found, UnreadLine(first.number, first.text, f"a collector's comment above the configuration{more}")


def _read(line: CapturedLine, values: dict[str, Any], at: dict[str, int]) -> bool:
    try:
        return apply(RULES, line, values, at)
    except ValueError:
        return False


def _screen(screen: Screen, kind: Kind, lines: list[CapturedLine] | None = None) -> Screen:
    return Screen(kind, screen.file, tuple(lines or screen.comments), screen.host)
