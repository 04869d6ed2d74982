"""The lines of a router as one of them sees them: what a command at a line does with the others."""

from collections.abc import Callable, Sequence
from typing import Protocol

from emulator.console.line.exec_state import ExecState
from emulator.console.line.line_place import LinePlace
from emulator.console.line.phases import LinePhase, Prompt
from emulator.kernel.effects import Handler
from emulator.kernel.time import Duration

CTRL_Z = "\x1a"
"""The character that ends a message or a text of several lines, where a question takes it."""


class Interpreter(Protocol):
    """The command line behind a line: parsing, help and completion in the mode that the line is in."""

    understood: bool
    """Whether the parser could make something of the last line."""

    def interpret(self, text: str, /) -> Handler | None:
        """The handler of a typed line; None for one that asks for nothing more."""

    def help(self, text: str, /) -> str:
        """The help for `?` typed after a text."""

    def complete(self, text: str, /) -> str:
        """The text as Tab completes it."""


class Line(Protocol):
    """One line in use or ready for use, as the commands at another line see it."""

    place: LinePlace
    exec: ExecState

    @property
    def phase(self) -> LinePhase:
        """Where it is in its life."""

    @property
    def busy(self) -> bool:
        """Whether something runs that asks nothing."""

    @property
    def idle(self) -> Duration:
        """For how long nothing was typed."""

    def notify(self, text: str, /) -> None:
        """Print a text that comes from elsewhere, as soon as nothing is being printed."""

    def clear(self) -> None:
        """End the session there."""


class RemoteLine(Protocol):
    """A line of another router, as the router sees it from which a person has connected to it."""

    @property
    def busy(self) -> bool:
        """Whether something runs that asks nothing."""

    @property
    def prompt(self) -> Prompt:
        """What is expected now."""

    def begin(self, output: Callable[[str], object], on_hang_up: Callable[[], object], /) -> None:
        """Begin the session, with where its text goes and whom to tell when it ends."""

    def submit(self, text: str, /) -> None:
        """Take a line, or a key."""

    def hang_up(self) -> None:
        """End the session."""


class RemoteLines(Protocol):
    """The lines of another router."""

    def connect(self, peer: str, protocol: str, user: str | None = None, privilege: int | None = None, /) -> RemoteLine:
        """Open a virtual terminal line for a client that is a router."""

    def verify(self, user: str, password: str, peer: str, protocol: str, /) -> int | None:
        """The level at which a name and password let a client in; None where they do not."""


class LineTable(Protocol):
    """All lines of a router."""

    def elsewhere(self, address: str, /) -> RemoteLines | None:
        """The lines of the router that has that address, where a route leads there."""

    @property
    def paused(self) -> bool:
        """Whether no line idles: the bench lets much time pass at once."""

    @property
    def in_use(self) -> Sequence[Line]:
        """Con 0 and every open line, by their absolute numbers."""

    def find(self, tty: int, /) -> Line | None:
        """The line in use with that absolute number."""

    def uses(self, tty: int, /) -> int:
        """How many sessions a line has had in this boot."""

    def released(self, line: Line, /) -> None:
        """Take note that a line is free again."""
