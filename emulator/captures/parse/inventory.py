"""`show inventory`: two lines an item. C: an 881 with a power card, a 2921."""

import re

from emulator.captures.facts import InventoryFacts, ItemFacts
from emulator.captures.parse.rules import UnreadLine
from emulator.captures.reading.screen import Screen
from emulator.captures.reading.terminal import CapturedLine

NAME = re.compile(r'NAME: "(?P<name>[^"]*)"\s*,\s*DESCR: "(?P<description>[^"]*)"')
PRODUCT = re.compile(r"PID:\s*+(?P<pid>\S*)\s*,\s*VID: ?(?P<vid>[^,]*),\s*SN:\s*(?P<serial>\S*)")


def parse(screen: Screen) -> tuple[InventoryFacts, list[UnreadLine]]:
    """The items in their order."""
    items: list[ItemFacts] = []
    unread: list[UnreadLine] = []
    named: tuple[CapturedLine, re.Match[str]] | None = None
    for line in screen.lines:
        text = line.text.rstrip()
        if match := NAME.fullmatch(text):
            named = line, match
        elif named is not None and (match := PRODUCT.fullmatch(text)):
            items.append(
                ItemFacts(named[1]["name"], named[1]["description"], match["pid"], match["vid"], match["serial"],
                          named[0].number)
            )  # fmt: skip
            named = None
        elif text:
            unread.append(UnreadLine(line.number, line.text))
    return InventoryFacts(file=screen.file, items=tuple(items)), unread
