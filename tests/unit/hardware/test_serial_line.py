"""A serial line with two speeds."""

from itertools import permutations

import pytest

from emulator.hardware.register import SPEEDS
from emulator.hardware.serial_line import REPLACEMENT, received

TEXT = "\r\nRouter>show version\r\nCisco IOS Software, C880 Software\r\n"


@pytest.mark.parametrize("speed", SPEEDS)
def test_one_speed_changes_nothing(speed: int) -> None:
    assert received(TEXT, speed, speed) == TEXT


@pytest.mark.parametrize(("sent", "read"), list(permutations(SPEEDS, 2)))
def test_two_speeds_show_other_characters_and_no_line(sent: int, read: int) -> None:
    shown = received(TEXT, sent, read)
    assert shown != TEXT
    assert shown.replace(REPLACEMENT, "").isprintable(), "no control character comes of it"
    assert not any(word in shown for word in ("Router", "show", "Cisco", "Software"))
    assert received(TEXT, sent, read) == shown


def test_a_slower_reader_sees_fewer_characters_and_a_faster_one_more() -> None:
    assert len(received(TEXT, 19200, 9600)) < len(TEXT) < len(received(TEXT, 9600, 19200))


def test_a_letter_at_twice_the_speed_has_each_bit_twice() -> None:
    """`U` is 0 1010 1010 1; read twice as fast, 0 0110 0110 with a low stop bit, and at once another 1001 1001."""
    assert received("U", 9600, 19200) == f"f{REPLACEMENT}"
