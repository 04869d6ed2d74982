"""Room that is shared out among many owners: a flood by one displaces nothing that belongs to others.

Rule (I): an owner who has more than its share loses its own oldest. Where all together have too much, the one that
has most loses its oldest, so whoever keeps little keeps it.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

import msgspec

from emulator.transports.web.problems import Busy

Value = TypeVar("Value")


class _Kept(msgspec.Struct, Generic[Value]):
    owner: str
    value: Value
    weight: int


class Shares(Generic[Value]):
    """Values by their keys, the least recently used of an owner first; used by many threads at once."""

    def __init__(
        self,
        most_each: int,
        most: int,
        weight: Callable[[Value], int] = lambda _: 1,
        dropped: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Begin empty.

        Args:
            most_each: weight that one owner may keep.
            most: weight that all may keep together.
            weight: of a value, when it is put in; 1 unless told otherwise.
            dropped: told the key of each value that is let go, by the thread that lets it go.
        """
        self._most_each, self._most, self._weight, self._dropped = most_each, most, weight, dropped
        self._kept: dict[str, _Kept[Value]] = {}
        self._order: dict[str, OrderedDict[str, None]] = {}
        self._weights: dict[str, int] = {}
        self._lock = Lock()

    def get(self, key: str) -> Value | None:
        """The value under a key, which is then the one of its owner that was used last; None where there is none."""
        with self._lock:
            if (kept := self._kept.get(key)) is None:
                return None
            self._order[kept.owner].move_to_end(key)
            return kept.value

    def put(self, owner: str, key: str, value: Value) -> None:
        """Keep a value, and let go of what is too much then; the value itself is never what goes."""
        with self._lock:
            weight = self._weight(value)
            self._kept[key] = _Kept(owner, value, weight)
            self._order.setdefault(owner, OrderedDict())[key] = None
            self._weights[owner] = self._weights.get(owner, 0) + weight
            while self._weights[owner] > self._most_each and len(self._order[owner]) > 1:
                self._drop(next(iter(self._order[owner])))
            while sum(self._weights.values()) > self._most:
                largest = max(self._weights, key=self._weights.__getitem__)
                if (oldest := next(iter(self._order[largest]))) == key:
                    break
                self._drop(oldest)

    def drop(self, key: str) -> None:
        """Let go of a value, if it is there."""
        with self._lock:
            if key in self._kept:
                self._drop(key)

    def of(self, owner: str) -> list[Value]:
        """Values that an owner keeps, the least recently used first."""
        with self._lock:
            return [self._kept[key].value for key in self._order.get(owner, ())]

    def all(self) -> list[tuple[str, Value]]:
        """Every key with its value."""
        with self._lock:
            return [(key, kept.value) for key, kept in self._kept.items()]

    def __len__(self) -> int:
        return len(self._kept)

    def _drop(self, key: str) -> None:
        kept = self._kept.pop(key)
        del self._order[kept.owner][key]
        self._weights[kept.owner] -= kept.weight
        self._dropped(key)
        if not self._order[kept.owner]:
            del self._order[kept.owner], self._weights[kept.owner]


class Budget:
    """Limit of an amount in use at one time, by one owner and by all; many threads may use it at once."""

    def __init__(self, most_each: int, most: int) -> None:
        self._most_each, self._most = most_each, most
        self._used: dict[str, int] = {}
        self._lock = Lock()

    @property
    def used(self) -> int:
        """Amount in use now, of all owners."""
        with self._lock:
            return sum(self._used.values())

    @contextmanager
    def reserved(self, owner: str, amount: int) -> Iterator[None]:
        """Use so much for a while.

        Raises:
            Busy: the owner, or all together, have too much in use.
        """
        with self._lock:
            own = self._used.get(owner, 0)
            if own + amount > self._most_each or sum(self._used.values()) + amount > self._most:
                raise Busy
            self._used[owner] = own + amount
        try:
            yield
        finally:
            with self._lock:
                self._used[owner] -= amount
                if not self._used[owner]:
                    del self._used[owner]
