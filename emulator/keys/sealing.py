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
"""Bytes by which a sealed text is longer than the text: the key of the sender, and the tag."""

_DOMAIN = "isrtwin sealing key 1"
_ONCE = bytes(12)
"""The nonce: a key is used once."""


class CannotOpen(ValueError):
    """The failure to open a text: it is not sealed for this key, or was changed."""


class SealingKey:
    """A private key that opens texts sealed for it. It is never shown, not even in a traceback."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "SealingKey(…)"

    @cached_property
    def public(self) -> bytes:
        """Public half of the key, raw bytes."""
        return self._key.public_key().public_bytes_raw()

    def open(self, sealed: bytes, beside: bytes) -> bytes:
        """Open the text that was sealed beside these bytes.

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
    """Derive the sealing key of this world for a purpose, always the same."""
    return SealingKey(secret.derive(_DOMAIN, purpose))


def seal(text: bytes, beside: bytes, recipient: bytes, sender: SigningKey) -> bytes:
    """Seal a text for the owner of a key alone; the same arguments give the same bytes.

    Args:
        text: the text to seal.
        beside: the readable bytes beside it, which are bound to it.
        recipient: the public half of the key that opens it.
        sender: the key whose secret yields the key for this text.

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
    """Key that both sides compute; ValueError where the other half is none."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    shared = own.exchange(X25519PublicKey.from_public_bytes(other))
    return HKDF(SHA256(), 32, salt=None, info=_DOMAIN.encode() + both).derive(shared)
