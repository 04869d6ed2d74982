"""Everything that a front end does to the lines of a router, as plain values: what a replay of a world does again.

Help and completion change nothing and are not among them.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Literal

import msgspec

from emulator.console.ssh_agreement import SshAgreement


class LinesMade(msgspec.Struct, frozen=True, tag="lines"):
    """The lines of a router were first looked at: from then on they print what the router tells, and follow it."""

    router: str


class LineTyped(msgspec.Struct, frozen=True, tag="line", omit_defaults=True):
    """A line ended with RETURN at a line of a router, or the one key that was asked for.

    Attributes:
        look: it is a `show` command, which changes nothing, or empty.
    """

    router: str
    line: str
    text: str
    look: bool = False


class KeyPressed(msgspec.Struct, frozen=True, tag="key"):
    """A control key that takes effect by itself was pressed at a line of a router."""

    router: str
    line: str
    key: Literal["Ctrl-C", "Ctrl-Z", "break"]


class LineAttended(msgspec.Struct, frozen=True, tag="attended"):
    """A terminal was put before con 0, or taken away."""

    router: str
    there: bool


class LinePrepared(msgspec.Struct, frozen=True, tag="prepared"):
    """Con 0 was made ready for a script: no screen, perhaps no messages, open at privilege 15 where it was closed."""

    router: str
    messages: bool
    privileged: bool


class LineSized(msgspec.Struct, frozen=True, tag="sized"):
    """The client of a line told the size of its window."""

    router: str
    line: str
    rows: int
    columns: int


class ScreenTaken(msgspec.Struct, frozen=True, tag="no-screen"):
    """The screen of a line was taken away: from then on output never stops at `--More--`."""

    router: str
    line: str


class LogInTried(msgspec.Struct, frozen=True, tag="log-in"):
    """A client tried a name and password before it had a line."""

    router: str
    user: str
    password: str
    peer: str
    protocol: str


class ClientConnected(msgspec.Struct, frozen=True, tag="connected", omit_defaults=True):
    """A client asked for a virtual terminal line, and got one or was refused."""

    router: str
    peer: str
    protocol: str
    user: str | None = None
    privilege: int | None = None
    agreement: SshAgreement | None = None


class ClientServed(msgspec.Struct, frozen=True, tag="served"):
    """The client of a virtual terminal line was connected to it, and is shown its first text."""

    router: str
    line: str


class ClientGone(msgspec.Struct, frozen=True, tag="gone"):
    """The client of a line is gone, or a client at con 0 has finished."""

    router: str
    line: str


class FileStored(msgspec.Struct, frozen=True, tag="file"):
    """A client stored a file on a router.

    Attributes:
        url: the place, `flash:/a.lic`.
        size: the size in bytes; missing bytes of `content` are zeros.
    """

    router: str
    url: str
    content: bytes
    size: int


LineInput = (
    LinesMade
    | LineTyped
    | KeyPressed
    | LineAttended
    | LinePrepared
    | LineSized
    | ScreenTaken
    | LogInTried
    | ClientConnected
    | ClientServed
    | ClientGone
    | FileStored
)


class InputSink:
    """The receiver of inputs and output of a world and its lines, for a journal.

    Attributes:
        taking: the context in which an input takes effect; a journal records it there first.
        printed: called with each text that a line prints, whether a terminal is there or not, and the line.
    """

    def __init__(self) -> None:
        self.taking: Callable[[Any], AbstractContextManager[None]] = lambda _: nullcontext()
        self.printed: Callable[[str, str], object] = lambda _source, _text: None
