"""How interfaces print themselves: the lines that drivers have, and which of them each kind of interface has, as data.

`show interfaces` is written from these lines, and a capture of a real router is read by them. What one port prints
otherwise than its kind is a fact of the unit (`PortUnit`).
"""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from emulator.kernel.datafile import read_toml

OTHER_KIND = "made"
"""The kind of an interface that the configuration makes."""


class PortLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line; the text has its slots in braces."""

    text: str
    basis: Literal["C", "R", "I"]


class PortKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lines of one kind of interface, in their order, and its own texts for their slots."""

    layout: tuple[str, ...]
    basis: Literal["C", "R", "I"]
    texts: dict[str, str] = {}


class PortTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table.

    Attributes:
        slots: the form of slots that are neither numbers nor free text.
        texts: what a slot holds where neither kind nor port says otherwise.
    """

    slots: dict[str, str]
    lines: dict[str, PortLine]
    kinds: dict[str, PortKind]
    texts: dict[str, str]

    def kind(self, name: str) -> PortKind:
        """The kind of that name; of an interface that is not of the board: what is made."""
        return self.kinds.get(name, self.kinds[OTHER_KIND])


class PortUnit(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one port prints otherwise than its kind; `was_up`: the state of the link in which its duplex was seen."""

    layout: tuple[str, ...] | None = None
    texts: dict[str, str] = {}
    was_up: bool | None = None


@cache
def port_table() -> PortTable:
    """The table, read once."""
    return read_toml(Path(__file__).with_name("ports.toml"), PortTable)
