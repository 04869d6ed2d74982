"""Traps that wait because no way leads to their manager: a bounded queue for each, and a bounded number of tries."""

import asyncio
from collections import defaultdict
from collections.abc import Callable

from emulator.router.network.snmp_hosts import TrapSettings

SECONDS = 1.0
"""Real time of a second of the configuration."""

Queue = tuple[str, str]
"""A router and the address of a manager."""


class WaitingTraps:
    """The queues of all routers of a world, in one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin with empty queues."""
        self._loop = loop
        self._timers: dict[Queue, set[asyncio.TimerHandle]] = defaultdict(set)

    def hold(self, queue: Queue, settings: TrapSettings, sent: Callable[[], bool]) -> None:
        """Try to send a trap again and again.

        Args:
            queue: where it waits; if that is full, the trap is dropped.
            settings: how many may wait there, how long and how often.
            sent: sends it, if there is a way now; tells whether that was its last try.
        """
        if settings.retry and len(self._timers[queue]) < settings.queue:
            self._wait(queue, settings.retry, settings.timeout * SECONDS, sent)

    def close(self) -> None:
        """Drop all of them."""
        for timers in self._timers.values():
            for timer in timers:
                timer.cancel()
        self._timers.clear()

    def _wait(self, queue: Queue, left: int, seconds: float, sent: Callable[[], bool]) -> None:
        def again() -> None:
            self._timers[queue].discard(timer)
            if not sent() and left > 1:
                self._wait(queue, left - 1, seconds, sent)

        timer = self._loop.call_later(seconds, again)
        self._timers[queue].add(timer)
