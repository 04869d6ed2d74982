import re
from base64 import b64decode, b64encode

import msgspec
import pytest
from hypothesis import given, settings

from emulator.keys.documents import (
    InvalidDocument,
    OtherRecipient,
    read_permission_ticket,
    read_rehost_ticket,
    write_permission_ticket,
    write_rehost_ticket,
)
from emulator.keys.sealing import OVERHEAD, PUBLIC_SIZE, derive_sealing_key
from emulator.keys.signed import write_signed
from emulator.keys.signing import Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.udi import Udi

from .documents import (
    GRACE,
    KEY,
    LINE,
    OPENER,
    PERMISSION,
    REHOST,
    TARGET,
    UDI,
    VERIFIER,
    between_pieces,
    flipped,
    permissions,
    rehosts,
)

STRANGER, OTHER_PORTAL = (
    derive_sealing_key(WorldSecret.known(7), "another device"),
    derive_signing_key(WorldSecret.known(8), "portal"),
)
DOCUMENTS = {
    "permission": (
        write_permission_ticket(PERMISSION, KEY),
        lambda data: read_permission_ticket(data, VERIFIER, OPENER),
        PERMISSION,
    ),
    "rehost": (write_rehost_ticket(REHOST, KEY), lambda data: read_rehost_ticket(data, lambda _: VERIFIER), REHOST),
}
both = pytest.mark.parametrize(("data", "read", "ticket"), DOCUMENTS.values(), ids=DOCUMENTS)


@given(permissions)
@settings(max_examples=50, deadline=None)
def test_a_permission_ticket_is_read_as_written(ticket):
    assert read_permission_ticket(write_permission_ticket(ticket, KEY), VERIFIER, OPENER) == ticket


@given(rehosts)
@settings(max_examples=50, deadline=None)
def test_a_rehost_ticket_is_read_as_written(ticket):
    assert read_rehost_ticket(write_rehost_ticket(ticket, KEY), lambda _: VERIFIER) == ticket


@pytest.mark.heavy
@both
def test_every_bit_of_every_byte_matters(data, read, ticket):
    white = between_pieces(data)
    for position in range(len(data)):
        for bit in range(8):
            changed = flipped(data, position, bit)
            if position in white and changed[position] in b" \t\r\n":
                assert read(changed) == ticket
            else:
                with pytest.raises(InvalidDocument):
                    read(changed)


@both
def test_a_truncated_ticket_is_refused_at_every_byte(data, read, ticket):
    for length in range(len(data) - 1):
        with pytest.raises(InvalidDocument):
            read(data[:length])


@both
def test_no_second_spelling_is_accepted(data, read, ticket):
    for old, new in (
        (b"<SN>F", b"<SN>&#70;"),
        (b'version="1.0">', b"version='1.0'>"),
        (b"<SN>", b"<!-- --><SN>"),
        (b"==</", b"=</"),
        (b"</SIGNATURE>", b"\n</SIGNATURE>"),
        (b"<UDI>", b"<X/><UDI>"),
        (b"<SN>", b"<SN >"),
    ):
        assert old in data
        with pytest.raises(InvalidDocument):
            read(data.replace(old, new))


@both
def test_white_space_between_elements_is_free(data, read, ticket):
    assert read(data.replace(b"\n", b"\r\n\t")) == ticket


@both
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: data.replace(b"FTX1405YDC7", b"FTX1405YDC8"), "does not bear the signature of its issuer"),
        (
            lambda data: data.replace(b"<SN>", b"<SM>").replace(b"</SN>", b"</SM>"),
            "is not laid out as a {root} document",
        ),
        (lambda data: data.replace(b"<UDI>", b"<X/><UDI>"), "is not laid out as a {root} document"),
        (
            lambda data: data.replace(b"PERMISSION_TICKET", b"X").replace(b"REHOST_TICKET", b"X"),
            "is not a {root} document",
        ),
        (lambda data: data + b" " * 262144, "is larger than 262144 bytes"),
        (lambda data: data[:-5], "is not well-formed XML"),
        (lambda data: b"", "is empty"),
    ],
)
def test_the_reason_is_told(data, read, ticket, change, reason):
    root = "PERMISSION_TICKET" if ticket is PERMISSION else "REHOST_TICKET"
    with pytest.raises(InvalidDocument) as caught:
        read(change(data))
    assert caught.value.reason == reason.format(root=root)


def test_the_signature_must_be_the_source_devices():
    keys = {UDI: KEY, Udi("CISCO881-K9", "FTX1405YDC8"): derive_signing_key(WorldSecret.known(7), "other")}
    asked = []

    def verifier_for(udi: Udi) -> Verifier:
        asked.append(udi)
        return Verifier(keys[udi].public)

    data = write_rehost_ticket(REHOST, KEY)
    assert read_rehost_ticket(data, verifier_for) == REHOST
    with pytest.raises(InvalidDocument, match="does not bear the signature"):
        read_rehost_ticket(data.replace(b"YDC7", b"YDC8"), verifier_for)
    assert asked == list(keys)


