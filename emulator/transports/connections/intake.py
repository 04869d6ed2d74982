"""Limit on the content that clients send into a world: so much at once, and so much more as time goes by.

Rule (I): content that comes over the network is kept in the world's history for good, so whoever sends it without end
would fill the disk. The time is that of the host and is handed in.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

AT_ONCE = 64 << 20
"""Bytes that may come at once: as many whole files as are kept of a morning's upgrades."""

A_SECOND = 64 << 10
"""Bytes more in each second."""


FILE_OVERHEAD = 4 << 10
"""Bytes that a file counts beside its content, so that empty ones are bounded too."""

MOST_SENDERS = 10_000
"""Senders that are told apart; the one that sent something longest ago is forgotten first."""


class TooMuch(Exception):
    """The refusal of content beyond the limit; `seconds` until there is room for it."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too much was sent for now; try again in {seconds} seconds")
        self.seconds = seconds


class Intake:
    """The limit of one server or router; used by many threads at once."""

    def __init__(
        self, at_once: int = AT_ONCE, a_second: int = A_SECOND, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with nothing taken.

        Args:
            at_once: bytes that may come at once; content is no larger.
            a_second: bytes more in each second.
            clock: seconds that never go backwards.
        """
        self._at_once, self._a_second, self._clock = at_once, a_second, clock
        self._left, self._at = float(at_once), clock()
        self._lock = Lock()

    def take(self, size: int) -> None:
        """Count content of that size.

        Raises:
            TooMuch: there is no room for it now; nothing was counted.
        """
        with self._lock:
            now = self._clock()
            self._left = min(float(self._at_once), self._left + (now - self._at) * self._a_second)
            self._at = now
            if size > self._left:
                raise TooMuch(math.ceil((size - self._left) / self._a_second))
            self._left -= size

    def give_back(self, size: int) -> None:
        """Count content of that size no longer."""
        with self._lock:
            self._left = min(float(self._at_once), self._left + size)


class Intakes:
    """The limits of many senders, each with its own; used by many threads at once."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, at_once: int = AT_ONCE, a_second: int = A_SECOND
    ) -> None:
        """Begin with nothing taken.

        Args:
            clock: seconds that never go backwards.
            at_once: bytes that may come from a sender at once.
            a_second: bytes more in each second.
        """
        self._clock, self._at_once, self._a_second, self._lock = clock, at_once, a_second, Lock()
        self._of: OrderedDict[str, Intake] = OrderedDict()

    def take(self, sender: str, size: int) -> None:
        """Count content of a sender.

        Raises:
            TooMuch: there is no room for it now; nothing was counted.
        """
        self._intake(sender).take(size)

    def give_back(self, sender: str, size: int) -> None:
        """Count content of a sender no longer."""
        self._intake(sender).give_back(size)

    def _intake(self, sender: str) -> Intake:
        with self._lock:
            intake = self._of.setdefault(sender, Intake(self._at_once, self._a_second, self._clock))
            self._of.move_to_end(sender)
            while len(self._of) > MOST_SENDERS:
                self._of.popitem(last=False)
            return intake
