"""Two requests with the same key that come at the same time: the second waits for the answer of the first."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from emulator.backend.request_key import RequestKey


class KeyTurns:
    """Lets requests with the same key have their turns one after the other."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._turns: dict[tuple[str, str], tuple[Lock, int]] = {}

    @contextmanager
    def turn(self, key: RequestKey) -> Iterator[None]:
        """Wait until no other request with the key is under way, and keep others waiting meanwhile."""
        name = key.account, key.key
        with self._lock:
            lock, waiting = self._turns.get(name, (Lock(), 0))
            self._turns[name] = lock, waiting + 1
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, waiting = self._turns.pop(name)
                if waiting > 1:
                    self._turns[name] = lock, waiting - 1
