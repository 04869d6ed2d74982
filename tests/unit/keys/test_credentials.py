"""The device credential: read as written, and every changed bit refused."""

import re

import pytest
from hypothesis import given, settings

from emulator.keys.documents import (
    Credential,
    InvalidDocument,
    read_credential,
    read_permission_ticket,
    write_credential,
    write_rehost_ticket,
)
from emulator.keys.signing import Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.udi import Udi

from .documents import KEY, OPENER, REHOST, UDI, VERIFIER, between_pieces, flipped, texts, udis, words

IMAGE = "c880data-universalk9-mz.150-1.M4.bin"
CREATED = "2010-03-01T09:00:00.000Z"
CREDENTIAL = Credential(UDI, IMAGE, CREATED, "A1B2C3")
DATA = write_credential(UDI, IMAGE, CREATED, "A1B2C3", KEY)
OTHER = Udi("CISCO881-K9", "FTX1405YDC8")


def read(data: bytes) -> Credential:
    return read_credential(data, lambda _: VERIFIER)


def test_it_looks_good_in_an_editor():
    assert re.sub(r"RE>.*</SI", "RE>…</SI", DATA.decode()) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<DEVICE_CREDENTIAL version="1.0">\n'
        "  <UDI>\n"
        "    <PID>CISCO881-K9</PID>\n"
        "    <SN>FTX1405YDC7</SN>\n"
        "  </UDI>\n"
        "  <IMAGE>c880data-universalk9-mz.150-1.M4.bin</IMAGE>\n"
        "  <CREATE_DATE>2010-03-01T09:00:00.000Z</CREATE_DATE>\n"
        "  <NONCE>A1B2C3</NONCE>\n"
        "  <SIGNATURE>…</SIGNATURE>\n"
        "</DEVICE_CREDENTIAL>\n"
    )


@given(udis, texts, texts, words)
@settings(max_examples=50, deadline=None)
def test_it_is_read_as_written(udi, image, created, nonce):
    data = write_credential(udi, image, created, nonce, KEY)
    assert read(data) == Credential(udi, image, created, nonce)
    assert write_credential(udi, image, created, nonce, KEY) == data


@pytest.mark.parametrize("bit", range(8))
def test_every_changed_bit_is_refused_outside_white_space(bit):
    white = between_pieces(DATA)
    for position in range(len(DATA)):
        changed = flipped(DATA, position, bit)
        if position in white and changed[position] in b" \t\r\n":
            assert read(changed) == CREDENTIAL
        else:
            with pytest.raises(InvalidDocument):
                read(changed)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (DATA.replace(b"A1B2", b"A1B3"), "does not bear the signature of its issuer"),
        (DATA.replace(b"<UDI>", b"<X/><UDI>"), "is not laid out as a DEVICE_CREDENTIAL document"),
        (DATA.replace(b"NONCE", b"NUNCE"), "is not laid out as a DEVICE_CREDENTIAL document"),
        (write_rehost_ticket(REHOST, KEY), "is not a DEVICE_CREDENTIAL document"),
        (DATA + b" " * 262144, "is larger than 262144 bytes"),
        (DATA[:-5], "is not well-formed XML"),
        (b"", "is empty"),
    ],
)
def test_the_reason_is_told(data, reason):
    with pytest.raises(InvalidDocument) as caught:
        read(data)
    assert caught.value.reason == reason


def test_the_device_that_it_names_must_have_signed_it():
    keys = {UDI: KEY, OTHER: derive_signing_key(WorldSecret.known(7), "other")}

    def verifier_for(udi: Udi) -> Verifier:
        return Verifier(keys[udi].public)

    assert read_credential(DATA, verifier_for) == CREDENTIAL
    with pytest.raises(InvalidDocument, match="does not bear the signature"):
        read_credential(DATA.replace(b"YDC7", b"YDC8"), verifier_for)


def test_it_is_no_ticket():
    with pytest.raises(InvalidDocument, match="is not a PERMISSION_TICKET document"):
        read_permission_ticket(DATA, VERIFIER, OPENER)


@pytest.mark.parametrize(
    ("image", "created", "nonce", "problem"),
    [
        ("é", CREATED, "1", "'é' is not printable ASCII"),
        (IMAGE, "a\nb", "1", r"'a\nb' is not printable ASCII"),
        (IMAGE, CREATED, "two words", "'two words' is not one word"),
        (IMAGE, CREATED, "", "'' is not one word"),
    ],
)
def test_what_it_cannot_carry_is_not_written(image, created, nonce, problem):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        write_credential(UDI, image, created, nonce, KEY)
    assert str(caught.value) == problem
