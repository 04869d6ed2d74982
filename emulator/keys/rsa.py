"""RSA keys of a router, made from a source that the world's secret seeds: the same world has the same keys.

A prime is the next one from a number that the source draws, so it follows from that number alone, whichever version of
gmpy2 finds it. I: a real router draws its primes from its own noise. A key is made when its public half is first
shown, for one of 4096 bits takes a good part of a second. The private half is shown nowhere; the SSH server proves with
it which router it is.
"""

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

EXPONENT = 65537


def modulus(bits: int, source: Random) -> int:
    """Make a modulus of exactly so many bits, the product of two primes of half the size."""
    first, second = _primes(bits, source)
    return first * second


def private_pem(bits: int, source: Random) -> bytes:
    """Make the private key whose modulus `modulus` makes of the same source, in the traditional PEM form of OpenSSL."""
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    first, second = _primes(bits, source)
    exponent = pow(EXPONENT, -1, (first - 1) * (second - 1))
    key = rsa.RSAPrivateNumbers(
        first,
        second,
        exponent,
        rsa.rsa_crt_dmp1(exponent, first),
        rsa.rsa_crt_dmq1(exponent, second),
        rsa.rsa_crt_iqmp(first, second),
        rsa.RSAPublicNumbers(EXPONENT, first * second),
    ).private_key()
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def public_der(number: int) -> bytes:
    """Public key of a modulus as X.509 writes it: SubjectPublicKeyInfo."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return _public(number).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def public_openssh(number: int) -> str:
    """Public key of a modulus in one line, `ssh-rsa AAAA…`."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return _public(number).public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def _public(number: int) -> "RSAPublicKey":
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    return RSAPublicNumbers(EXPONENT, number).public_key()


def _primes(bits: int, source: Random) -> tuple[int, int]:
    """Make two different primes whose product has exactly so many bits."""
    half = bits // 2
    first = _prime(bits - half, source)
    second = _prime(half, source)
    while second == first:
        second = _prime(half, source)
    return first, second


def _prime(bits: int, source: Random) -> int:
    """Make a prime whose two highest bits are set, so that a product of two has all of its bits."""
    from gmpy2 import next_prime

    while True:
        found = int(next_prime(source.getrandbits(bits) | 3 << (bits - 2)))
        if found.bit_length() == bits and (found - 1) % EXPONENT:
            return found
