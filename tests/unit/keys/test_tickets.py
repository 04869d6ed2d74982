import pytest
from hypothesis import given, settings

from emulator.keys.documents import (
    InvalidDocument,
    read_permission_ticket,
    read_rehost_ticket,
    write_permission_ticket,
    write_rehost_ticket,
)
from emulator.keys.signing import Verifier, derive_signing_key
from emulator.licensing.udi import Udi

from .papers import (
    KEY,
    PERMISSION,
    REHOST,
    UDI,
    VERIFIER,
    between_pieces,
    flipped,
    permissions,
    rehosts,
)

PAPERS = {
    "permission": (
        write_permission_ticket(PERMISSION, KEY),
        lambda data: read_permission_ticket(data, VERIFIER),
        PERMISSION,
    ),
    "rehost": (write_rehost_ticket(REHOST, KEY), lambda data: read_rehost_ticket(data, lambda _: VERIFIER), REHOST),
}
both = pytest.mark.parametrize(("data", "read", "ticket"), PAPERS.values(), ids=PAPERS)


@given(permissions)
@settings(max_examples=50, deadline=None)
def test_a_permission_ticket_is_read_as_written(ticket):
    assert read_permission_ticket(write_permission_ticket(ticket, KEY), VERIFIER) == ticket


@given(rehosts)
@settings(max_examples=50, deadline=None)
def test_a_rehost_ticket_is_read_as_written(ticket):
    assert read_rehost_ticket(write_rehost_ticket(ticket, KEY), lambda _: VERIFIER) == ticket


@both
def test_every_sampled_bit_matters(data, read, ticket):
    white = between_pieces(data)
    for position in range(len(data)):
        for bit in (position % 8, (position * 5 + 3) % 8):
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
        (b"<LICENSE_ID>", b"<LICENSE_ID >"),
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
    keys = {UDI: KEY, Udi("CISCO881-K9", "FTX1405YDC8"): derive_signing_key(7, "other")}
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
        read_permission_ticket(write_rehost_ticket(REHOST, KEY), VERIFIER)
