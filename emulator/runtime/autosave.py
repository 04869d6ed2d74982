"""A served world is saved now and then, so that a process that is killed loses seconds of its routers.

A save that fails (a full disk, no file handles) ends nothing: it is told, shown to those who use the world, and tried
again, less often each time.
"""

import logging
import time
from collections.abc import Callable

from emulator.kernel.errors import Refused
from emulator.runtime.held_world import HeldWorld

LOG = logging.getLogger(__name__)

SAVED_EVERY = 5.0
"""Seconds between two saves, unless saving takes more than a twentieth of that."""

SAVING_SHARE = 20

SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds until a save that failed is tried again."""


class Saver:
    """Saves a world now and then, so that a process that is killed loses seconds and not hours of its routers."""

    def __init__(self, held: HeldWorld, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin, with the first save after a while.

        Args:
            held: the world.
            clock: seconds that never go backwards.
        """
        self._held, self._clock = held, clock
        self._next = clock() + SAVED_EVERY
        self._pause = 0.0

    def tick(self) -> None:
        """Save if it is time."""
        began = self._clock()
        if began < self._next:
            return
        try:
            self._held.save()
        except Refused as error:
            self._pause = min(2 * self._pause, LONGEST_PAUSE) or SHORTEST_PAUSE
            self._next = began + self._pause
            LOG.warning("%s; it is tried again", error)
            return
        if self._pause:
            self._pause = 0.0
            LOG.warning("the world is saved again")
        ended = self._clock()
        self._next = ended + max(SAVED_EVERY, SAVING_SHARE * (ended - began))
