"""A form that is sent twice is carried out once: a double click without a script, a page loaded anew, a slow answer.

Each such form is drawn with a key of its own. What is remembered is the key with all that was sent beside it, so
somebody who goes back and changes the form sends another one. The second of two that come at the same time waits for
the first.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from hashlib import sha256
from threading import Lock

LONGEST_KEY = 100


class Once:
    """The forms that one session has sent, and where each led."""

    def __init__(self, most: int = 50) -> None:
        """Remember so many forms; the oldest is forgotten first."""
        self._most = most
        self._led: OrderedDict[bytes, str] = OrderedDict()
        self._lock = Lock()

    def lead(self, form: bytes, carry_out: Callable[[], str]) -> tuple[str, bool]:
        """Address that a form leads to, and whether it was carried out before; after an error it was not."""
        with self._lock:
            if form in self._led:
                return self._led[form], True
            address = self._led[form] = carry_out()
            while len(self._led) > self._most:
                self._led.popitem(last=False)
            return address, False


def mark_of(address: str, fields: Iterable[tuple[str, str]]) -> bytes:
    """Hash by which a form is remembered."""
    return sha256(repr((address, sorted(fields))).encode("utf-8", "surrogatepass")).digest()