def test_one_kind_of_ticket_is_not_the_other():
    with pytest.raises(InvalidDocument, match="is not a PERMISSION_TICKET document"):
        read_permission_ticket(write_rehost_ticket(REHOST, KEY), VERIFIER, OPENER)


# --- the protected part -------------------------------------------------------------------------------------------

SECRETS = (LINE.id, "20100301-000003", GRACE.id, "n-1", "LICENSE_LINE", "REVOKE")
"""Parts that only the device may read."""

SEALED = re.compile(rb"(?<=<PROTECTED>)[^<]*")


def sealed_in(document: bytes) -> bytes:
    found = SEALED.search(document)
    assert found is not None
    return b64decode(found[0])


def signed_with(document: bytes, sealed: bytes) -> bytes:
    """Put the readable part beside other sealed bytes, under a good signature of the portal."""
    document = SEALED.sub(b64encode(sealed), document)
    body = document[document.index(b"  <TICKET_ID>") : document.index(b"  <SIGNATURE>")].decode().splitlines()
    return write_signed(
        "PERMISSION_TICKET", [((len(each) - len(each.lstrip())) // 2, each.strip()) for each in body], KEY
    )


def test_the_readable_part_tells_people_what_it_is_about_and_nothing_else():
    text = write_permission_ticket(PERMISSION, KEY).decode()
    for shown in ("PT-1", UDI.serial, TARGET.serial, "2010-03-01", "advipservices"):
        assert shown in text
    assert not [secret for secret in SECRETS if secret in text]
    assert not [secret for secret in SECRETS if secret.encode() in sealed_in(text.encode())]


def test_a_ticket_for_whom_it_may_be_names_no_target():
    ticket = msgspec.structs.replace(PERMISSION, target=None)
    document = write_permission_ticket(ticket, KEY)
    assert b"TARGET" not in document
    assert read_permission_ticket(document, VERIFIER, OPENER) == ticket


def test_the_same_ticket_is_the_same_bytes_and_another_shares_no_key_with_it():
    documents = [
        write_permission_ticket(msgspec.structs.replace(PERMISSION, **change), KEY)
        for change in ({}, {}, {"nonce": "n-2"}, {"id": "PT-2"}, {"recipient": STRANGER.public.hex()})
    ]
    assert documents[0] == documents[1]
    assert len({sealed_in(document)[:PUBLIC_SIZE] for document in documents}) == 4
    assert (
        sealed_in(write_permission_ticket(PERMISSION, OTHER_PORTAL))[:PUBLIC_SIZE]
        != sealed_in(documents[0])[:PUBLIC_SIZE]
    )


def test_another_device_is_told_that_it_is_not_meant():
    with pytest.raises(OtherRecipient, match="is sealed for another device"):
        read_permission_ticket(write_permission_ticket(PERMISSION, KEY), VERIFIER, STRANGER)


def test_another_device_opens_nothing_even_where_it_is_named():
    document = write_permission_ticket(PERMISSION, KEY)
    named = document.replace(OPENER.public.hex().encode(), STRANGER.public.hex().encode())
    with pytest.raises(InvalidDocument, match="cannot be opened"):
        read_permission_ticket(signed_with(named, sealed_in(document)), VERIFIER, STRANGER)


def test_signing_again_is_what_it_says():
    document = write_permission_ticket(PERMISSION, KEY)
    assert signed_with(document, sealed_in(document)) == document


def test_no_changed_bit_of_the_sealed_part_opens_even_under_a_good_signature():
    document = write_permission_ticket(PERMISSION, KEY)
    sealed = sealed_in(document)
    for position in range(len(sealed)):
        changed = flipped(sealed, position, position % 7)
        with pytest.raises(InvalidDocument, match="cannot be opened"):
            read_permission_ticket(signed_with(document, changed), VERIFIER, OPENER)


@pytest.mark.parametrize("length", [0, 1, PUBLIC_SIZE, OVERHEAD - 1, OVERHEAD, OVERHEAD + 1])
def test_a_sealed_part_that_is_too_short(length):
    document = write_permission_ticket(PERMISSION, KEY)
    with pytest.raises(InvalidDocument, match="cannot be opened"):
        read_permission_ticket(signed_with(document, sealed_in(document)[:length]), VERIFIER, OPENER)


def test_a_key_that_agrees_on_nothing_is_refused():
    document = write_permission_ticket(PERMISSION, KEY)
    with pytest.raises(InvalidDocument, match="cannot be opened"):
        read_permission_ticket(
            signed_with(document, bytes(PUBLIC_SIZE) + sealed_in(document)[PUBLIC_SIZE:]), VERIFIER, OPENER
        )


def test_a_sealed_part_fits_into_no_other_ticket():
    document = write_permission_ticket(PERMISSION, KEY)
    other = write_permission_ticket(msgspec.structs.replace(PERMISSION, id="PT-2"), KEY)
    with pytest.raises(InvalidDocument, match="cannot be opened"):
        read_permission_ticket(signed_with(other, sealed_in(document)), VERIFIER, OPENER)


def test_keys_do_not_show_themselves():
    assert repr(OPENER) == "SealingKey(…)"
