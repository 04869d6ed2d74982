"""Sealing: text that one device alone can read, as the protected part of a permission ticket (I: our own scheme).

X25519 with a key made for this one text, HKDF with SHA-256, ChaCha20-Poly1305; all of it from `cryptography`. What
stands beside the sealed text is authenticated with it, so a sealed part fits into no other document. The sender's key
follows from its own secret, the recipient and everything that is sealed: the same text gives the same bytes, another
text another key, so a key is never used for two texts.

The keys of devices are derived from the world's secret, as those that sign are, and have nothing to do with genuine
ones.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from emulator.keys.signing import SigningKey
from emulator.keys.world_secret import WorldSecret

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

PUBLIC_SIZE = 32
OVERHEAD = PUBLIC_SIZE + 16
"""Bytes that a sealed text is longer than the text: the key of the one who sealed, and the tag."""

_DOMAIN = "isrtwin sealing key 1"
_ONCE = bytes(12)
"""The nonce: a key is used once."""


class CannotOpen(ValueError):
    """The text is not sealed for this key, or something about it was changed."""


class SealingKey:
    """A private key that opens what was sealed for it. It never shows itself, not even in a traceback."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "SealingKey(…)"

    @cached_property
    def public(self) -> bytes:
        """The public half, raw."""
        return self._key.public_key().public_bytes_raw()

    def open(self, sealed: bytes, beside: bytes) -> bytes:
        """The text that was sealed beside these bytes.

        Raises:
            CannotOpen: it was sealed for another key or beside other bytes, or was changed.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        if len(sealed) < OVERHEAD:
            raise CannotOpen("too short")
        sender, text = sealed[:PUBLIC_SIZE], sealed[PUBLIC_SIZE:]
        try:
            key = _agreed(self._key, sender, sender + self.public)
            return ChaCha20Poly1305(key).decrypt(_ONCE, text, beside)
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("not for this key, or changed") from error

    @cached_property
    def _key(self) -> "X25519PrivateKey":
        return _private(self._secret)


def derive_sealing_key(secret: WorldSecret, purpose: str) -> SealingKey:
    """The key of this world for this purpose, always the same."""
    return SealingKey(secret.derive(_DOMAIN, purpose))


def seal(text: bytes, beside: bytes, recipient: bytes, sender: SigningKey) -> bytes:
    """The text for the owner of a key alone; the same arguments give the same bytes.

    Args:
        text: what is sealed.
        beside: what stands readable beside it, and is bound to it.
        recipient: the public half of the key that opens it.
        sender: whose secret the key for this text is made from.

    Raises:
        ValueError: `recipient` is no public key.
    """
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    parts = b"".join(len(part).to_bytes(8, "big") + part for part in (recipient, beside, text))
    once = _private(sender.secret_for("seal", parts))
    public = once.public_key().public_bytes_raw()
    return public + ChaCha20Poly1305(_agreed(once, recipient, public + recipient)).encrypt(_ONCE, text, beside)


def _private(secret: bytes) -> "X25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(secret)


def _agreed(own: "X25519PrivateKey", other: bytes, both: bytes) -> bytes:
    """The key that both sides come to; ValueError where the other half is none."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    shared = own.exchange(X25519PublicKey.from_public_bytes(other))
    return HKDF(SHA256(), 32, salt=None, info=_DOMAIN.encode() + both).derive(shared)
