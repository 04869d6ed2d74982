"""Rules for the passwords of accounts: the form they have, and those too easy to guess (I; the length is what a portal
of 2010 asked).

A password that stands in every list of common ones is found within the few tries that the log-in allows, however its
hash is kept. What is looked at is the password as people disguise it: without digits and signs around it, in small
letters, with digits for letters read as letters.
"""

import re
from functools import cache
from pathlib import Path

from emulator.backend.refusals import PortalError, PortalRefusal

LEAST_PASSWORD = 8
"""Least length of a password, in characters."""

LEAST_DIFFERENT = 4
"""Least number of different characters; fewer are a pattern."""

_COMMON = Path(__file__).with_name("common_passwords.txt")
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
)
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_DISGUISE = str.maketrans("013457@$!", "oleastasi")


def weakness(user: str, password: str) -> PortalError | None:
    """Refusal of a password; None for a good one."""
    if not password or not any(each.isprintable() and not each.isspace() for each in password):
        return PortalRefusal.NO_PASSWORD.error(user=user)
    if len(password) < LEAST_PASSWORD:
        return PortalRefusal.SHORT_PASSWORD.error(least=LEAST_PASSWORD)
    if _easy(user.casefold(), password.casefold()):
        return PortalRefusal.EASY_PASSWORD.error()
    return None


def _easy(user: str, password: str) -> bool:
    if len(set(password)) < LEAST_DIFFERENT or password in password[1:] + password[:-1]:
        return True
    plain = password.strip()
    if any(plain in row or plain[::-1] in row for row in _ROWS):
        return True
    bare = _AROUND.sub("", plain)
    words = {plain, bare, plain.translate(_DISGUISE), bare.translate(_DISGUISE)}
    return not words.isdisjoint(_common() | {user, user[::-1], user + user})


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
