"""Counters of servers between two inputs of a world: what was counted becomes an input before any other one.

Rule (I): a request that only counts is no input by itself, or a poller would fill the history; so that a replay finds
the same figures at every later input, they are written down before it, and now and then. Inputs may come in any
thread.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import Any, Generic, Protocol, TypeVar

Key = TypeVar("Key", bound=Hashable)

TakingInput = Callable[[Any], AbstractContextManager[None]]
"""Context in which an input takes effect."""


class PendingCounts(Generic[Key]):
    """Counts by router that are no input yet; used by many threads at once."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._lock = Lock()
        self._counts: dict[str, Counter[Key]] = {}

    def add(self, router: str, counts: Mapping[Key, int]) -> None:
        """Count for a router; no counts at all are a reason to write down what else there is of it."""
        with self._lock:
            self._counts.setdefault(router, Counter()).update(counts)

    def of(self, router: str) -> Mapping[Key, int]:
        """Return what is counted for a router; the thread that counts may look at it until it counts again."""
        return self._counts.get(router, {})

    def take(self) -> dict[str, Counter[Key]]:
        """Return all counts, and begin anew."""
        with self._lock:
            counts, self._counts = self._counts, {}
            return counts


class CountedSink(Protocol):
    """The receiver of inputs of a world."""

    taking: TakingInput


class BeforeInputs:
    """Has servers write down what they have counted before any other input of a world.

    Attributes:
        writers: write down what is counted; each is given the context of its input.
    """

    def __init__(self, sink: CountedSink) -> None:
        """Get ready for the inputs of a world."""
        self._sink, self._taking = sink, sink.taking
        self.writers: list[Callable[[TakingInput], None]] = []

    @contextmanager
    def running(self) -> Iterator[None]:
        """Write down what is counted before every input, and at the end."""
        self._taking, self._sink.taking = self._sink.taking, self._take
        try:
            yield
        finally:
            self.write()
            self._sink.taking = self._taking

    def write(self) -> None:
        """Write down what is counted."""
        for writer in self.writers:
            writer(self._taking)

    def _take(self, what: Any) -> AbstractContextManager[None]:
        self.write()
        return self._taking(what)
