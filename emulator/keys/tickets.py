"""Writing and reading the two documents of a rehost, which travel between portal and device as files.

C (FAQ glossary): a permission ticket has a part that people can read and a protected one. The layout is ours (I).
Readable are its number, the source, the target if one was named, the date and the features; protected, for the source
alone, are the ids of the lines that go, the grace-period lines that come, and a word that the rehost ticket must bring
back, so only a device that opened the ticket can answer it. Both parts are under one signature of the portal.

A rehost ticket has nothing to hide: it is readable and signed by the source device.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from emulator.keys.canonical_xml import (
    DECLARATION,
    InvalidDocument,
    XmlPiece,
    base64_of,
    bytes_of,
    consists_of,
    element,
    parse_document,
    require_printable,
    signed_bytes,
    text_at,
    token,
    udi_at,
    udi_pieces,
    write_pieces,
)
from emulator.keys.line_text import read_line, write_line
from emulator.keys.sealing import CannotOpen, SealingKey, seal
from emulator.keys.signed import TICKET_LIMIT, read_signed, write_signed
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.lines import LicenseLine
from emulator.licensing.tickets import PermissionTicket, RehostTicket
from emulator.licensing.udi import Udi, parse_udi

if TYPE_CHECKING:
    from lxml.etree import _Element

_PERMISSION, _PROTECTED, _REHOST = "PERMISSION_TICKET", "PROTECTED", "REHOST_TICKET"


class OtherRecipient(InvalidDocument):
    """A valid permission ticket for another device."""

    def __init__(self) -> None:
        super().__init__("is sealed for another device")


# --- permission tickets -------------------------------------------------------------------------------------------


class _Readable(msgspec.Struct, frozen=True):
    """The readable part, and the rest in sealed form."""

    id: str
    source: Udi
    target: Udi | None
    issued: str
    features: tuple[str, ...]
    recipient: str
    sealed: bytes


class _Protected(msgspec.Struct, frozen=True):
    """The part that only the device can read."""

    revoke: tuple[str, ...]
    grant: tuple[LicenseLine, ...]
    nonce: str


def write_permission_ticket(ticket: PermissionTicket, key: SigningKey) -> bytes:
    """Write the ticket as the portal mails it, sealed for its recipient; the same ticket gives the same bytes.

    Raises:
        ValueError: the ticket holds text that it cannot carry, or no key to seal it for.
    """
    readable = _Readable(ticket.id, ticket.source, ticket.target, ticket.issued, ticket.features, ticket.recipient, b"")
    protected = _Protected(ticket.revoke, ticket.grant, ticket.nonce)
    beside = signed_bytes(_PERMISSION, _beside(readable))
    sealed = seal(write_pieces(_protected_pieces(protected)), beside, bytes.fromhex(ticket.recipient), key)
    return write_signed(_PERMISSION, _readable_pieces(msgspec.structs.replace(readable, sealed=sealed)), key)


def read_permission_ticket(data: bytes, verifier: Verifier, key: SealingKey) -> PermissionTicket:
    """Read the portal's permission to revoke, opened with the key of the device that reads it.

    Raises:
        OtherRecipient: the ticket is for another device.
        InvalidDocument: the data is not a permission ticket that the portal signed.
    """
    readable = read_signed(data, _PERMISSION, _readable_content, _readable_pieces, lambda _: verifier)
    if readable.recipient != key.public.hex():
        raise OtherRecipient
    try:
        text = key.open(readable.sealed, signed_bytes(_PERMISSION, _beside(readable)))
    except CannotOpen as error:
        raise InvalidDocument("cannot be opened") from error
    protected = _read_protected(text)
    return PermissionTicket(
        readable.id,
        readable.source,
        protected.revoke,
        readable.features,
        protected.grant,
        readable.target,
        readable.issued,
        protected.nonce,
        readable.recipient,
    )


def _readable_pieces(document: _Readable) -> tuple[XmlPiece, ...]:
    return *_beside(document), element(1, _PROTECTED, base64_of(document.sealed))


def _beside(document: _Readable) -> tuple[XmlPiece, ...]:
    """The readable part, which is bound to the sealed one."""
    target = () if document.target is None else (
        (1, "<TARGET>"), *udi_pieces(2, parse_udi(str(document.target))), (1, "</TARGET>")
    )  # fmt: skip
    return (
        element(1, "TICKET_ID", token(document.id)),
        *udi_pieces(1, parse_udi(str(document.source))),
        *target,
        element(1, "CREATE_DATE", require_printable(document.issued)),
        *_listed("FEATURES", "FEATURE_NAME", document.features),
        element(1, "RECIPIENT", token(document.recipient)),
    )


def _readable_content(document: "_Element") -> _Readable:
    return _Readable(
        id=text_at(document, "TICKET_ID"),
        source=udi_at(document),
        target=None if document.find("TARGET") is None else udi_at(document, "TARGET/UDI"),
        issued=text_at(document, "CREATE_DATE"),
        features=_texts(document, "FEATURES/FEATURE_NAME"),
        recipient=text_at(document, "RECIPIENT"),
        sealed=bytes_of(text_at(document, _PROTECTED)),
    )


def _protected_pieces(part: _Protected) -> tuple[XmlPiece, ...]:
    return (
        (0, DECLARATION),
        (0, f"<{_PROTECTED}>"),
        *_listed("REVOKE", "LICENSE_ID", part.revoke),
        (1, "<GRANT>"),
        *((2, f"<LICENSE_LINE><![CDATA[{write_line(line)}]]></LICENSE_LINE>") for line in part.grant),
        (1, "</GRANT>"),
        element(1, "NONCE", token(part.nonce)),
        (0, f"</{_PROTECTED}>"),
    )


def _read_protected(text: bytes) -> _Protected:
    """Read the sealed part; only the portal can have written it, so any deviation from its form is refused."""
    document = parse_document(text, _PROTECTED, TICKET_LIMIT)
    try:
        part = _Protected(
            revoke=_texts(document, "REVOKE/LICENSE_ID"),
            grant=tuple(read_line(each) for each in _texts(document, "GRANT/LICENSE_LINE")),
            nonce=text_at(document, "NONCE"),
        )
        canonical = consists_of(text, _protected_pieces(part))
    except ValueError as error:
        raise InvalidDocument("cannot be read") from error
    if not canonical:
        raise InvalidDocument("cannot be read")
    return part


# --- rehost tickets -----------------------------------------------------------------------------------------------


def write_rehost_ticket(ticket: RehostTicket, key: SigningKey) -> bytes:
    """Write the ticket as the source device does, signed with that device's key."""
    return write_signed(_REHOST, _rehost_pieces(ticket), key)


