"""The connections that were opened from a session to other hosts: their numbers, and the one that was used last.

R: a connection has the lowest free number and keeps it; `resume`, `disconnect` and RETURN mean the one that was used
last, which `show sessions` marks.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from emulator.console.line.phases import Prompt
from emulator.kernel.time import Instant


class RemoteLine(Protocol):
    """A line of another router, as seen from the router from which a person has connected to it."""

    @property
    def busy(self) -> bool:
        """Tell whether a command runs that asks nothing."""

    @property
    def prompt(self) -> Prompt:
        """Prompt and kind of input that is expected now."""

    @property
    def configuring(self) -> bool:
        """Tell whether the line is in a mode that Ctrl-Z leaves."""

    @property
    def history(self) -> Sequence[str]:
        """Lines typed before, oldest first."""

    def begin(self, output: Callable[[str], object], on_hang_up: Callable[[], object], /) -> None:
        """Begin the session, with functions for its text and for its end."""

    def submit(self, text: str, /) -> None:
        """Take a line, or a key."""

    def interrupt(self) -> None:
        """Break off what goes on or is asked; at a prompt, leave configuration, as Ctrl-C does."""

    def end_configuration(self) -> None:
        """Leave the configuration modes, as Ctrl-Z does."""

    def help(self, text: str, /) -> str:
        """Return the help for `?` typed after a text."""

    def complete(self, text: str, /) -> str:
        """Complete a text as Tab does."""

    def client_gone(self) -> None:
        """End the session: the router that has connected to it is gone."""


class OutgoingConnection(Protocol):
    """A connection that was opened from a session to another host."""

    host: str
    """Name or address as it was typed."""

    address: str
    line: RemoteLine

    left: bool
    """True while the person is back at the session that it was opened from."""

    used: Instant
    """Instant at which it was last typed at."""

    @property
    def unread(self) -> int:
        """Number of characters that have come and were not shown yet."""

    def refresh(self) -> None:
        """Ask anew what the other router asks now, without an answer to what it asked."""

    def close(self) -> None:
        """End the connection, and take it off the list of the session."""


class Connections:
    """The connections of one session.

    Attributes:
        foreground: the connection that is typed at; None at the session's own prompt.
    """

    def __init__(self) -> None:
        self._open: dict[int, OutgoingConnection] = {}
        """Those that are open, by number; the one used last comes last."""
        self.foreground: OutgoingConnection | None = None

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[OutgoingConnection]:
        return (connection for _, connection in self.numbered())

    def numbered(self) -> list[tuple[int, OutgoingConnection]]:
        """List the connections with their numbers, in that order."""
        return sorted(self._open.items(), key=lambda item: item[0])

    def add(self, connection: OutgoingConnection) -> None:
        """List a connection that was opened."""
        number = next(each for each in range(1, len(self._open) + 2) if each not in self._open)
        self._open[number] = connection

    def remove(self, connection: OutgoingConnection) -> None:
        """Take a connection that has ended off the list."""
        self._open = {number: each for number, each in self._open.items() if each is not connection}

    def use(self, number: int) -> None:
        """Make a connection the one that was used last."""
        self._open[number] = self._open.pop(number)

    @property
    def last(self) -> int | None:
        """Number of the connection that was used last; None without any."""
        return next(reversed(self._open), None)

    def find(self, text: str) -> int | None:
        """Find the number of a connection by number, or by the name or address of its host; None for an unknown one."""
        if text.isdecimal():
            return int(text) if int(text) in self._open else None
        return next((number for number, each in self.numbered() if text in {each.host, each.address}), None)

    def __getitem__(self, number: int) -> OutgoingConnection:
        return self._open[number]
