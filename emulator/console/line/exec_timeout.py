"""`exec-timeout`: a line on which nothing is typed for too long is closed.

A timed object in simulated time. Only a line that somebody sits before idles: while one is at the bench and lets
weeks pass, nothing is timed out (ours, DESIGN: bench jumps do not count). What runs and asks nothing is no idling.
"""

from collections.abc import Sequence
from typing import Protocol

from emulator.console.line.phases import LinePhase
from emulator.kernel.events import Event
from emulator.kernel.time import Instant
from emulator.router.access import line_access
from emulator.router.device import Router

KIND = "idle"


class AttendedLine(Protocol):
    """A line as far as idling goes."""

    attended: bool
    router: Router

    @property
    def phase(self) -> LinePhase:
        """Where it is in its life."""

    @property
    def busy(self) -> bool:
        """Whether something runs that asks nothing."""

    def time_out(self) -> None:
        """Close it: nothing was typed for too long."""


class ExecTimeout:
    """Watches one line."""

    def __init__(self, line: AttendedLine) -> None:
        self._line = line
        self.since: Instant = 0
        """When something was last typed, or somebody sat down."""

    def next_deadline(self) -> Instant | None:
        """When the line will have idled too long."""
        line = self._line
        if not line.attended or line.phase not in {LinePhase.OPEN, LinePhase.LOGIN}:
            return None
        timeout = line_access(line.router.configuration).timeout
        return self.since + timeout if timeout else None

    def advance(self, now: Instant) -> Sequence[Event]:
        """Close it, unless something runs there; the line publishes what is to be told."""
        if self._line.busy:
            self.since = now
        else:
            self._line.time_out()
        return ()
