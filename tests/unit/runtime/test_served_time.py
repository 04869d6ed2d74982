"""Pace at which a served world waits: its own at a router, and none at a bench, where time was asked to be skipped."""

import asyncio
import math
from collections.abc import Awaitable, Callable

import pytest

from emulator.runtime.served_time import ServedTime
from emulator.sim.pacing import WARP, Rates, parse_pace
from emulator.transports.discipline.sessions import SessionScheduler, TerminalSession
from emulator.transports.terminal.live_clock import LiveTime
from tests.driver import world_of
from tests.unit.transports.discipline.fake_line import FakeLine


class Nowhere:
    """A client that looks at nothing."""

    def write(self, text: str, /) -> None: ...
    def close(self) -> None: ...
    def abort(self) -> None: ...
    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...


class NotedTime(LiveTime):
    """Time that notes at which rate it is waited for; the lines that wait are through at once."""

    def __init__(self, waiting: list[FakeLine], stopping: asyncio.Event) -> None:
        self.world = world_of("R1")
        super().__init__(self.world.clock, parse_pace("warp"))
        self._waiting, self._stopping = waiting, stopping
        self.rates_of_waits: list[float] = []

    async def wait(self, busy: Callable[[], bool], rates: Rates, pause: Callable[[float], Awaitable[bool]]) -> None:
        self.rates_of_waits.append(rates.wait)
        while busy():
            self._waiting.pop(0).busy = False
            await pause(0)
        if not self._waiting:
            self._stopping.set()


@pytest.mark.parametrize(
    ("benches", "rates"),
    [((False,), [WARP]), ((True,), [math.inf]), ((True, False), [math.inf, WARP]), ((True, True), [math.inf])],
)
def test_what_a_bench_waits_for_is_skipped_and_what_a_router_does_is_not(
    benches: tuple[bool, ...], rates: list[float]
) -> None:
    async def waited() -> list[float]:
        stopping, lines = asyncio.Event(), [FakeLine() for _ in benches]
        live = NotedTime(list(lines), stopping)
        scheduler = SessionScheduler(lambda: asyncio.sleep(0), lambda: True, live.world.clock.settle)
        time = ServedTime(live.world, live, scheduler, lambda: None)
        for line, at_bench in zip(lines, benches, strict=True):
            line.busy, line.skips_time = True, at_bench
            TerminalSession(line, Nowhere(), scheduler).begin()
        turns = asyncio.create_task(scheduler.run())
        while not scheduler.busy:
            await asyncio.sleep(0)
        await time.run(stopping)
        turns.cancel()
        return live.rates_of_waits

    assert asyncio.run(waited()) == rates
