"""Telnet as bytes: data and commands are told apart wherever they are cut, and no negotiation goes round in circles."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.transports.vty.telnet_protocol import DO, DONT, GREETING, IAC, WILL, WONT, TelnetDecoder


class Heard:
    """All that a client meant, and what it was answered."""

    def __init__(self) -> None:
        self.data = b""
        self.events: list[object] = []
        self.answers = b""
        self.decoder = TelnetDecoder(self, self._answer)

    def typed(self, data: bytes) -> None:
        self.data += data

    def pressed(self, key: str) -> None:
        self.events.append(key)

    def asked_whether_there(self) -> None:
        self.events.append("there?")

    def break_received(self) -> None:
        self.events.append("break")

    def window_changed(self, rows: int, columns: int) -> None:
        self.events.append((rows, columns))

    def _answer(self, data: bytes) -> None:
        self.answers += data


def heard(*pieces: bytes) -> Heard:
    all_of_it = Heard()
    for piece in pieces:
        all_of_it.decoder.feed(piece)
    return all_of_it


def test_the_greeting_is_that_of_the_router():
    assert bytes.fromhex("fffb01fffb03fffd18fffd1f") == GREETING


def test_text_passes():
    assert heard(b"show clock\r\0").data == b"show clock\r\0"


def test_a_doubled_escape_is_one_byte():
    assert heard(b"a\xff\xffb").data == b"a\xffb"


def test_agreement_is_not_answered():
    agreed = heard(bytes((IAC, DO, 1, IAC, DO, 3, IAC, WILL, 24, IAC, WILL, 31, IAC, DONT, 1, IAC, WONT, 31)))
    assert agreed.answers == b""


@pytest.mark.parametrize(("asked", "answer"), [(DO, WONT), (WILL, DONT)])
def test_what_is_not_offered_is_refused_once(asked, answer):
    again = heard(bytes((IAC, asked, 39)) * 1000)
    assert again.answers == bytes((IAC, answer, 39))


def test_the_window_size():
    assert heard(b"\xff\xfa\x1f\x00\x84\x00\x32\xff\xf0").events == [(50, 132)]
    assert heard(b"\xff\xfa\x1f\x00\xff\xff\x00\x32\xff\xf0").events == [(50, 255)]


@pytest.mark.parametrize(("code", "event"), [(243, "break"), (244, "\x03"), (247, "\x7f"), (248, "\x15")])
def test_commands(code, event):
    assert heard(bytes((IAC, code))).events == [event]


def test_are_you_there():
    assert heard(bytes((IAC, 246))).events == ["there?"]


def test_an_endless_subnegotiation_costs_nothing():
    endless = heard(b"\xff\xfa\x18", *[b"x" * 65536] * 20, b"\xff\xf0done")
    assert endless.data == b"done"
    assert not endless.events


@given(st.binary(max_size=80), st.lists(st.integers(0, 80), max_size=5))
def test_it_does_not_matter_where_bytes_are_cut(data, cuts):
    whole = heard(data)
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = heard(*(data[first:last] for first, last in pairwise(places)))
    assert (pieces.data, pieces.events, pieces.answers) == (whole.data, whole.events, whole.answers)
    assert len(whole.answers) <= 10 * len(data)
