"""Log-ins of call home: each call brings its password, which costs a tenth of a second to check.

A password that was accepted is remembered for a short while, as a keyed digest under a key of this process, together
with the mark of the password then: another password takes effect at once. What was refused is never remembered.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emulator.backend.service import LicensingService

REMEMBERED = 300.0
"""Time for which a right password is remembered, in seconds."""

MOST = 10_000


class LogIns:
    """Checks passwords; used by many threads at once."""

    def __init__(self, service: "LicensingService", clock: Callable[[], float]) -> None:
        """Begin with nothing remembered; `clock` gives seconds that never go backwards."""
        self._service, self._clock = service, clock
        self._key = secrets.token_bytes(32)
        self._accepted: OrderedDict[bytes, tuple[str, float]] = OrderedDict()
        self._lock = Lock()

    def accept(self, user: str, password: str) -> bool:
        """Tell whether this is the password of that user."""
        mark = self._service.accounts.password_mark(user)
        digest = self._digest(user, password)
        with self._lock:
            known = self._accepted.get(digest)
        if mark is not None and known is not None and known[0] == mark and self._clock() < known[1]:
            return True
        if not self._service.accounts.logs_in(user, password) or mark is None:
            return False
        with self._lock:
            self._accepted[digest] = (mark, self._clock() + REMEMBERED)
            self._accepted.move_to_end(digest)
            while len(self._accepted) > MOST:
                self._accepted.popitem(last=False)
        return True

    def _digest(self, user: str, password: str) -> bytes:
        text = f"{len(user)} {user} {password}".encode("utf-8", "surrogatepass")
        return blake2b(text, key=self._key, digest_size=32).digest()
