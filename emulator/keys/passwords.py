"""Router secrets in the form that the configuration names: type 5, MD5 crypt.

libpass does the work; it is imported when a secret is first set or asked for.
"""

import string
from random import Random

SALT_ALPHABET = string.ascii_letters + string.digits
SALT_LENGTH = 4


def hash_secret(secret: str, source: Random) -> str:
    """The type 5 hash of a secret, salted from the given source so that a replay gives the same."""
    from passlib.hash import md5_crypt

    salt = "".join(source.choice(SALT_ALPHABET) for _ in range(SALT_LENGTH))
    return str(md5_crypt.using(salt=salt).hash(secret))


def is_hash(text: str) -> bool:
    """Whether the text is a type 5 hash."""
    from passlib.hash import md5_crypt

    return bool(md5_crypt.identify(text))


def matches(secret: str, hashed: str) -> bool:
    """Whether the secret is the one that was hashed."""
    from passlib.hash import md5_crypt

    return bool(md5_crypt.verify(secret, hashed))
