"""Limits on the rate of guesses: one bucket of tries for each client and for each account.

Rule (I): a wrong log-in or an unknown PAK takes a try out of the buckets of the client and of the account; an empty
bucket refuses, and fills up again with time. What succeeds costs nothing, so that a busy client is not slowed down.
The time is wall time and is handed in, since this belongs to the network and not to the simulated world.
"""

import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

import msgspec


class Rate(msgspec.Struct, frozen=True):
    """Limit of tries: a number at once, and one more each time that the seconds have passed."""

    tries: int
    seconds: float


class _Bucket(msgspec.Struct):
    left: float
    at: float


class Tries:
    """The buckets of one kind of guess; many threads may use them."""

    def __init__(self, rate: Rate, clock: Callable[[], float], most: int = 20_000) -> None:
        """Begin with full buckets.

        Args:
            rate: of each bucket.
            clock: seconds that never go backwards.
            most: buckets kept; the one that was used longest ago is forgotten first.
        """
        self._rate, self._clock, self._most = rate, clock, most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def take(self, keys: Sequence[str]) -> int:
        """Use up one try of each beforehand; else the whole seconds until that is possible, and none is used up."""
        with self._lock:
            if not (seconds := max(map(self._wait, keys))):
                self._use(keys)
            return seconds

    def wait(self, keys: Sequence[str]) -> int:
        """Whole seconds until all of these may try again; 0 means now."""
        with self._lock:
            return max(map(self._wait, keys))

    def failed(self, keys: Sequence[str]) -> None:
        """A try of each went wrong."""
        with self._lock:
            self._use(keys)

    def given_back(self, keys: Sequence[str]) -> None:
        """A try that was taken beforehand turned out well."""
        with self._lock:
            for key in keys:
                if key in self._buckets:
                    bucket = self._filled(key)
                    bucket.left = min(float(self._rate.tries), bucket.left + 1)

    def _use(self, keys: Sequence[str]) -> None:
        for key in keys:
            bucket = self._filled(key)
            bucket.left = max(0.0, bucket.left - 1)
            self._buckets[key] = bucket
            self._buckets.move_to_end(key)
        while len(self._buckets) > self._most:
            self._buckets.popitem(last=False)

    def _wait(self, key: str) -> int:
        missing = 1 - self._filled(key).left
        return math.ceil(missing * self._rate.seconds - 1e-9) if missing > 0 else 0

    def _filled(self, key: str) -> _Bucket:
        now = self._clock()
        if (bucket := self._buckets.get(key)) is None:
            return _Bucket(float(self._rate.tries), now)
        bucket.left = min(float(self._rate.tries), bucket.left + (now - bucket.at) / self._rate.seconds)
        bucket.at = now
        return bucket
