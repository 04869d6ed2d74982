"""The performer of effects: turns a command handler into a SimPy process.

The handler yields what it wants (`kernel/effects.py`); the performer says it, waits for it, or holds the question
until somebody answers. A dropped performance closes its handler at once: a power cut or a pulled line ends whatever
was going on between two steps, never inside one.
"""

from collections.abc import Generator
from typing import Any, Protocol

import simpy

from emulator.kernel.effects import Abandoned, Ask, AskKey, Handler, Pending, Request, Say, Wait
from emulator.kernel.time import Duration
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import OrderKey, Timekeeper


class Display(Protocol):
    """The output of a performance."""

    def say(self, text: str) -> None:
        """Print text."""

    def pause(self) -> None:
        """Note that the performance waits, for time or for an answer."""

    def finished(self) -> None:
        """Note that the performance has ended by itself; not called after a drop."""


class Performance:
    """A running handler."""

    def __init__(
        self, clock: SimClock, timekeeper: Timekeeper, key: OrderKey, handler: Handler, screen: Display
    ) -> None:
        self.question: Ask | AskKey | None = None
        """Question that waits for an answer."""
        self.last_words = ""
        """Text that it ends with when it is broken off now."""
        self.over = False
        self._handler, self._screen, self._env = handler, screen, clock.env
        self._clock, self._timekeeper, self._key = clock, timekeeper, key
        self._reply: simpy.Event | None = None
        self._out: Pending[Any] | None = None
        self._process = clock.process(self._perform())

    def answer(self, text: str) -> None:
        """Answer the question; the performance continues when the clock is next stepped."""
        if self._reply is None:
            raise RuntimeError("nothing was asked")
        reply, self._reply, self.question = self._reply, None, None
        reply.succeed(text)

    def drop(self) -> None:
        """End the performance here. Dropped from within its own step, it ends when that step does."""
        if self.over:
            return
        self.over, self.question = True, None
        if self._out is not None:
            self._clock.outside.forget(self._out)
        if self._env.active_process is not self._process:
            self._handler.close()

    def _time(self, duration: Duration) -> simpy.Event:
        return self._timekeeper.until(self._key, self._clock.now + duration)

    def _dropped(self) -> bool:
        """Tell whether the performance was dropped; checked after every step, which may have dropped it."""
        return self.over

    def _perform(self) -> Generator[simpy.Event, Any, None]:
        reply: Any = None
        while not self._dropped():
            try:
                effect = self._handler.send(reply)
            except StopIteration:
                break
            except Abandoned:
                self.over = True
                return
            if self._dropped():
                break
            reply = None
            match effect:
                case Say(text):
                    self._screen.say(text)
                case Ask() | AskKey():
                    self._screen.pause()
                    self.question, self._reply = effect, self._env.event()
                    reply = yield self._reply
                case Wait(duration, last_words):
                    self.last_words = last_words
                    self._screen.pause()
                    yield self._time(duration)
                    self.last_words = ""
                case Request(call, latency):
                    self._screen.pause()
                    yield self._time(latency)
                    if not self._dropped():
                        reply = call()
                    if isinstance(reply, Pending):
                        self._out = reply
                        reply = yield self._clock.outside.expect(reply)
                        self._out = None
        if self._dropped():
            self._handler.close()
        else:
            self.over = True
            self._screen.finished()
