"""One keeper for everything that waits: evaluations, grace periods, letters in the post, boots, commands.

A timed object says when it next has something to say and says it when asked; it is no process of its own, so an idle
router costs a heap entry. A process that waits for an instant waits here too, so that one order holds for all: ties
are broken by the key under which an object is enrolled, the router's name and a kind, never by when that was.
"""

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from typing import Protocol

import simpy

from emulator.kernel.events import Event
from emulator.kernel.time import Instant
from emulator.sim.clock import SimClock


class TimedObject(Protocol):
    """An object that changes by itself as time passes."""

    def next_deadline(self) -> Instant | None:
        """Instant of the next change, or None."""

    def advance(self, now: Instant) -> Sequence[Event]:
        """Process everything that is due up to `now` and return its events; the next deadline is later."""


OrderKey = tuple[str, str]
"""Router and kind; the router is empty for objects of the world itself."""


class _WaitingProcess:
    """A process that waits for an instant, as a timed object."""

    def __init__(self, event: simpy.Event, instant: Instant) -> None:
        self._event, self._instant = event, instant

    def next_deadline(self) -> Instant | None:
        return None if self._event.triggered else self._instant

    def advance(self, _now: Instant) -> Sequence[Event]:
        self._event.succeed()
        return ()


class Timekeeper:
    """Keeper of timed objects: wakes them at their deadlines and publishes their events."""

    def __init__(self, clock: SimClock, publish: Callable[[Event], None]) -> None:
        self._clock, self._publish = clock, publish
        self._heap: list[tuple[Instant, OrderKey]] = []
        self._objects: dict[OrderKey, TimedObject] = {}
        self._due: dict[OrderKey, Instant] = {}
        self._armed: Instant | None = None

    def enrol(self, key: OrderKey, timed: TimedObject) -> None:
        """Keep an object under a key, which also orders it among others of the same instant; one object a key.

        An object without a deadline is not kept, so it must be enrolled again after a change.
        """
        deadline = timed.next_deadline()
        if deadline is None:
            self.dismiss(key)
        else:
            self._objects[key] = timed
            self._note(key, deadline)

    def dismiss(self, key: OrderKey) -> None:
        """Forget an object; a key that is not kept is ignored."""
        self._objects.pop(key, None)
        self._due.pop(key, None)

    def poke(self, key: OrderKey) -> None:
        """Ask an object for its deadline again, after a change."""
        deadline = self._objects[key].next_deadline()
        if deadline is None:
            self._due.pop(key, None)
        else:
            self._note(key, deadline)

    def _note(self, key: OrderKey, deadline: Instant) -> None:
        if self._due.get(key) != deadline:
            self._due[key] = deadline
            heappush(self._heap, (deadline, key))
            self._arm()

    def until(self, key: OrderKey, instant: Instant) -> simpy.Event:
        """Create the event on which a process waits for an instant; a new wait under the same key ends the earlier."""
        event = self._clock.env.event()
        self.enrol(key, _WaitingProcess(event, instant))
        return event

    def earliest(self, kind: str) -> Instant | None:
        """Earliest deadline among the objects of one kind; None without any."""
        return min((due for key, due in self._due.items() if key[1] == kind), default=None)

    def first(self, kind: str) -> tuple[Instant, OrderKey] | None:
        """The earliest deadline among the objects of one kind, and whose it is."""
        return min(((due, key) for key, due in self._due.items() if key[1] == kind), default=None)

    def _next_deadline(self) -> Instant | None:
        heap, due = self._heap, self._due
        while heap and due.get(heap[0][1]) != heap[0][0]:
            heappop(heap)
        return heap[0][0] if heap else None

    def _arm(self) -> None:
        """Have the clock wake the keeper for the earliest deadline, unless an earlier or equal wake-up is set."""
        deadline = self._next_deadline()
        if deadline is not None and (self._armed is None or deadline < self._armed):
            self._armed = deadline
            self._clock.after(max(deadline - self._clock.now, 0), self._wake)

    def _wake(self) -> None:
        """Serve everything due now; a wake-up that an earlier one has made obsolete finds nothing due."""
        now = self._clock.now
        heap, due, objects = self._heap, self._due, self._objects
        while heap and heap[0][0] <= now:
            deadline, key = heappop(heap)
            if due.get(key) != deadline:
                continue
            timed = objects[key]
            del due[key]
            for event in timed.advance(now):
                self._publish(event)
            if key not in due and objects.get(key) is timed:
                following = timed.next_deadline()
                if following is None:
                    del objects[key]
                else:
                    due[key] = following
                    heappush(heap, (following, key))
        if self._armed is not None and self._armed <= now:
            self._armed = None
        self._arm()
