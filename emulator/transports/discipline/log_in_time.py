"""Real time during log-ins: for how long a client that is asked who it is may hold up a faster pace.

Rule (I): a world that runs faster runs in real time while somebody logs in, who has thirty seconds for an answer.
Clients that never come in would hold it up for ever, so they may for two minutes, and for three seconds more in each
minute in which nobody logs in; whoever comes in gets the time back.
"""

import time
from collections.abc import Callable

AT_ONCE = 120.0
"""Seconds for which log-ins may hold up a world at once."""

SHARE = 0.05
"""Part of the time without log-ins for which they may hold it up again."""


class LogInTime:
    """The time that log-ins hold up one world."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without a log-in; `clock` gives seconds that never go backwards."""
        self._clock, self._at = clock, clock()
        self._left = AT_ONCE
        self._since: dict[object, float] = {}

    def __contains__(self, client: object) -> bool:
        """Tell whether a client is asked who it is."""
        return client in self._since

    @property
    def slows(self) -> bool:
        """Tell whether a log-in goes on for which time runs slower."""
        if not self._since:
            return False
        self._count()
        return self._left > 0

    def begin(self, client: object) -> None:
        """Note that a client is asked who it is."""
        if client not in self._since:
            self._count()
            self._since[client] = self._at

    def end(self, client: object, *, came_in: bool) -> None:
        """Note that a client has come in or is gone."""
        if client in self._since:
            self._count()
            since = self._since.pop(client)
            if came_in:
                self._left = min(AT_ONCE, self._left + self._at - since)

    def _count(self) -> None:
        now = self._clock()
        passed, self._at = now - self._at, now
        self._left = max(0.0, self._left - passed) if self._since else min(AT_ONCE, self._left + SHARE * passed)
