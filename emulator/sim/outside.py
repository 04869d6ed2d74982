"""Inputs from outside the simulation, when they come: answers over a real network, acts of other threads.

While an answer is out, simulated time runs at most as fast as real time, and whoever runs as fast as possible stands
still. What comes takes effect at the instant at which it is handed over, after everything that was due then, as any
other input.
"""

from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

import simpy

from emulator.kernel.effects import Pending


class Outside:
    """The passage between the simulation and other threads: everything is handed over in the clock's thread."""

    def __init__(self, env: simpy.Environment) -> None:
        self._env = env
        self._expected: dict[int, tuple[Pending[Any], simpy.Event]] = {}
        self.come: Callable[[Pending[Any], Any], object] = lambda _answer, _value: None
        """Function that is told of each answer in the clock's thread, before it takes effect."""
        self._come: SimpleQueue[Callable[[], None]] = SimpleQueue()

    @property
    def out(self) -> bool:
        """Tell whether an answer is expected."""
        return bool(self._expected)

    def expect(self, answer: Pending[Any]) -> simpy.Event:
        """Create the event on which a process waits for an answer; it yields the answer or raises the failure."""
        event = self._env.event()
        self._expected[id(answer)] = (answer, event)
        answer.add_done_callback(lambda come: self._come.put(lambda: self._answered(come)))
        return event

    def forget(self, answer: Pending[Any]) -> None:
        """Give up waiting for an answer; should it come, it is ignored."""
        self._expected.pop(id(answer), None)
        answer.cancel()

    def post(self, act: Callable[[], None]) -> None:
        """Queue a function to be called in the clock's thread; safe to call from any thread."""
        self._come.put(act)

    def deliver(self) -> None:
        """Hand over everything that has arrived; it takes effect as the clock is stepped."""
        while not self._come.empty():
            self._come.get()()

    def wait(self) -> None:
        """Block in real time until one of the expected answers has arrived."""
        expected = len(self._expected)
        while self._expected and len(self._expected) == expected:
            self._come.get()()

    def _answered(self, answer: Any) -> None:
        _, event = self._expected.pop(id(answer), (None, None))
        if event is None:
            return
        try:
            value = answer.result()
        except Exception as error:  # noqa: BLE001 - a mistake, to be raised where the answer was waited for
            event.fail(error)
        else:
            self.come(answer, value)
            event.succeed(value)
