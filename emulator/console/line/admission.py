"""Admission of clients to virtual terminal lines, and of connections that are opened from one.

R: the lowest free line that takes the protocol is used, and its access class decides; a client that is not let in by
transport or access class, or finds no line free, is refused like one that connects to a port where nothing listens. A
line that asks for a password where none is set says so and hangs up. R: an access class names a standard list, or an
extended one, whose source counts; a list that does not exist lets everybody in.
"""

from enum import StrEnum
from ipaddress import IPv4Address

from emulator.console.configuration.access_lists import KINDS, AccessList
from emulator.console.line.line_place import LinePlace
from emulator.console.wording import wording
from emulator.router.access import LineAccess, Method
from emulator.router.configuration import Block, Configuration
from emulator.router.line_settings import access_class, session_limit, starts_exec, takes

MOST_HOPS = 16
"""Routers that a person may go through, one from the other (I); each key takes the way through all of them."""


class LineRefusal(StrEnum):
    """The reason for which a client gets no line."""

    NOT_RUNNING = "no IOS runs"
    NO_LINE = "every line that takes the protocol is in use"
    TRANSPORT = "no line takes the protocol"
    ACCESS_CLASS = "the access class of the line denies the address"
    NO_EXEC = "the line starts no EXEC"
    UNSET = "the line asks for a password, and none is set"


class LineRefused(Exception):
    """The refusal of a line to a client.

    Attributes:
        reason: the reason of the refusal.
        text: the text that the client is sent before the connection is closed; empty where the connection is refused at
            once.
    """

    def __init__(self, reason: LineRefusal, text: str = "") -> None:
        super().__init__(reason, text)
        self.reason, self.text = reason, text


def refusal(configuration: Configuration, block: Block, access: LineAccess, peer: str, protocol: str) -> None:
    """Check whether a client may use a line.

    Raises:
        LineRefused: the client may not.
    """
    if not permits(configuration, access_class(block, "in"), peer):
        raise LineRefused(LineRefusal.ACCESS_CLASS)
    if not starts_exec(block):
        raise LineRefused(LineRefusal.NO_EXEC)
    if protocol == "telnet" and access.method is Method.UNSET:
        raise LineRefused(LineRefusal.UNSET, wording("login.no_password"))


def refused_outward(place: LinePlace, protocol: str, address: str, opened: int) -> str:
    """Answer to a connection that may not be opened from a line; empty where it may.

    Args:
        opened: the number of connections already open from there (`session-limit`).
    """
    if not takes(place.settings, "output", protocol):
        return wording("connect.no_transport", protocol=protocol)
    if opened >= session_limit(place.settings) or place.hops >= MOST_HOPS:
        return wording("connect.limit")
    if not permits(place.router.configuration, access_class(place.settings, "out"), address):
        return wording("connect.refused")
    return ""


def permits(configuration: Configuration, name: str, address: str) -> bool:
    """Tell whether an access list lets an address through; no list lets everything through."""
    lists = [AccessList(configuration, kind, name) for kind in KINDS] if name else []
    found = next((each for each in lists if each.exists and each.entries()), None)
    if found is None:
        return True
    for entry in found.entries():
        action, *words = entry.words.split()
        source = words if found.kind == KINDS[0] else words[1:]
        if _matches(source, address):
            return action == "permit"
    return False


def _matches(words: list[str], address: str) -> bool:
    """Tell whether an address is meant by the first words: `any`, `host A`, `A`, or `A W` with a wildcard."""
    if words[:1] == ["any"]:
        return True
    if words[:1] == ["host"]:
        words = words[1:2]
    numbers = [_number(word) for word in words[:2]]
    found, wanted = _number(address), numbers[0] if numbers else None
    if found is None or wanted is None:
        return False
    ignored = numbers[1] if len(numbers) > 1 and numbers[1] is not None else 0
    return (found | ignored) == (wanted | ignored)


def _number(word: str) -> int | None:
    try:
        return int(IPv4Address(word))
    except ValueError:
        return None
