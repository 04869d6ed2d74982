"""`exec-timeout`, `absolute-timeout`, `session-timeout` and the time for a log-in: a line whose time is over is closed.

A timed object in simulated time. Only a line with a terminal before it idles: while one is at the bench and lets
weeks pass, nothing idles (ours, DESIGN: bench jumps do not count). What runs and asks nothing is no idling: the idle
time begins when it has ended. The absolute time-out ends that too, and is told of twenty seconds before
(`logout-warning`; R, the words from a book on IOS). R: while a session at another host is open, `session-timeout`
counts in place of `exec-timeout`, and ends that session alone; 30 seconds for an answer of a log-in, and the words when
they are over.
"""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from emulator.console.line.exec_state import ExecState
from emulator.console.line.line_place import LinePlace
from emulator.console.line.line_table import LineTable
from emulator.console.line.phases import LinePhase, Prompt
from emulator.console.line.terminal import Terminal
from emulator.console.wording import wording
from emulator.kernel.events import Event
from emulator.kernel.time import Instant
from emulator.router.configuration import Block
from emulator.router.line_settings import absolute_timeout, exec_timeout, login_timeout, logout_warning, session_timeout


class TimedLine(Protocol):
    """A line as its time-outs see it."""

    terminal: Terminal
    exec: ExecState
    lines: LineTable
    place: LinePlace

    @property
    def phase(self) -> LinePhase:
        """Phase of the line."""

    @property
    def busy(self) -> bool:
        """Tell whether a command runs that asks nothing."""

    @property
    def prompt(self) -> Prompt:
        """Prompt that is shown now."""

    def write(self, text: str, /) -> None:
        """Print a text at the line."""

    def notify(self, text: str, /) -> None:
        """Print a text at once if possible, else when the command pauses."""

    def close_connections(self) -> None:
        """End the connections from the line."""

    def time_out(self) -> None:
        """Close the line."""


class LineTimeouts:
    """The time-outs of one line."""

    KIND: ClassVar = "idle"
    """Kind under which the timekeeper has the time-outs of con 0."""

    def __init__(self, line: TimedLine) -> None:
        self._line = line
        self.since: Instant = 0
        """Instant of the last input, at which a command ended, or at which a terminal was attached."""
        self.connected = False
        """True if the line had connections to other hosts when its deadline was last told."""
        self._warned: Instant | None = None
        """Beginning of the session that was told of the end of its time."""

    def next_deadline(self) -> Instant | None:
        """Instant at which the line will have idled or lasted too long; None without a limit."""
        line = self._line
        if not line.terminal.attended:
            return None
        match line.phase:
            case LinePhase.LOGIN:
                timeout = login_timeout(line.place.settings)
                return self.since + timeout if timeout else None
            case LinePhase.OPEN:
                settings = line.place.settings
                idles_until, lasts_until = self._idles_until(settings), self._lasts_until(settings)
                if lasts_until is None:
                    return idles_until
                ends = (idles_until, lasts_until, self._warned_at(settings, lasts_until))
                return min(end for end in ends if end is not None)
            case _:
                return None

    def advance(self, now: Instant) -> Sequence[Event]:
        """Close the line, unless a command runs there; the line publishes its own events."""
        line = self._line
        settings = line.place.settings
        lasts_until = self._lasts_until(settings)
        warned_at = None if lasts_until is None else self._warned_at(settings, lasts_until)
        if line.phase is LinePhase.OPEN and warned_at is not None and warned_at <= now:
            self._warned = line.exec.opened
            line.notify(wording("line.expires"))
        if line.phase is LinePhase.OPEN and lasts_until is not None and lasts_until <= now:
            line.time_out()
        elif line.busy or line.lines.paused:
            self.since = now
        elif (deadline := self.next_deadline()) is not None and deadline <= now:
            if line.phase is LinePhase.LOGIN:
                line.write(wording("login.expired", question=line.prompt.text.strip()))
            if line.exec.connections:
                self.since = now
                line.close_connections()
            else:
                line.time_out()
        return ()

    def _idles_until(self, settings: Block) -> Instant | None:
        self.connected = bool(self._line.exec.connections)
        by_session = self.connected or self._line.place.kind.reverse
        timeout = session_timeout(settings) if by_session else exec_timeout(settings)
        return self.since + timeout if timeout else None

    def _lasts_until(self, settings: Block) -> Instant | None:
        timeout = absolute_timeout(settings)
        return self._line.exec.opened + timeout if timeout else None

    def _warned_at(self, settings: Block, lasts_until: Instant) -> Instant | None:
        """Instant at which a session is told that its time will be over; None if it was."""
        opened = self._line.exec.opened
        return None if self._warned == opened else max(lasts_until - logout_warning(settings), opened)
