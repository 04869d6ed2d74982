"""Simulated time beside a live prompt.

Between two prompts the simulation is stepped in slices of at most 20 ms of real work, so that keys are heard; an idle
world wakes up at its next event, but not more than ten times a second nor less than once. Time stops at the very
instant at which what was waited for has happened. While a call over a real network is out, no pace is faster than
real time; nor is an idle pace while somebody logs in, who has thirty seconds for an answer.
"""

import asyncio
import contextlib
import math
import time
from collections.abc import Awaitable, Callable

from emulator.kernel.time import SECOND, Instant
from emulator.sim.clock import SimClock
from emulator.sim.pacing import Pace, Rates, Warp

SLICE = 0.02
SHORTEST, LONGEST = 0.1, 1.0
WAIT_TICK = 0.04


class LiveTime:
    """Makes the time of one world pass."""

    def __init__(self, clock: SimClock, rates: Rates) -> None:
        self._clock = clock
        self.rates = rates
        self._idle, self._real = Pace(rates.idle), Pace(1.0)
        self._seen = time.monotonic()
        self._nudged = asyncio.Event()
        self.logging_in: Callable[[], bool] = lambda: False
        """Function that tells whether a name or a password is asked for at a line."""

    def set_rates(self, rates: Rates) -> None:
        """Another pace from now on."""
        self.rates, self._idle = rates, Pace(rates.idle)
        self.nudge()

    def nudge(self) -> None:
        """Have `idle` look at once whether it is still wanted."""
        self._nudged.set()

    def restart(self) -> None:
        """Real time that has passed until now does not count."""
        self._seen = time.monotonic()

    async def catch_up(self, wanted: Callable[[], bool]) -> None:
        """Let pass what is due at the idle pace, as long as `wanted` holds."""
        pace = self._pace
        await self._run_to(self._clock.now + pace.elapsed(self._lapse()), wanted, pace.rate)

    def pass_quietly(self) -> bool:
        """Let pass what is due at the idle pace, unless something is to happen meanwhile; says whether it did."""
        pace = self._pace
        due = (time.monotonic() - self._seen) * SECOND * pace.rate + 1
        if self._clock.env.peek() <= self._clock.now + due:
            return False
        self._clock.run_to(self._clock.now + pace.elapsed(self._lapse()))
        return True

    @property
    def _pace(self) -> Pace:
        """Pace of an idle world now."""
        slowed = self._idle.rate > 1 and (self._clock.outside.out or self.logging_in())
        return self._real if slowed else self._idle

    async def idle(self, wanted: Callable[[], bool], tick: Callable[[], None]) -> None:
        """Run at the idle pace until something has happened after which `wanted` no longer holds."""
        while wanted():
            await self._rest()
            if self.rates.idle:
                await self.catch_up(wanted)
                tick()

    async def wait(self, busy: Callable[[], bool], rates: Rates, pause: Callable[[float], Awaitable[bool]]) -> None:
        """Run while something goes on; `pause` lets keys in for so long and tells whether to go on."""
        warp = Warp(rates)
        self.restart()
        while busy():
            if self._clock.outside.out and warp.rate > 1:
                await self._run_to(self._clock.now + self._real.elapsed(self._lapse()), busy, self._real.rate)
                delay = WAIT_TICK
            elif math.isinf(warp.rate):
                self._seen = time.monotonic()
                await self._run_to(math.inf, busy, math.inf, once=True)
                nothing_comes = busy() and math.isinf(self._to_next_event())
                delay = SHORTEST if nothing_comes else 0.0
            else:
                await self._run_to(self._clock.now + warp.elapsed(self._lapse()), busy, warp.rate)
                delay = min(max(self._to_next_event() / warp.rate, 0.001), WAIT_TICK)
            if busy() and not await pause(delay):
                break
        self.restart()

    async def _run_to(
        self, target: Instant | float, wanted: Callable[[], bool], rate: float, *, once: bool = False
    ) -> None:
        """Run at a rate; where that is faster than real time, only until an answer from outside is waited for."""
        clock = self._clock

        def goes_on() -> bool:
            return clock.now < target and wanted() and (rate <= 1 or not clock.outside.out)

        if wanted():
            clock.settle()
        while goes_on():
            limit = time.monotonic() + SLICE
            while goes_on() and time.monotonic() < limit:
                instant = min(target, clock.env.peek())
                if math.isinf(instant):
                    return
                clock.run_to(int(instant))
            if once:
                return
            await asyncio.sleep(0)

    async def _rest(self) -> None:
        """Sleep until the next event, for a while at most, or until nudged; for ever where no time passes."""
        rate = self.rates.idle
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(max(self._to_next_event() / rate, SHORTEST), LONGEST) if rate else None):
                await self._nudged.wait()
        self._nudged.clear()

    def _to_next_event(self) -> float:
        """Simulated seconds."""
        return float(self._clock.env.peek() - self._clock.now) / SECOND

    def _lapse(self) -> float:
        seen, self._seen = self._seen, time.monotonic()
        return self._seen - seen
