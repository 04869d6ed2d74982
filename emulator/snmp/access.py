"""Communities: which part of the tree a manager may read and write, by the running configuration.

R: `snmp-server community NAME [view VIEW] [RO|RW] [ACCESS-LIST]`; without a word it is read-only; the list decides by
the manager's address, and a request that it denies is not answered. The access list may be one that does not exist,
which lets everybody in.
"""

import msgspec

from emulator.console.line.admission import permits
from emulator.router.configuration import Configuration
from emulator.snmp.principals import Principal
from emulator.snmp.views import EVERYTHING, NOTHING, View, configured_view

COMMUNITY = "snmp-server community "


class Access(msgspec.Struct, frozen=True):
    """The parts of the tree that a manager may read and write."""

    read: View
    write: View


def is_enabled(configuration: Configuration) -> bool:
    """Tell whether the agent runs: the first line of `snmp-server` starts it (R)."""
    return any(line.startswith("snmp-server ") for line in configuration.lines.values())


def community_access(configuration: Configuration, community: str, peer: str) -> Access | None:
    """Return what a community gives a manager at an address; None: it is unknown, or not for that address."""
    line = configuration.lines.get(COMMUNITY + community)
    if line is None or not community or " " in community:
        return None
    words = line.removeprefix(COMMUNITY).split()[1:]
    view = EVERYTHING
    if words[:1] == ["view"]:
        view = configured_view(configuration, words[1])
        del words[:2]
    writable = False
    if words and words[0].upper() in {"RO", "RW"}:
        writable = words.pop(0).upper() == "RW"
    if words[:1] == ["ipv6"]:
        del words[:2]
    if words and not permits(configuration, words[0], peer):
        return None
    return Access(view, view if writable else NOTHING)


def access_of(configuration: Configuration, principal: Principal) -> Access | None:
    """Return what a manager may read and write; None: it is not let in."""
    return community_access(configuration, principal.name, principal.peer)
