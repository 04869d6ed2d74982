"""Numbers that IOS writes by name: TCP and UDP ports, IP protocols, ICMP messages.

R: a port is written by the name that its own transport has for it: 514 is `cmd` in TCP and `syslog` in UDP. What has
no name stays a number. Left out: names that single releases added.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from emulator.grammar import COMPLETE, REFUSED, VIABLE, ArgumentType, Choices, Match
from emulator.kernel.datafile import read_toml
from emulator.kernel.forms import Text

HIGHEST_PORT = 65535

Port = Annotated[int, msgspec.Meta(ge=0, le=HIGHEST_PORT)]
Named = dict[Text, tuple[Port, Text]]
"""Number and help by name."""


class WellKnown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table of well-known numbers."""

    source: str
    tcp: Named
    udp: Named
    protocol: Named
    icmp: dict[Text, tuple[Text, Text]]


@cache
def well_known() -> WellKnown:
    """Return the numbers that have names."""
    return read_toml(Path(__file__).with_name("well_known.toml"), WellKnown)


def names_of(table: Mapping[str, tuple[int, str]]) -> dict[int, str]:
    """Map each number to the name that it is written by: the first that has it."""
    return {number: name for name, (number, _) in reversed(list(table.items()))}


@cache
def protocol_names() -> dict[int, str]:
    """Names of IP protocols by number."""
    return names_of(well_known().protocol)


@cache
def message_names() -> dict[str, str]:
    """Names of ICMP messages by `TYPE` or `TYPE CODE`."""
    return {number: name for name, (number, _) in well_known().icmp.items()}


class PortType(ArgumentType):
    """A port of some transports: a number, or a name that all of them have for it."""

    def __init__(self, *transports: str) -> None:
        self._transports = transports
        self._read: Named | None = None

    def placeholder(self, _context: object, /) -> str:
        return f"<0-{HIGHEST_PORT}>"

    def match(self, token: str, _context: object, /) -> Match:
        if token.isdecimal() and token.isascii():
            return COMPLETE if len(token) < 6 and int(token) <= HIGHEST_PORT else REFUSED
        fits = self._begun(token)
        if token.lower() in fits or len(fits) == 1:
            return COMPLETE
        return VIABLE if fits else REFUSED

    def value(self, token: str, _context: object, /) -> str:
        if token.isdecimal():
            number = int(token)
        else:
            fits = self._begun(token)
            number = self._named()[token.lower() if token.lower() in fits else fits[0]][0]
        return names_of(self._named()).get(number, str(number))

    def entries(self, text: str, context: object, /) -> Choices:
        """List the entries of `?`: the numbers, and every name that begins so."""
        numbers = [(self.placeholder(context), "Port number")] if not text or text.isdecimal() else []
        return [*numbers, *((name, self._named()[name][1]) for name in self._begun(text))]

    def _begun(self, token: str) -> list[str]:
        return [name for name in self._named() if name.startswith(token.lower())]

    def _named(self) -> Named:
        if self._read is None:
            first, *others = (getattr(well_known(), transport) for transport in self._transports)
            self._read = {
                name: told for name, told in first.items()
                if all(other.get(name, (None,))[0] == told[0] for other in others)
            }  # fmt: skip
        return self._read
