"""Router secrets in the form that the configuration names: type 5, MD5 crypt; type 7, the reversible hiding.

libpass does the work; it is imported when a secret is first set or asked for. Types 4, 8 and 9, SHA-256 without salt,
PBKDF2 and scrypt, all in the alphabet of crypt, are only checked (R: their parameters). A secret that is no hash at
all, as captures made anonymous have them, matches nothing.
"""

import hashlib
import re
import string
from base64 import b64encode
from functools import lru_cache
from hmac import compare_digest
from random import Random

SALT_ALPHABET = string.ascii_letters + string.digits
SALT_LENGTH = 4
TYPE_7_OFFSETS = 16

_CRYPT = str.maketrans(
    string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/",
    "./" + string.digits + string.ascii_uppercase + string.ascii_lowercase,
)


HASHED = {
    "4": re.compile(r"[./0-9A-Za-z]{43}"),
    "5": re.compile(r"\$1\$[./0-9A-Za-z]{0,8}\$[./0-9A-Za-z]{22}"),
    "8": re.compile(r"\$8\$[./0-9A-Za-z]{14}\$[./0-9A-Za-z]{43}"),
    "9": re.compile(r"\$9\$[./0-9A-Za-z]{14}\$[./0-9A-Za-z]{43}"),
}
"""Form of a hashed secret, by type (C for 5, R for the others)."""


HASH_MARKS = {"4": "", "5": "$1$", "8": "$8$", "9": "$9$"}
"""Beginning of a hashed secret, by type."""

MOST_HASHES = 256
"""Latest results that are kept, since a hash takes a thousand rounds and a lab is judged again and again."""


def is_hashed(kind: str, text: str) -> bool:
    """Tell whether a text has the form of a secret that was hashed as a type."""
    return HASHED[kind].fullmatch(text) is not None


def hash_secret(secret: str, source: Random) -> str:
    """Hash a secret as type 5, salted from the given source so that a replay gives the same; a NUL ends the secret."""
    salt = "".join(source.choice(SALT_ALPHABET) for _ in range(SALT_LENGTH))
    return _hashed(secret.partition("\0")[0], salt)


@lru_cache(MOST_HASHES)
def _hashed(secret: str, salt: str) -> str:
    from passlib.hash import md5_crypt

    return str(md5_crypt.using(salt=salt).hash(secret))


def hide(password: str, source: Random) -> str:
    """Encode a password as type 7."""
    from passlib.hash import cisco_type7

    return str(cisco_type7.using(salt=source.randrange(TYPE_7_OFFSETS)).hash(password))


def revealed(hidden: str) -> str | None:
    """Decode a type 7 form; None for a text that is none."""
    from passlib.hash import cisco_type7

    try:
        return str(cisco_type7.decode(hidden))
    except (ValueError, TypeError, IndexError):
        return None


@lru_cache(MOST_HASHES)
def matches(secret: str, hashed: str) -> bool:
    """Tell whether the secret is the one that was hashed, type 5."""
    from passlib.hash import md5_crypt

    try:
        return bool(md5_crypt.verify(secret, hashed))
    except (ValueError, TypeError):
        return False


def is_right(typed: str, kind: str, kept: str) -> bool:
    """Tell whether the typed text is the password that is kept in the form of a type."""
    match kind:
        case "0":
            return _same(typed, kept)
        case "5":
            return matches(typed, kept)
        case "7":
            plain = revealed(kept)
            return plain is not None and _same(typed, plain)
        case "4":
            return _same(_in_crypt(hashlib.sha256(_bytes(typed)).digest()), kept)
        case "8" | "9":
            return _stretched(typed, kept)
        case _:
            return False


def _stretched(typed: str, kept: str) -> bool:
    """Tell whether the typed text matches `$8$SALT$HASH` or `$9$SALT$HASH`."""
    parts = kept.split("$")
    if len(parts) != 4 or parts[0]:
        return False
    _, kind, salt, digest = parts
    if kind == "8":
        raw = hashlib.pbkdf2_hmac("sha256", _bytes(typed), salt.encode(), 20_000)
    elif kind == "9":
        raw = hashlib.scrypt(_bytes(typed), salt=salt.encode(), n=16_384, r=1, p=1, dklen=32)
    else:
        return False
    return _same(_in_crypt(raw), digest)


def _in_crypt(raw: bytes) -> str:
    return b64encode(raw).decode().rstrip("=").translate(_CRYPT)


def _same(one: str, other: str) -> bool:
    return compare_digest(_bytes(one), _bytes(other))


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
