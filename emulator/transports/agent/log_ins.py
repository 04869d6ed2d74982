"""Log-ins at the license agent: HTTP basic authentication against what the router's configuration has.

A hashed password takes a while to check, so one is checked at a time, apart from the loop that serves. One that was
right is remembered while it is used, as a keyed digest together with the password as it is stored: another password
takes effect at once. What was wrong is never remembered.

I: who is wrong too often waits, by address and by password, so that guesses neither succeed nor keep others waiting for
their check. From where a password was right, it is counted apart.
"""

import asyncio
import binascii
import secrets
import time
from base64 import b64decode
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b

from emulator.keys.passwords import is_right
from emulator.router.device import Router
from emulator.router.network.http_access import http_password
from emulator.transports.web.guard.attempts import LogInAttempts
from emulator.transports.web.guard.rate_limits import Rate
from emulator.transports.web.problems import TooOften

REMEMBERED = 300.0
"""Time for which a right password is remembered after its last use, in seconds."""

WRONG = Rate(10, 6.0)
"""Limit of wrong passwords at one router, from an address and for one password."""

MOST, LONGEST = 1_000, 512
"""Log-ins that are remembered, and octets of a name with its password."""


def credentials(header: str) -> tuple[str, str] | None:
    """Return name and password out of an `Authorization` header; None: there are none."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic" or len(encoded) > LONGEST:
        return None
    try:
        name, colon, password = b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon and "\0" not in password else None


class AgentLogIns:
    """Checks passwords, in one event loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing remembered; `clock` gives seconds that never go backwards."""
        self._clock, self._key = clock, secrets.token_bytes(32)
        self._right: OrderedDict[bytes, float] = OrderedDict()
        self._attempts: dict[str, LogInAttempts] = {}
        self._checking = asyncio.Lock()

    async def user(self, router: Router, client: str, header: str) -> str | None:
        """Return the user that the client at an address is at a running router; None: it is not let in.

        Raises:
            TooOften: too many passwords were wrong; this one was not looked at.
        """
        given = credentials(header)
        kept = http_password(router.configuration, given[0]) if given is not None else None
        if given is None or kept is None:
            return None
        name, password = given
        digest = self._digest(router.name, name, password, kept.kind, kept.text)
        if self._clock() >= self._right.get(digest, 0.0):
            attempts = self._attempts.setdefault(router.name, LogInAttempts(WRONG, self._clock))
            if seconds := attempts.take(kept.text, client):
                raise TooOften(seconds)
            async with self._checking:
                right = await asyncio.to_thread(is_right, password, kept.kind, kept.text)
            if not right:
                return None
            attempts.succeeded(kept.text, client)
        self._right[digest] = self._clock() + REMEMBERED
        self._right.move_to_end(digest)
        while len(self._right) > MOST:
            self._right.popitem(last=False)
        return name

    def _digest(self, *parts: str) -> bytes:
        text = "".join(f"{len(part)} {part}" for part in parts)
        return blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=32).digest()
