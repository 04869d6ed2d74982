"""Ed25519 keys, derived from the world's secret, so that the same world signs the same bytes (I: our own scheme).

One key a purpose (the portal; each device), so that no document signed for one is accepted as another's. Deriving is
one hash; the key itself is made when it first signs or shows its public half, since most keys of a large world never
do. These keys have nothing to do with genuine ones.
"""

from functools import cache, cached_property
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING

from emulator.keys.world_secret import WorldSecret

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE_SIZE = 64
PUBLIC_SIZE = 32

_DOMAIN = "isrtwin signing key 1"

_SMALL_ORDER = frozenset(
    map(
        bytes.fromhex,
        (
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ),
    )
)
"""Points of small order, without the sign: as public keys they have signatures that anybody can write (RFC 8032)."""


class SigningKey:
    """A private key. It is never shown, not even in a traceback."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "SigningKey(…)"

    def sign(self, data: bytes) -> bytes:
        """Sign `data`; the same data gives the same signature."""
        return self._key.sign(data)

    def secret_for(self, purpose: str, data: bytes) -> bytes:
        """Derive 32 bytes that only the owner of this key can compute, the same for the same purpose and data."""
        return blake2b(data, key=self._secret, digest_size=32, person=purpose.encode()).digest()

    @cached_property
    def public(self) -> bytes:
        """Public half of the key, raw bytes."""
        return self._key.public_key().public_bytes_raw()

    @cached_property
    def _key(self) -> "Ed25519PrivateKey":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._secret)


class Verifier:
    """A public key that checks signatures; a weak one, with signatures that fit any data, accepts none."""

    def __init__(self, public: bytes) -> None:
        if len(public) != PUBLIC_SIZE:
            raise ValueError(f"a public key has {PUBLIC_SIZE} bytes, not {len(public)}")
        self.public = public

    def accepts(self, data: bytes, signature: bytes) -> bool:
        """Tell whether the owner of the key signed exactly this data."""
        from cryptography.exceptions import InvalidSignature

        if self.public[:-1] + bytes((self.public[-1] & 0x7F,)) in _SMALL_ORDER:
            return False
        try:
            self._key.verify(signature, data)
        except InvalidSignature:
            return False
        return True

    @cached_property
    def _key(self) -> "Ed25519PublicKey":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        return Ed25519PublicKey.from_public_bytes(self.public)


def derive_signing_key(secret: WorldSecret, purpose: str) -> SigningKey:
    """Derive the signing key of this world for a purpose, always the same."""
    return SigningKey(secret.derive(_DOMAIN, purpose))


@cache
def fingerprint(public: bytes) -> str:
    """Short name of a public key, for a person to compare: 16 hexadecimal digits."""
    return sha256(public).hexdigest()[:16].upper()
