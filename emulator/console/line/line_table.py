"""The lines of a router as one of them sees them: what a command at a line does with the others."""

from collections.abc import Sequence
from typing import Protocol

from emulator.console.line.connections import RemoteLine
from emulator.console.line.exec_state import ExecState
from emulator.console.line.line_place import LinePlace
from emulator.console.line.phases import LinePhase
from emulator.kernel.effects import Handler
from emulator.kernel.time import Duration

CTRL_Z = "\x1a"
"""Character that ends a message or a text of several lines, where a question takes it."""


ESCAPE = "\x1e"
"""Ctrl-^, the answer of a person who leaves a connection to another host, which stays open."""


class Interpreter(Protocol):
    """The command line behind a line: parsing, help and completion in the mode that the line is in."""

    understood: bool
    """True if the parser understood the last line."""

    def interpret(self, text: str, /) -> Handler | None:
        """Return the handler of a typed line; None for one that needs none."""

    def help(self, text: str, /) -> str:
        """Return the help for `?` typed after a text."""

    def complete(self, text: str, /) -> str:
        """Complete a text as Tab does."""


class Line(Protocol):
    """A line in use or ready for use, as the commands at another line see it."""

    place: LinePlace
    exec: ExecState

    @property
    def phase(self) -> LinePhase:
        """Phase of the line."""

    @property
    def busy(self) -> bool:
        """Tell whether a command runs that asks nothing."""

    @property
    def idle(self) -> Duration:
        """Time since the last input, in milliseconds."""

    def notify(self, text: str, /) -> None:
        """Print a text from elsewhere, once no other text is being printed."""

    def clear(self) -> None:
        """End the session there."""


class RemoteLines(Protocol):
    """The lines of another router."""

    def connect(
        self, peer: str, protocol: str, hops: int, user: str | None = None, privilege: int | None = None, /
    ) -> RemoteLine:
        """Open a virtual terminal line for a client that is a router, so many hops from where its person is."""

    def connect_reverse(self, peer: str, port: int, /) -> RemoteLine:
        """Open the line that a TCP port leads to, for a client that is a router."""

    def verify(self, user: str, password: str, peer: str, protocol: str, /) -> int | None:
        """Level at which a name and password let a client in; None where they do not."""


class LineTable(Protocol):
    """All lines of a router."""

    def elsewhere(self, address: str, /) -> RemoteLines | None:
        """Return the lines of the router that has that address, where a route leads there."""

    @property
    def paused(self) -> bool:
        """Tell whether no line idles: the bench lets much time pass at once."""

    @property
    def in_use(self) -> Sequence[Line]:
        """List con 0 and every open line, by their absolute numbers."""

    def find(self, tty: int, /) -> Line | None:
        """Return the line in use with that absolute number, or None."""

    def uses(self, tty: int, /) -> int:
        """Number of sessions that a line has had in this boot."""

    def released(self, line: Line, /) -> None:
        """Note that a line is free again."""
