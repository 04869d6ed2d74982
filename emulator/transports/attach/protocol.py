"""Messages between the process that holds a world and a client that joins it: JSON, one message a line."""

from typing import Annotated, Literal

import msgspec

LINE_LIMIT = 1024 * 1024
"""Bytes of one message; a whole script may be piped in."""

LARGEST_WINDOW = 1000
"""Rows or columns of a terminal: what is drawn there takes memory with both of them."""

Extent = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_WINDOW)]
"""Rows or columns."""

ClientPlace = Literal["console", "bench"]
"""Place at which a client begins: a router's console, or the bench."""


class Opening(msgspec.Struct, tag="open", forbid_unknown_fields=True):
    """The request of a client.

    Attributes:
        place: what it was started as.
        router: whose console it opens; None: the first, or the bench.
        lines: typed one by one, after which the client leaves.
        piped: typed as from a pipe; with neither, a person is at a terminal.
        plain: no status line.
        redraws: a message stands above the line being typed.
        term: the kind of terminal.
        rows, columns: its size.
        directory: working directory of the client, for its relative paths; empty where it has none.
    """

    place: ClientPlace
    router: str | None = None
    lines: tuple[str, ...] | None = None
    piped: str | None = None
    plain: bool = False
    redraws: bool = False
    term: Annotated[str, msgspec.Meta(max_length=256)] = ""
    rows: Extent = 24
    columns: Extent = 80
    directory: Annotated[str, msgspec.Meta(max_length=4096)] = ""


class Keys(msgspec.Struct, tag="keys", forbid_unknown_fields=True):
    """Keys that were pressed at the client's terminal."""

    text: str


class Size(msgspec.Struct, tag="size", forbid_unknown_fields=True):
    """New size of the client's terminal."""

    rows: Extent
    columns: Extent


class Shown(msgspec.Struct, tag="show", forbid_unknown_fields=True):
    """Text to show at the client's terminal as it stands."""

    text: str


class Ended(msgspec.Struct, tag="end", forbid_unknown_fields=True):
    """End of the connection, with an exit status; `problem` is the reason for a refusal, or empty."""

    status: int
    problem: str = ""


FromClient = Opening | Keys | Size
FromHolder = Shown | Ended


def encoded(message: FromClient | FromHolder) -> bytes:
    """A message as a line."""
    return msgspec.json.encode(message) + b"\n"
