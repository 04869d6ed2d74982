"""Messages between a page and the session that it shows: JSON, one message a frame."""

from typing import Annotated

import msgspec

MOST_KEYS = 8192
"""Characters of one message; a page sends what is pasted in pieces."""

LARGEST_MESSAGE = 8 * MOST_KEYS
"""Bytes of one message: each character may be written as an escape of six."""

PageExtent = Annotated[int, msgspec.Meta(ge=1, le=1000)]
"""Rows or columns of a page."""


class KeysTyped(msgspec.Struct, frozen=True, tag="keys", forbid_unknown_fields=True):
    """Keys; `number` counts the messages with keys of a page, and is told once all of them have been heard."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_KEYS)]
    number: Annotated[int, msgspec.Meta(ge=1, le=2**53)]


class PageSized(msgspec.Struct, frozen=True, tag="size", forbid_unknown_fields=True):
    """Size of the page in characters."""

    rows: PageExtent
    columns: PageExtent


class BreakSent(msgspec.Struct, frozen=True, tag="break", forbid_unknown_fields=True):
    """A break signal, which a console port passes on."""


FromPage = KeysTyped | PageSized | BreakSent


class LineOpened(msgspec.Struct, frozen=True, tag="opened"):
    """The beginning of what a page is told.

    Attributes:
        line: name of the line: `con 0`, `vty 3`, `bench`.
        anew: what was shown before is not part of this session.
        powered: what is at the other end has power; a router without it answers no key.
    """

    line: str
    anew: bool
    powered: bool = True


class LineShown(msgspec.Struct, frozen=True, tag="screen"):
    """The state of the line.

    Attributes:
        text: rows that have been finished since the last state.
        at: place in all that was printed, behind this text.
        prompt, line, cursor: the last row: what was printed there, what is typed behind it, and the cursor in it.
        echo: what is typed is shown.
        heard: number of the last message with keys that has been taken as a whole.
        bell: the bell has rung.
        asks: a line or an answer is waited for; else the row is still being printed.
    """

    text: str
    at: int
    prompt: str
    line: str
    cursor: int
    echo: bool
    heard: int
    bell: bool
    asks: bool


class LineWatched(msgspec.Struct, frozen=True, tag="watched"):
    """Number of pages that watch this session."""

    pages: int


class LineStopped(msgspec.Struct, frozen=True, tag="stopped"):
    """The line takes no keys for now, and drops those that come; or it takes them again."""

    stopped: bool


class PageEnded(msgspec.Struct, frozen=True, tag="ended"):
    """The end of the session for this page.

    Attributes:
        told: why.
        take: the page may ask anew, to take the session over.
    """

    told: str
    take: bool = False


ToPage = LineOpened | LineShown | LineWatched | LineStopped | PageEnded
