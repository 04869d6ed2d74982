"""The places for connections at one server: a bounded number, of which the longest idle one is given up first.

Rule (I): a server has so many places. A connection for which something is being done is never ended for another's sake;
where all places are taken, the one that has been idle for longest makes room. So whoever opens connections and says
nothing loses them to those who do say something, and an honest client is kept waiting by nobody.
"""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic


class Slot:
    """The place of one connection, which is idle at first; `evict` ends it."""

    def __init__(self, slots: "Slots", evict: Callable[[], object]) -> None:
        self._slots, self.evict = slots, evict

    def busy(self) -> None:
        """Mark the connection as busy, so that it is not ended to make room."""
        self._slots.mark(self, idle=False)

    def idle(self) -> None:
        """Mark the connection as waiting for its client."""
        self._slots.mark(self, idle=True)

    def free(self) -> None:
        """The connection is over; may be said more than once."""
        self._slots.free(self)


class SlotPair:
    """The places of one connection in two counts: at its server, and at what it came to."""

    def __init__(self, first: Slot, second: Slot) -> None:
        self._both = first, second

    def busy(self) -> None:
        """Mark the connection as busy in both."""
        for each in self._both:
            each.busy()

    def idle(self) -> None:
        """Mark the connection as waiting for its client in both."""
        for each in self._both:
            each.idle()


class Slots:
    """The places of one server."""

    def __init__(self, most: int, settled: float = 0.0, clock: Callable[[], float] = monotonic) -> None:
        """Begin with all places free.

        Args:
            most: connections at once.
            settled: seconds that a connection has to be idle before it makes room.
            clock: seconds.
        """
        self.most, self._settled, self._clock = most, settled, clock
        self._idle: OrderedDict[Slot, float] = OrderedDict()
        self._busy: set[Slot] = set()

    def __len__(self) -> int:
        return len(self._idle) + len(self._busy)

    @property
    def has_room(self) -> bool:
        """Tell whether a new connection gets a place."""
        return len(self) < self.most or self._makes_room()

    def take(self, evict: Callable[[], object]) -> Slot | None:
        """A place for a new connection; None where no other one makes room.

        Args:
            evict: ends the connection, at once or soon after.
        """
        if len(self) >= self.most and not (self._makes_room() and self.evict_longest_idle()):
            return None
        slot = Slot(self, evict)
        self._idle[slot] = self._clock()
        return slot

    def _makes_room(self) -> bool:
        """Tell whether the connection that has been idle for longest has been so for long enough."""
        since = next(iter(self._idle.values()), None)
        return since is not None and self._clock() - since >= self._settled

    def evict_longest_idle(self) -> bool:
        """End the connection that has been idle for longest; whether there was one."""
        if not self._idle:
            return False
        slot, _ = self._idle.popitem(last=False)
        slot.evict()
        return True

    def mark(self, slot: Slot, *, idle: bool) -> None:
        """Note whether the client of a place is waited for; one that is not taken any more stays so."""
        if idle and slot in self._busy:
            self._busy.remove(slot)
            self._idle[slot] = self._clock()
        elif not idle and slot in self._idle:
            del self._idle[slot]
            self._busy.add(slot)

    def free(self, slot: Slot) -> None:
        """Take a place back."""
        self._idle.pop(slot, None)
        self._busy.discard(slot)
