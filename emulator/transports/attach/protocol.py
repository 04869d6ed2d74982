"""What the process that holds a world and one that sits down at it say to each other: JSON, one message a line."""

from typing import Annotated, Literal

import msgspec

LINE_LIMIT = 1024 * 1024
"""Bytes of one message; a whole script may be piped in."""

LARGEST_WINDOW = 1000
"""Rows or columns of a terminal: what is drawn there takes memory with both of them."""

Extent = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_WINDOW)]
"""Rows or columns."""

Place = Literal["console", "bench"]
"""Place at which a visitor begins: a router's console, or the bench."""


class Opening(msgspec.Struct, tag="open", forbid_unknown_fields=True):
    """The request of a visitor.

    Attributes:
        place: what it was started as.
        router: at whose console it sits down; None: the first, or the bench.
        lines: typed one by one, after which the guest leaves.
        piped: typed as from a pipe; with neither, a person sits at a terminal.
        plain: no status line.
        term: the kind of terminal.
        rows, columns: its size.
        directory: where the guest is, from which its relative paths lead; empty where that is nowhere.
    """

    place: Place
    router: str | None = None
    lines: tuple[str, ...] | None = None
    piped: str | None = None
    plain: bool = False
    term: Annotated[str, msgspec.Meta(max_length=256)] = ""
    rows: Extent = 24
    columns: Extent = 80
    directory: Annotated[str, msgspec.Meta(max_length=4096)] = ""


class Keys(msgspec.Struct, tag="keys", forbid_unknown_fields=True):
    """Pressed by the guest."""

    text: str


class Size(msgspec.Struct, tag="size", forbid_unknown_fields=True):
    """The guest's window has another size now."""

    rows: Extent
    columns: Extent


class Shown(msgspec.Struct, tag="show", forbid_unknown_fields=True):
    """To be shown as it stands."""

    text: str


class Ended(msgspec.Struct, tag="end", forbid_unknown_fields=True):
    """The guest leaves with a status; `problem` is what it was refused for."""

    status: int
    problem: str = ""


FromGuest = Opening | Keys | Size
FromHolder = Shown | Ended


def encoded(message: FromGuest | FromHolder) -> bytes:
    """A message as a line."""
    return msgspec.json.encode(message) + b"\n"
