"""RSA keys from a seeded source."""

import base64
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_ssh_public_key
from gmpy2 import is_prime

from emulator.keys.rsa import EXPONENT, modulus, public_der, public_openssh


def found_again(bits: int, source: Random) -> int:
    """The first prime of a modulus, looked for step by step behind what the source draws."""
    while True:
        candidate = source.getrandbits(bits) | 3 << (bits - 2) | 1
        while not is_prime(candidate):
            candidate += 2
        if candidate.bit_length() == bits and (candidate - 1) % EXPONENT:
            return candidate


@pytest.mark.parametrize("bits", [360, 361, 511, 512, 768, 1024, 2048])
def test_a_modulus_is_the_product_of_two_primes_and_has_all_of_its_bits(bits: int) -> None:
    number = modulus(bits, Random(bits))
    assert number.bit_length() == bits
    factor = found_again(bits - bits // 2, Random(bits))
    other, rest = divmod(number, factor)
    assert rest == 0
    assert is_prime(factor)
    assert is_prime(other)
    assert other != factor
    assert other.bit_length() == bits // 2


def test_a_source_gives_one_key_and_another_source_another() -> None:
    assert modulus(512, Random(7)) == modulus(512, Random(7))
    assert modulus(512, Random(7)) != modulus(512, Random(8))


@pytest.mark.parametrize("bits", [360, 512, 1024])
def test_the_written_forms_are_read_by_others(bits: int) -> None:
    number = modulus(bits, Random(1))
    if bits >= 1024:
        read = load_der_public_key(public_der(number))
        assert isinstance(read, RSAPublicKey)
        assert (read.public_numbers().n, read.public_numbers().e) == (number, EXPONENT)
        line = load_ssh_public_key(public_openssh(number).encode())
        assert isinstance(line, RSAPublicKey)
        assert line.public_numbers().n == number
    kind, text = public_openssh(number).split()
    assert kind == "ssh-rsa"
    assert base64.b64decode(text).endswith(number.to_bytes(bits // 8))
    assert number.to_bytes(bits // 8) in public_der(number)
