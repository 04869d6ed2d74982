"""No pace is faster than real time while a call over a real network is out, and an advance waits for it."""

import asyncio
import time
from concurrent.futures import Future

import pytest

from emulator.kernel.effects import Handler, Request, Wait
from emulator.kernel.time import DAY, SECOND
from emulator.sim.clock import SimClock
from emulator.sim.pacing import Rates, parse_pace
from emulator.sim.performer import Performance
from emulator.sim.timekeeper import Timekeeper
from emulator.transports.terminal.live_clock import LiveTime

OUT = 0.3
"""Seconds that the call is out."""


class Silent:
    """A screen that shows nothing."""

    def say(self, _text: str) -> None: ...

    def pause(self) -> None: ...

    def finished(self) -> None: ...


class Table:
    """A call that is out at another console, and an advance of a day at the bench."""

    def __init__(self) -> None:
        self.clock = SimClock()
        self.timekeeper = Timekeeper(self.clock, lambda _: None)
        self.answer: Future[str] = Future()
        self.call = self.perform("console", self.calling())

    def calling(self) -> Handler:
        yield Request(lambda: self.answer, SECOND)

    def advancing(self) -> Handler:
        yield Wait(DAY)

    def perform(self, key: str, handler: Handler) -> Performance:
        return Performance(self.clock, self.timekeeper, ("R1", key), handler, Silent())

    async def watch(self, rates: Rates, waited_for: Performance) -> int:
        """Let time pass until that is over, the answer coming in the middle; the value is the instant of the answer."""
        live = LiveTime(self.clock, rates)
        seen: list[int] = []

        def answer() -> None:
            seen.append(self.clock.now)
            self.answer.set_result("yes")

        asyncio.get_running_loop().call_later(OUT, answer)

        async def pause(delay: float) -> bool:
            await asyncio.sleep(delay)
            return True

        await live.wait(lambda: not waited_for.over, rates, pause)
        return seen[0]


@pytest.mark.parametrize("pace", ["max", "3600", "", "1"])
def test_no_pace_is_faster_than_real_time_while_a_call_is_out(pace: str) -> None:
    table = Table()
    table.clock.run_to(SECOND)
    began = time.monotonic()
    answered = asyncio.run(table.watch(parse_pace(pace), table.call))
    assert answered - SECOND <= (time.monotonic() - began) * 1000
    assert table.call.over


def test_an_advance_begins_when_the_answer_is_there() -> None:
    table = Table()
    table.clock.run_to(SECOND)
    advance = table.perform("bench", table.advancing())
    answered = asyncio.run(table.watch(parse_pace("max"), advance))
    assert answered < 3 * SECOND, "not a day"
    assert (table.call.over, advance.over) == (True, True)
    assert table.clock.now == DAY + SECOND


def test_a_call_that_begins_in_the_middle_of_an_advance_stops_it() -> None:
    table = Table()
    advance = table.perform("bench", table.advancing())
    answered = asyncio.run(table.watch(parse_pace("max"), advance))
    assert SECOND <= answered < 3 * SECOND
    assert table.clock.now == DAY


def test_an_idle_world_at_a_fast_pace_slows_down(monkeypatch: pytest.MonkeyPatch) -> None:
    async def idle() -> float:
        table = Table()
        table.clock.run_to(SECOND)
        live = LiveTime(table.clock, parse_pace("3600"))
        began = time.monotonic()
        asyncio.get_running_loop().call_later(OUT, table.answer.set_result, "yes")
        await live.idle(lambda: not table.call.over, lambda: None)
        return (table.clock.now - SECOND) / 1000 / (time.monotonic() - began)

    assert asyncio.run(idle()) <= 1.0
