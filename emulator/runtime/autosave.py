"""A served world is saved now and then, so that a process that is killed loses seconds of its routers."""

import time

from emulator.runtime.held_world import HeldWorld

SAVED_EVERY = 5.0
"""Seconds between two saves, unless saving takes more than a twentieth of that."""

SAVING_SHARE = 20


class Saver:
    """Saves a world now and then, so that a process that is killed loses seconds and not hours of its routers."""

    def __init__(self, held: HeldWorld) -> None:
        self._held = held
        self._next = time.monotonic() + SAVED_EVERY

    def tick(self) -> None:
        """Save if it is time."""
        began = time.monotonic()
        if began < self._next:
            return
        self._held.save()
        ended = time.monotonic()
        self._next = ended + max(SAVED_EVERY, SAVING_SHARE * (ended - began))
