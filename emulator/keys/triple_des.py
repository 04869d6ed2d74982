"""Triple DES in CBC mode, with three keys, for the peers that speak nothing newer (SNMPv3 of old releases)."""

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import CBC

BLOCK, KEY_SIZE = 8, 24
"""Octets of a block, and of the three keys."""


def encrypt(data: bytes, key: bytes, start: bytes) -> bytes:
    """Encrypt whole blocks; `start` is the initial value."""
    encryptor = Cipher(TripleDES(key), CBC(start)).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def decrypt(data: bytes, key: bytes, start: bytes) -> bytes:
    """Decrypt whole blocks; `start` is the initial value.

    Raises:
        ValueError: the data end within a block.
    """
    decryptor = Cipher(TripleDES(key), CBC(start)).decryptor()
    return decryptor.update(data) + decryptor.finalize()
