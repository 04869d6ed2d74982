"""The bits of the configuration register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.hardware import register as bits

VALUES = st.integers(0, bits.HIGHEST)


@pytest.mark.parametrize(
    ("value", "field", "ignores", "heeds"),
    [
        (0x2102, 2, False, False),
        (0x2142, 2, True, False),
        (0x2002, 2, False, True),
        (0x0, 0, False, True),
        (0x2101, 1, False, False),
        (0x210F, 15, False, False),
        (0x8102, 2, True, False),
    ],
)
def test_what_the_usual_values_mean(value: int, field: int, ignores: bool, heeds: bool) -> None:
    assert bits.boot_field(value) == field
    assert bits.ignores_nvram(value) is ignores
    assert bits.heeds_break(value) is heeds
    assert bits.speed(value) == 9600


@pytest.mark.parametrize(
    ("text", "value"),
    [("0x2142", 0x2142), ("0X2102", 0x2102), ("0x0", 0), ("0xffff", 0xFFFF), ("0x0002102", 0x2102)],
)
def test_a_register_is_written_in_hexadecimal(text: str, value: int) -> None:
    assert bits.parse_register(text) == value


@pytest.mark.parametrize("text", ["", "0x", "2102", "0x10000", "0x21g2", "0x-1", "0x1_0", "0x ff", "٠x1", "0x٢"])
def test_anything_else_is_no_register(text: str) -> None:
    assert bits.parse_register(text) is None


@given(VALUES, st.sampled_from(list(bits.SPEEDS)))
def test_a_speed_changes_no_other_bit(value: int, baud: int) -> None:
    after = bits.with_speed(value, baud)
    assert bits.speed(after) == baud
    assert after & ~bits.SPEED_BITS == value & ~bits.SPEED_BITS


@given(VALUES, st.integers(0, 15))
def test_a_boot_field_changes_no_other_bit(value: int, field: int) -> None:
    after = bits.with_boot_field(value, field)
    assert bits.boot_field(after) == field
    assert after & 0xFFF0 == value & 0xFFF0


@given(VALUES)
def test_every_value_has_a_speed_and_is_read_back(value: int) -> None:
    assert bits.speed(value) in bits.SPEEDS
    assert bits.parse_register(f"0x{value:X}") == value


@pytest.mark.parametrize(
    ("text", "bare", "value"),
    [("2102", 16, 0x2102), ("2102", 10, 0x836), ("0x2102", 10, 0x2102), ("ffff", 16, 0xFFFF), ("65535", 10, 0xFFFF)],
)
def test_a_number_without_its_base_is_read_in_the_one_of_its_place(text: str, bare: int, value: int) -> None:
    assert bits.parse_register(text, bare) == value


@pytest.mark.parametrize(
    ("text", "bare"), [("65536", 10), ("10000", 16), ("21_02", 10), ("", 16), ("0x", 10), ("fe", 10)]
)
def test_what_is_no_register_in_its_base_is_refused(text: str, bare: int) -> None:
    assert bits.parse_register(text, bare) is None
