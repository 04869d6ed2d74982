"""The users of SNMPv3 of a router, and the keys that their passwords become (RFC 3414, appendix A.2).

R: users are in no configuration; `write memory` keeps them in the private part of NVRAM, and a reload takes away what
was not saved. C: keys are localized, so that those of one router open no other. R: triple DES, and AES
with 192 and 256 bits, extend a key that is too short by localizing it once more. I: a user typed again is replaced.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from emulator.router.network.host import Host
from emulator.router.network.snmp_identity import engine_id
from emulator.router.snmp_user import SnmpUser, UserCipher, UserDigest

HASHES = {"md5": hashlib.md5, "sha": hashlib.sha1}
DIGEST_SIZES = {"md5": 16, "sha": 20}
KEY_SIZES: dict[UserCipher, int] = {"des": 16, "3des": 32, "aes128": 16, "aes192": 24, "aes256": 32}
"""Octets of the keys of each cipher; those of DES and triple DES hold the initial value as well."""

EXPANDED = 1 << 20
"""Octets to which a password is repeated before it is hashed."""


@lru_cache(maxsize=256)
def password_key(digest: UserDigest, password: bytes) -> bytes:
    """Return the key that a password becomes before it is localized; the same password is often typed at many routers.

    Args:
        digest: the algorithm.
        password: at least one octet.
    """
    repeated = password * (EXPANDED // len(password) + 1)
    return HASHES[digest](repeated[:EXPANDED]).digest()


def localized(digest: UserDigest, key: bytes, engine: bytes) -> bytes:
    """Return the key that a user has at one engine."""
    return HASHES[digest](key + engine + key).digest()


def authentication_key(digest: UserDigest, password: str, engine: str) -> bytes:
    """Return the localized key of an authentication password; `engine` in hexadecimal."""
    return localized(digest, password_key(digest, password.encode()), bytes.fromhex(engine))


def encryption_key(digest: UserDigest, cipher: UserCipher, password: str, engine: str) -> bytes:
    """Return the localized key of an encryption password; `engine` in hexadecimal."""
    key = authentication_key(digest, password, engine)
    if len(key) < KEY_SIZES[cipher]:
        key += localized(digest, password_key(digest, key), bytes.fromhex(engine))
    return key[: KEY_SIZES[cipher]]


class SnmpUsers:
    """The users of a running router."""

    def __init__(self, router: Host) -> None:
        self._router = router

    @property
    def every(self) -> Iterable[SnmpUser]:
        """All users, in the order in which they were made."""
        return self._router.running.snmp.users

    @property
    def own(self) -> list[SnmpUser]:
        """The users at the router's own engine; its ID may have changed since a user was made."""
        engine = engine_id(self._router)
        return [user for user in self.every if user.engine == engine]

    def find(self, name: str, engine: str) -> SnmpUser | None:
        """Return a user at an engine."""
        return next((user for user in self.every if (user.name, user.engine) == (name, engine)), None)

    def put(self, user: SnmpUser) -> None:
        """Add a user, or replace the one with that name at that engine."""
        self.remove(user.name, user.engine)
        running = self._router.running
        running.snmp.users = (*running.snmp.users, user)
        running.changed = True

    def remove(self, name: str, engine: str) -> bool:
        """Remove a user; returns False if there was none."""
        running = self._router.running
        kept = tuple(user for user in running.snmp.users if (user.name, user.engine) != (name, engine))
        removed = len(kept) < len(running.snmp.users)
        if removed:
            running.snmp.users, running.changed = kept, True
        return removed
