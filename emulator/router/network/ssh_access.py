"""Demands of the SSH server on a client, beside its password: limits of a log-in, and public keys of users.

R: `ip ssh time-out` and `ip ssh authentication-retries` with their usual values; a user's key alone is enough. C: `ip
ssh pubkey-chain` keeps the MD5 sum of a key, in capitals.
"""

import hashlib

import msgspec

from emulator.router.access import account
from emulator.router.configuration import Block, Configuration

CHAIN = "ip ssh pubkey-chain"
KEY_HASH = "key-hash"
ALL_METHODS = ["publickey", "keyboard", "password"]
USUAL_TIMEOUT, USUAL_TRIES = 120, 3
"""Defaults of a log-in: seconds, and number of wrong answers (R)."""


class SshLimits(msgspec.Struct, frozen=True):
    """The limits of a log-in: its time in seconds, and its number of wrong answers."""

    timeout: int
    tries: int


def ssh_limits(configuration: Configuration) -> SshLimits:
    """Limits of a log-in."""
    timeout, tries = configuration.word("ip ssh time-out"), configuration.word("ip ssh authentication-retries")
    return SshLimits(
        int(timeout) if timeout.isdecimal() else USUAL_TIMEOUT, int(tries) if tries.isdecimal() else USUAL_TRIES
    )


def authentication_methods(configuration: Configuration) -> list[str]:
    """List the ways in which a client may prove who it is: `publickey`, `keyboard`, `password`."""
    return configuration.word("ip ssh server algorithm authentication").split() or ALL_METHODS


def has_key(configuration: Configuration, name: str, blob: bytes) -> bool:
    """Tell whether a user of that name has that public key, given as SSH writes it."""
    chain = configuration.sections.get(CHAIN, Block())
    user = chain.sections.get(f"username {name}", Block())
    known = {words[2].upper() for line in user.lines.values() if len(words := line.split()) > 2}
    return account(configuration, name) is not None and key_hash(blob) in known


def key_hash(blob: bytes) -> str:
    """Hash of a public key as the configuration stores it."""
    return hashlib.md5(blob, usedforsecurity=False).hexdigest().upper()
