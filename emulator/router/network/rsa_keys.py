"""The RSA key pairs of a router.

R: a key lives in memory until `write memory` puts it into the private part of NVRAM, which no command shows; a boot
reads it back from there, and `write erase` takes it away with the rest. Without a label a key is named after host and
domain. I: a register that has NVRAM ignored ignores the keys as well. Left out: keys on tokens, their export and
import, and the temporary key `NAME.server` that version 1 of SSH makes for itself.
"""

from collections.abc import Collection
from functools import lru_cache

from emulator.kernel.time import SECOND, Duration
from emulator.keys.rsa import modulus, private_pem
from emulator.router.network.host import Host
from emulator.router.rsa_key import KeyUse, RsaKey
from emulator.sim.seeding import Dice, PrivateSource

SHORTEST, LONGEST, USUAL = 360, 4096, 512
"""Bits of a modulus: the least, the most, and the default (R)."""

SECONDS_OF_2048 = 29
"""Seconds that a key of 2048 bits took on a VG204XM, a sister of this family (C)."""

REMEMBERED = 64
"""Number of keys whose modulus is cached."""


class KeyRing:
    """The RSA keys that a running router has in memory."""

    __slots__ = ("_router",)

    def __init__(self, router: Host) -> None:
        self._router = router

    @property
    def keys(self) -> tuple[RsaKey, ...]:
        """List the keys, oldest first."""
        return self._router.running.rsa_keys

    @property
    def usual_name(self) -> str:
        """Name of a key without a label; empty without a host or domain name."""
        domain = self._router.configuration.word("ip domain name")
        return f"{self._router.hostname}.{domain}" if domain else ""

    def named(self, name: str) -> tuple[RsaKey, ...]:
        """List the keys of a name: one, or two with a use each; case matters in names (I)."""
        return tuple(key for key in self.keys if key.name == name)

    def add(self, name: str, use: KeyUse, bits: int, *, exportable: bool) -> None:
        """Add a new key, made now."""
        router = self._router
        key = RsaKey(name, use, bits, exportable, router.wall_time(), router.now)
        router.running.rsa_keys = (*self.keys, key)

    def remove(self, gone: Collection[RsaKey]) -> None:
        """Remove keys."""
        self._router.running.rsa_keys = tuple(key for key in self.keys if key not in gone)

    def is_saved(self, key: RsaKey) -> bool:
        """Tell whether the key is in NVRAM."""
        return key in self._router.state.private_keys

    def modulus(self, key: RsaKey) -> int:
        """Modulus of a key."""
        return _modulus(self._router.context.private, str(self._router.state.udi), key)

    def private_pem(self, key: RsaKey) -> bytes:
        """Private half of a key, for the SSH server to prove its identity."""
        return private_pem(key.bits, _source(self._router.context.private, str(self._router.state.udi), key))


def making_time(bits: int) -> Duration:
    """Time that a modulus takes, in milliseconds: it grows with the fourth power of its bits (I)."""
    return SECONDS_OF_2048 * SECOND * bits**4 // 2048**4


@lru_cache(maxsize=REMEMBERED)
def _modulus(private: PrivateSource, udi: str, key: RsaKey) -> int:
    return modulus(key.bits, _source(private, udi, key))


def _source(private: PrivateSource, udi: str, key: RsaKey) -> Dice:
    return private(udi, "rsa key", key.name, key.use, str(key.at))
