"""Secrets at rest: text that is kept in a database and read back by the holder of one key alone.

ChaCha20-Poly1305 with a nonce drawn for each text, from `cryptography`. What the secret belongs to is authenticated
with it, so a sealed text that is copied beside another name does not open. The key is a file of its own: a copy of the
database without it tells no secret.
"""

from secrets import token_bytes
from typing import Final, final

from emulator.keys.sealing import CannotOpen

KEY_SIZE = 32
"""Size of a key in bytes."""

_NONCE_SIZE = 12


@final
class SecretBox:
    """A key that seals and opens texts. It is never shown, not even in a traceback."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_SIZE:
            raise ValueError(f"a key has {KEY_SIZE} bytes")
        self._key: Final = key

    def __repr__(self) -> str:
        return "SecretBox(…)"

    def seal(self, text: str, beside: str) -> bytes:
        """Seal a text beside the name of what it belongs to; every time the bytes are others."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        nonce = token_bytes(_NONCE_SIZE)
        return nonce + ChaCha20Poly1305(self._key).encrypt(nonce, text.encode(), beside.encode())

    def open(self, sealed: bytes, beside: str) -> str:
        """Open a text that was sealed beside this name.

        Raises:
            CannotOpen: it was sealed with another key or beside another name, or was changed.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        nonce, text = sealed[:_NONCE_SIZE], sealed[_NONCE_SIZE:]
        try:
            return ChaCha20Poly1305(self._key).decrypt(nonce, text, beside.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("not sealed with this key, or changed") from error


def new_key() -> bytes:
    """Draw a key from the operating system."""
    return token_bytes(KEY_SIZE)