def read_rehost_ticket(data: bytes, verifier_for: Callable[[Udi], Verifier]) -> RehostTicket:
    """Read a device's proof; `verifier_for` returns the key of the device that the ticket names as its source.

    Raises:
        InvalidDocument: the data is not a rehost ticket that this device signed.
    """
    return read_signed(data, _REHOST, _rehost_content, _rehost_pieces, lambda ticket: verifier_for(ticket.source))


def _rehost_pieces(ticket: RehostTicket) -> tuple[XmlPiece, ...]:
    return (
        element(1, "PERMISSION", token(ticket.permission)),
        *udi_pieces(1, parse_udi(str(ticket.source))),
        *_listed("REVOKED", "LICENSE_ID", ticket.revoked),
        element(1, "NONCE", token(ticket.nonce)),
    )


def _rehost_content(document: "_Element") -> RehostTicket:
    return RehostTicket(
        permission=text_at(document, "PERMISSION"),
        source=udi_at(document),
        revoked=_texts(document, "REVOKED/LICENSE_ID"),
        nonce=text_at(document, "NONCE"),
    )


# --- pieces of both -----------------------------------------------------------------------------------------------


def _listed(tag: str, each: str, words: Sequence[str]) -> tuple[XmlPiece, ...]:
    return (1, f"<{tag}>"), *(element(2, each, token(word)) for word in words), (1, f"</{tag}>")


def _texts(document: "_Element", path: str) -> tuple[str, ...]:
    return tuple(found.text or "" for found in document.iterfind(path))
