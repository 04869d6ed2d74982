"""The words that may follow the target of `ping` and `traceroute`, in any order: `repeat 3 size 1500 source vlan 1`.

R: the words and their ranges; each is given once. A source is an address or an interface, in one word or two.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from emulator.console.arguments.interfaces import InterfaceType
from emulator.grammar import COMPLETE, VIABLE, ArgumentType, Choices, IPv4Address, Match, Number


class ProbeOption(msgspec.Struct, frozen=True):
    """An option: its help, and the types of the words behind it."""

    help: str
    takes: tuple[ArgumentType, ...] = ()


class SourceType(ArgumentType):
    """An address or an interface."""

    def placeholder(self, _context: Any, /) -> str:
        return "A.B.C.D"

    def match(self, token: str, context: Any, /) -> Match:
        found = IPv4Address().match(token, context)
        return found if found.complete else InterfaceType().match(token, context)

    def value(self, token: str, context: Any, /) -> str:
        return token if IPv4Address().match(token, context).complete else InterfaceType().value(token, context)


PING_OPTIONS = {
    "data": ProbeOption("specify data pattern", (ArgumentType(),)),
    "df-bit": ProbeOption("enable do not fragment bit in IP header"),
    "repeat": ProbeOption("specify repeat count", (Number(1, 2147483647),)),
    "size": ProbeOption("specify datagram size", (Number(36, 18024),)),
    "source": ProbeOption("specify source address or name", (SourceType(),)),
    "timeout": ProbeOption("specify timeout interval", (Number(0, 3600),)),
    "validate": ProbeOption("validate reply data"),
}
TRACE_OPTIONS = {
    "numeric": ProbeOption("display numeric address"),
    "port": ProbeOption("specify port number", (Number(0, 65535),)),
    "probe": ProbeOption("specify number of probes per hop", (Number(1, 65535),)),
    "source": ProbeOption("specify source address or name", (SourceType(),)),
    "timeout": ProbeOption("specify time out", (Number(1, 3600),)),
    "ttl": ProbeOption("specify minimum and maximum ttl", (Number(1, 255), Number(1, 255))),
}
ProbeValues = dict[str, list[Any]]

_WORD = re.compile(r"(?:(?<=\s)|^)[A-Za-z-]+\s+\d\S*|\S+")


class _Reading(msgspec.Struct):
    """Options as far as they were read: what the next word must be, and where the first wrong one stands."""

    values: ProbeValues = {}
    pending: tuple[ArgumentType, ...] = ()
    wrong: int | None = None
    viable: bool = False


class ProbeOptionsType(ArgumentType):
    """Options in any order; the handler receives the values of each by its name."""

    rest = True

    def __init__(self, options: Mapping[str, ProbeOption]) -> None:
        self._options = options

    def match(self, token: str, context: Any, /) -> Match:
        read = self._read(token, context)
        if read.wrong is not None:
            return VIABLE if read.viable else Match(acceptable=read.wrong)
        return VIABLE if read.pending else COMPLETE

    def value(self, token: str, context: Any, /) -> ProbeValues:
        return self._read(token, context).values

    def entries(self, text: str, context: Any, /) -> Choices | None:
        """List the words that may stand where the text ends."""
        before, _, begun = text.rpartition(" ")
        read = self._read(before, context)
        if read.pending:
            name = [*read.values][-1]
            return [(read.pending[0].placeholder(context), self._options[name].help)]
        options = sorted(self._options.items())
        return [(name, each.help) for name, each in options if name not in read.values and name.startswith(begun)]

    def _read(self, token: str, context: Any) -> _Reading:
        read, at = _Reading({}), 0
        while word := _next(token, at, whole=not (read.pending and isinstance(read.pending[0], SourceType))):
            start, text = word
            if read.pending:
                kind, *rest = read.pending
                found = kind.match(re.sub(r"\s+", "", text), context)
                if not found.complete:
                    read.wrong, read.viable = start, found.viable and start + len(text) == len(token)
                    return read
                [*read.values.values()][-1].append(kind.value(re.sub(r"\s+", "", text), context))
                read.pending = tuple(rest)
            else:
                names = [name for name in self._options if name.startswith(text.lower()) and name not in read.values]
                if len(names) != 1:
                    read.wrong, read.viable = start, bool(names) and start + len(text) == len(token)
                    return read
                read.values[names[0]] = []
                read.pending = self._options[names[0]].takes
            at = start + len(text)
        return read


def _next(token: str, at: int, *, whole: bool) -> tuple[int, str] | None:
    """Next word and its place; where an interface is expected, its number may stand apart."""
    found = (re.compile(r"\S+") if whole else _WORD).search(token, at)
    return None if found is None else (found.start(), found.group())
