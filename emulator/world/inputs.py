"""Everything that comes into a world from outside it, as plain values: what a replay gives again.

A world is a function of where it began and of its inputs, each at its instant, after all that happens at that instant
by itself. Help and completion change nothing and are no inputs. What a person sees of a world while looking back is
none either.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from emulator.console.line.inputs import (
    ClientConnected,
    ClientGone,
    ClientServed,
    FileStored,
    KeyPressed,
    LineAttended,
    LineInput,
    LinePrepared,
    LineSized,
    LinesMade,
    LineTyped,
    LogInTried,
    ScreenTaken,
)
from emulator.license_agent.inputs import AgentAsked, AgentCounted, AgentInput
from emulator.router.ports import CallRefused, PakItem, RehostItem
from emulator.snmp.inputs import SnmpCounted, SnmpInput, SnmpRefused, SnmpSet
from emulator.world.call_home.protocol import Call


class HostFile(msgspec.Struct, frozen=True):
    """A file of the host that a line of the bench names, with its content at that time.

    Attributes:
        content: as much of it as the twin keeps.
        size: the size of the whole file, in bytes.
        problem: the reason why it could not be read; the rest is empty then.
    """

    name: str = ""
    size: int = 0
    content: bytes = b""
    problem: str = ""


class BenchTyped(msgspec.Struct, frozen=True, tag="bench", omit_defaults=True):
    """A line was typed at the bench.

    Attributes:
        file: a file of the computer that the line puts into the lab.
        look: it changes nothing; neither does a line that was not understood.
    """

    text: str
    file: HostFile | None = None
    look: bool = False


class BenchInterrupted(msgspec.Struct, frozen=True, tag="bench-interrupt"):
    """Interruption of the bench by Ctrl-C."""


class PortalAsked(msgspec.Struct, frozen=True, tag="portal"):
    """An operation of the portal that changes something, by its name in the API's description.

    Attributes:
        account: the account that asked.
        entropy: random bytes that the operation used, in hexadecimal.
    """

    operation: str
    account: str
    inputs: dict[str, Any]
    entropy: str = ""


class CallReceived(msgspec.Struct, frozen=True, tag="call"):
    """A call home that the world's own server accepted: from a router of this world or of another."""

    call: Call


class ReplyReceived(msgspec.Struct, frozen=True, tag="reply"):
    """An answer over a real network to the call that a router of the world had made.

    Attributes:
        call: the call's id.
        file, paks, products, refused: the answer; one of them is given.
    """

    call: str
    file: bytes | None = None
    paks: tuple[PakItem, ...] | None = None
    products: tuple[RehostItem, ...] | None = None
    refused: CallRefused | None = None


class LabFileStored(msgspec.Struct, frozen=True, tag="lab-file"):
    """A client stored a file on the lab's server, or on the stick; what `content` lacks of `size` bytes are zeros."""

    name: str
    content: bytes
    size: int
    medium: str = "tftp"


class LettersPosted(msgspec.Struct, frozen=True, tag="posted"):
    """The letters of an act in another thread became known to the world; they are under way from now on."""


class CallsCarried(msgspec.Struct, frozen=True, tag="carried"):
    """Calls home of the routers go over a real network from now on, or again no further than this world."""

    over_network: bool


class AddressesGiven(msgspec.Struct, frozen=True, tag="addresses"):
    """Every device of the rack that had no address on the network of this machine has one from now on."""


class Reopened(msgspec.Struct, frozen=True, tag="reopened"):
    """The world was closed and opened again: every open line was dropped."""


WorldInput = (
    LineInput
    | SnmpInput
    | AgentInput
    | BenchTyped
    | BenchInterrupted
    | PortalAsked
    | CallReceived
    | ReplyReceived
    | LabFileStored
    | LettersPosted
    | CallsCarried
    | AddressesGiven
    | Reopened
)


WORDS: Mapping[type, str] = {
    LinesMade: "{0.router}: first look at its lines",
    LineTyped: "{0.router} {0.line}: {typed}",
    KeyPressed: "{0.router} {0.line}: {0.key}",
    LineAttended: "{0.router} con 0: a terminal came or left",
    LinePrepared: "{0.router} con 0: made ready for a script",
    LineSized: "{0.router} {0.line}: window of {0.rows} lines by {0.columns} columns",
    ScreenTaken: "{0.router} {0.line}: a terminal without a screen",
    LogInTried: "{0.router}: log-in of {0.user!r} from {0.peer} by {0.protocol}",
    ClientConnected: "{0.router}: a client from {0.peer} by {0.protocol}",
    ClientServed: "{0.router} {0.line}: the client is shown its first text",
    FileStored: "{0.router}: a client stored {0.url}, {0.size} bytes",
    ClientGone: "{0.router} {0.line}: the client is gone",
    SnmpSet: "{0.router}: {0.principal.name!r} at {0.principal.peer} set variables by SNMP",
    SnmpRefused: "{0.router}: SNMP of {0.peer} refused",
    SnmpCounted: "{0.router}: SNMP messages counted",
    AgentAsked: "{0.router}: {0.user!r} at {0.peer} asked the license agent",
    AgentCounted: "{0.router}: messages of the license agent counted",
    BenchTyped: "bench: {typed}",
    BenchInterrupted: "bench: Ctrl-C",
    PortalAsked: "portal: {0.operation} by {0.account}",
    CallReceived: "call home: {0.call.operation} from {0.call.device}",
    ReplyReceived: "call home: an answer to {0.call}",
    LabFileStored: "file server: a client stored {0.name}, {0.size} bytes",
    LettersPosted: "mail: letters of the portal are under way",
    CallsCarried: "call home: over a real network from now on, or no longer",
    AddressesGiven: "network: the routers have addresses on this machine",
    Reopened: "the world was closed and opened again",
}


def in_words(what: WorldInput) -> str:
    """Describe an input for a list that people read."""
    text = what.text if isinstance(what, LineTyped | BenchTyped) else ""
    return WORDS[type(what)].format(what, typed=_typed(text))


_CONTROL = re.compile(r"([\x00-\x1f\x7f])")
NAMED_KEYS = {
    "": "Return", " ": "Space", "\x1e": "Ctrl-^ x", "\t": "Tab", "\n": "Return", "\r": "Return", "\x1b": "Escape",
    "\x7f": "Delete",
}  # fmt: skip
"""Keys by what a line takes for them: an empty line is ended with Return, and Ctrl-^ x leaves a connection."""


def _typed(text: str) -> str:
    """Write what was typed: text in quotation marks, keys by their names (`'end' Ctrl-Z`)."""
    return " ".join(_key(each) for each in _CONTROL.split(text) if each) or NAMED_KEYS[""]


def _key(text: str) -> str:
    if text in NAMED_KEYS:
        return NAMED_KEYS[text]
    return f"Ctrl-{chr(ord(text) ^ 0x40)}" if _CONTROL.fullmatch(text) else repr(text)
