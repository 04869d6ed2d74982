"""Passwords of users, by which people log in to the pages. The records have salted scrypt hashes alone.

I: who manages users gives them their first passwords; each may change the own one. A user without a password comes in
by tokens alone, as programs do.
"""

import secrets
from hashlib import scrypt
from hmac import compare_digest

from emulator.kernel.errors import Refused, UnknownName
from emulator.manager.context import ManagerContext
from emulator.manager.roles import ManagerAction
from emulator.manager.store.records import ManagerRecords

LEAST, MOST = 8, 200
"""Characters of a password."""

SALT_SIZE = 16
"""Random bytes in each hash."""

_COST = {"n": 16_384, "r": 8, "p": 1, "dklen": 32}


def keep_password(context: ManagerContext, user: str, password: str) -> None:
    """Give a user a password in place of the last one.

    Raises:
        NotAllowed: the acting user is another one, and may not manage users.
        Refused: the password is too short or too long.
        UnknownName: there is no such user.
    """
    if user != context.user:
        context.require(ManagerAction.MANAGE_USERS)
    if not LEAST <= len(password) <= MOST:
        raise Refused(f"a password has {LEAST} to {MOST} characters")
    salt = secrets.token_bytes(SALT_SIZE)
    hashed = _hash(password, salt)
    with context.database.writing() as records:
        if records.role_of(user) is None:
            raise UnknownName("user", user, (each.name for each in records.users()))
        records.keep_password(user, salt, hashed)
        context.record(records, "password", user, "changed")


def is_password(records: ManagerRecords, user: str, password: str) -> bool:
    """Tell whether a password is that of a user; it takes as long for a user who is not there."""
    salt, hashed = records.password(user) or (bytes(SALT_SIZE), b"")
    return compare_digest(_hash(password[:MOST], salt), hashed)


def log_in_mark(records: ManagerRecords, user: str) -> str:
    """Return a mark of the password of a user, which tells nothing of it; empty where there is none."""
    salt, _ = records.password(user) or (b"", b"")
    return salt.hex()


def _hash(password: str, salt: bytes) -> bytes:
    return scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, **_COST)
