"""`show access-lists`: every IPv4 list with its entries by their sequence numbers.

R: remarks are not shown; a standard entry has its wildcard in words. Nothing is forwarded, so there are no matches to
count. Left out: IPv6 lists.
"""

from emulator.console.configuration.access_lists import STANDARD, AccessList, access_lists
from emulator.router.configuration import Configuration

INDENT = "    "


def show_access_lists(configuration: Configuration, name: str | None = None) -> str:
    """Screen of all lists, or of the one of a name."""
    return "".join(_shown(each) for each in access_lists(configuration) if name in {None, each.name})


def _shown(shown: AccessList) -> str:
    head = f"{shown.kind.capitalize()} IP access list {shown.name}\n"
    entry = _standard if shown.kind == STANDARD else _extended
    return head + "".join(f"{INDENT}{each.position[0]} {entry(each.words)}\n" for each in shown.entries())


def _standard(entry: str) -> str:
    """Address and wildcard are told apart: `permit 10.1.1.0, wildcard bits 0.0.0.255`."""
    action, *words = entry.split()
    if words[:1] == ["host"]:
        words = words[1:]
    if len(words) > 1 and words[1] != "log":
        words = [f"{words[0]},", "wildcard bits", *words[1:]]
    return f"{action:6} {' '.join(words)}"


def _extended(entry: str) -> str:
    action, *words = entry.split()
    return f"{action:6} {' '.join(words)}"
