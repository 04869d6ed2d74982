"""RSA keys of a router, made from a seeded source: the same world has the same keys.

A prime is the next one from a number that the source draws, so it follows from that number alone, whichever version of
gmpy2 finds it. I: a real router draws its primes from its own noise. A key is made when its public half is first
shown, for one of 4096 bits takes a good part of a second. The private half is shown nowhere and made by nobody yet.
"""

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

EXPONENT = 65537


def modulus(bits: int, source: Random) -> int:
    """A modulus of exactly so many bits, the product of two primes of half the size."""
    half = bits // 2
    first = _prime(bits - half, source)
    second = _prime(half, source)
    while second == first:
        second = _prime(half, source)
    return first * second


def public_der(number: int) -> bytes:
    """The public key of a modulus as X.509 writes it: SubjectPublicKeyInfo."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return _public(number).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def public_openssh(number: int) -> str:
    """The public key of a modulus in one line, `ssh-rsa AAAA…`."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return _public(number).public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def _public(number: int) -> "RSAPublicKey":
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    return RSAPublicNumbers(EXPONENT, number).public_key()


def _prime(bits: int, source: Random) -> int:
    """A prime whose two highest bits are set, so that a product of two has all of its bits."""
    from gmpy2 import next_prime

    while True:
        found = int(next_prime(source.getrandbits(bits) | 3 << (bits - 2)))
        if found.bit_length() == bits and (found - 1) % EXPONENT:
            return found
