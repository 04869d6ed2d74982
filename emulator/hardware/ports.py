"""Printed lines of interfaces, as data: those that drivers have, and which of them each kind of interface has.

`show interfaces` is written from these lines, and a capture of a real router is read by them. What one port prints
otherwise than its kind is a fact of the unit (`PortUnit`).
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from emulator.hardware.platform import INTERFACE_KINDS, Platform
from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError, UnknownName

OTHER_KIND = "made"
"""Kind of an interface that neither the board nor a configuration is known to make."""

MADE_KINDS = {
    "Loopback": "loopback",
    "Tunnel": "tunnel",
    "Dialer": "dialer",
    "BVI": "bvi",
    "Virtual-Template": "virtual-template",
    "Virtual-PPP": "virtual-ppp",
    "Null": "null",
    "Vlan": "vlan",
}
"""Kinds of the interfaces that a configuration makes, by the beginning of their names."""

PART_KINDS = {"routed": "part", "ethernet": "ethernet-part", "atm": "atm-part"}
"""Kind of a sub-interface, by that of its interface."""


def kind_of_interface(platform: Platform, name: str) -> str:
    """Kind of an interface: that of the board's port, of a part of it, or what its name says."""
    whole, dot, _ = name.partition(".")
    for port in platform.interfaces:
        if whole == port.name or (":" in whole and whole in port.channels):
            return PART_KINDS.get(port.kind, OTHER_KIND) if dot else port.kind
    if dot:
        return OTHER_KIND
    return MADE_KINDS.get(name.rstrip("0123456789"), OTHER_KIND)


PORT_KINDS = tuple(dict.fromkeys((*INTERFACE_KINDS, *MADE_KINDS.values(), *PART_KINDS.values(), OTHER_KIND)))
"""All kinds that the table may describe."""

DOWN = "_down"
"""Ends the name of a text that stands in a slot while the link is down."""


class PortLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of output; the text has its slots in braces."""

    text: str
    basis: Basis


class PortKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lines of one kind of interface, in their order, and its own texts for their slots."""

    layout: tuple[str, ...]
    basis: Basis
    texts: dict[str, str] = {}


class PortTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table of port lines and kinds.

    Attributes:
        slots: the form of slots that are neither numbers nor free text.
        texts: the text of a slot where neither kind nor port has another.
    """

    slots: dict[str, str]
    lines: dict[str, PortLine]
    kinds: dict[str, PortKind]
    texts: dict[str, str]

    def kind(self, name: str) -> PortKind:
        """Return the kind of that name; for an interface that the board does not have, the kind of made ones."""
        return self.kinds.get(name, self.kinds[OTHER_KIND])


class PortUnit(msgspec.Struct, frozen=True, omit_defaults=True):
    """The output of one port that differs from its kind; `was_up` is the link state in which its duplex was seen."""

    layout: tuple[str, ...] | None = None
    texts: dict[str, str] = {}
    was_up: bool | None = None


@cache
def port_table() -> PortTable:
    """Table of port lines, read once."""
    return read_ports(Path(__file__).with_name("ports.toml"))


def read_ports(file: Path) -> PortTable:
    """The table of a file.

    Raises:
        DataFileError: the file is wrong, a kind has a line or text that there is not, or a form is not a pattern.
    """
    read = read_toml(file, PortTable)
    for key, problem in _problems(read):
        raise DataFileError(str(file), key, problem)
    return read


def _problems(table: PortTable) -> Iterator[tuple[str, str]]:
    known = {slot for line in table.lines.values() for slot in slots_of(line.text)}
    for slot, form in table.slots.items():
        try:
            re.compile(form)
        except re.error as error:
            yield f"slots.{slot}", f"is not a pattern: {error}"
    for name, kind in table.kinds.items():
        if name not in PORT_KINDS:
            yield f"kinds.{name}", str(UnknownName("kind", name, PORT_KINDS))
        for number, line in enumerate(kind.layout):
            if line not in table.lines:
                yield f"kinds.{name}.layout[{number}]", str(UnknownName("line", line, table.lines))
    named = [("slots", table.slots), ("texts", table.texts)]
    named += [(f"kinds.{name}.texts", kind.texts) for name, kind in table.kinds.items()]
    for where, texts in named:
        for slot in texts:
            if slot.removesuffix(DOWN) not in known:
                yield f"{where}.{slot}", str(UnknownName("slot", slot, known))


def slots_of(text: str) -> list[str]:
    """The slots of a line."""
    return re.findall(r"\{(\w+)\}", text)
