"""Secrets at rest: sealed anew each time, opened with their key beside their name alone, whatever bit is changed."""

import pytest

from emulator.keys.sealing import CannotOpen
from emulator.keys.secret_box import SecretBox, new_key


def test_a_text_opens_with_its_key_beside_its_name() -> None:
    box = SecretBox(new_key())
    for text in ("", "lab", "l\u00e4b" * 100):
        sealed = box.seal(text, "password of lab")
        assert box.open(sealed, "password of lab") == text
        assert box.seal(text, "password of lab") != sealed
        with pytest.raises(CannotOpen):
            box.open(sealed, "password of mine")
        with pytest.raises(CannotOpen):
            SecretBox(new_key()).open(sealed, "password of lab")


def test_no_bit_can_be_changed_and_no_byte_be_missing() -> None:
    box = SecretBox(new_key())
    sealed = box.seal("lab", "x")
    for at in range(len(sealed)):
        with pytest.raises(CannotOpen):
            box.open(sealed[:at], "x")
        for bit in range(8):
            changed = bytearray(sealed)
            changed[at] ^= 1 << bit
            with pytest.raises(CannotOpen):
                box.open(bytes(changed), "x")


def test_a_key_is_not_shown() -> None:
    key = new_key()
    assert repr(SecretBox(key)) == "SecretBox(…)"
    with pytest.raises(ValueError, match="a key has 32 bytes"):
        SecretBox(key[1:])
