"""The one clock: a SimPy environment in whole milliseconds.

SimPy's `run(until=t)` stops before the events of `t` itself; here an instant is over only when everything that
happens at it has happened, so that an input typed at `t` finds the world after `t`'s events (DESIGN: inputs are
applied after all events of their instant).
"""

from collections.abc import Callable, Generator
from threading import RLock
from typing import Any

import simpy

from emulator.kernel.time import Duration, Instant
from emulator.sim.outside import Outside


class SimClock:
    """The clock of a world: holds the current instant and lets time pass."""

    def __init__(self, now: Instant = 0) -> None:
        self.env = simpy.Environment(initial_time=now)
        self.outside = Outside(self.env)
        self.turn = RLock()
        """Lock that is held while events happen; an act of another thread that has it comes between two of them."""

    @property
    def now(self) -> Instant:
        """The current instant."""
        return int(self.env.now)

    def process(self, generator: Generator[simpy.Event, Any, None]) -> simpy.Process:
        """Start a process; it runs its first step when the clock is next stepped."""
        return self.env.process(generator)

    def after(self, duration: Duration, act: Callable[[], None]) -> None:
        """Call `act` once, `duration` from now. The call cannot be canceled: `act` checks whether it still applies."""
        timeout = self.env.timeout(duration)
        assert timeout.callbacks is not None
        timeout.callbacks.append(lambda _: act())

    def settle(self) -> None:
        """Process everything that is due by now."""
        with self.turn:
            self.outside.deliver()
            while self.env.peek() <= self.env.now:
                self.env.step()

    @property
    def due(self) -> bool:
        """Tell whether more is to happen at this instant."""
        return self.env.peek() <= self.env.now

    @property
    def following(self) -> Instant | None:
        """Instant of the next event; None while none is to come."""
        following = self.env.peek()
        return None if following == float("inf") else int(following)

    def run_while(self, busy: Callable[[], bool]) -> None:
        """Let time pass, event by event, as long as `busy` holds and more is to come.

        Time stands still while an answer from outside is awaited.
        """
        while busy():
            following = self.env.peek()
            if self.outside.out and following > self.env.now:
                self.outside.wait()
            elif following == float("inf"):
                break
            else:
                self._step()
        self.settle()

    def run_to(self, instant: Instant) -> None:
        """Let time pass up to and including `instant`; answers that arrive from outside by then take effect."""
        with self.turn:
            self.outside.deliver()
            while self.env.peek() <= instant:
                self.env.step()
            if self.env.now < instant:
                self.env.run(until=instant)

    def _step(self) -> None:
        with self.turn:
            self.env.step()
