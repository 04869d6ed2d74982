"""Writing and reading the two papers of a rehost, which travel between portal and device as files.

A permission ticket has a readable part and a protected one (C: FAQ glossary); the layout is ours (I), and the whole
ticket is under one signature: the portal's on a permission ticket, the source device's on a rehost ticket.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from emulator.keys.line_text import read_line, write_line
from emulator.keys.paper import (
    DECLARATION,
    InvalidDocument,
    Piece,
    base64_of,
    bytes_of,
    consists_of,
    element,
    parse_paper,
    signed_bytes,
    text_at,
    token,
    udi_at,
    udi_pieces,
    write_pieces,
)
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.tickets import PermissionTicket, RehostTicket
from emulator.licensing.udi import Udi, parse_udi

if TYPE_CHECKING:
    from lxml.etree import _Element

TICKET_LIMIT = 256 * 1024
"""Bytes that are read of a ticket (I)."""

_PERMISSION, _REHOST = "PERMISSION_TICKET", "REHOST_TICKET"

Ticket = TypeVar("Ticket")


def write_permission_ticket(ticket: PermissionTicket, key: SigningKey) -> bytes:
    """The ticket as the portal mails it; ValueError if it holds text that a ticket cannot carry."""
    return _write(_PERMISSION, _permission_pieces(ticket), key)


def read_permission_ticket(data: bytes, verifier: Verifier) -> PermissionTicket:
    """The portal's leave to revoke.

    Raises:
        InvalidDocument: the data is not a permission ticket that the portal signed.
    """
    return _read(data, _PERMISSION, _permission_content, _permission_pieces, lambda _: verifier)


def write_rehost_ticket(ticket: RehostTicket, key: SigningKey) -> bytes:
    """The ticket as the source device writes it, signed with that device's key."""
    return _write(_REHOST, _rehost_pieces(ticket), key)


def read_rehost_ticket(data: bytes, verifier_for: Callable[[Udi], Verifier]) -> RehostTicket:
    """A device's proof; `verifier_for` tells the key of the device that the ticket names as its source.

    Raises:
        InvalidDocument: the data is not a rehost ticket that this device signed.
    """
    return _read(data, _REHOST, _rehost_content, _rehost_pieces, lambda ticket: verifier_for(ticket.source))


def _write(root: str, body: Sequence[Piece], key: SigningKey) -> bytes:
    return write_pieces(_whole(root, body, key.sign(signed_bytes(root, body))))


def _read(
    data: bytes,
    root: str,
    content_of: Callable[["_Element"], Ticket],
    pieces_of: Callable[[Ticket], tuple[Piece, ...]],
    verifier_of: Callable[[Ticket], Verifier],
) -> Ticket:
    paper = parse_paper(data, root, TICKET_LIMIT)
    try:
        ticket = content_of(paper)
        signature = bytes_of(text_at(paper, "SIGNATURE"))
        body = pieces_of(ticket)
        canonical = consists_of(data, _whole(root, body, signature))
    except ValueError as error:
        raise InvalidDocument(f"is not laid out as a {root} document") from error
    if not canonical:
        raise InvalidDocument(f"is not laid out as a {root} document")
    if not verifier_of(ticket).accepts(signed_bytes(root, body), signature):
        raise InvalidDocument("does not bear the signature of its issuer")
    return ticket


def _whole(root: str, body: Sequence[Piece], signature: bytes) -> tuple[Piece, ...]:
    return (
        (0, DECLARATION),
        (0, f'<{root} version="1.0">'),
        *body,
        element(1, "SIGNATURE", base64_of(signature)),
        (0, f"</{root}>"),
    )


def _listed(tag: str, each: str, words: Sequence[str]) -> tuple[Piece, ...]:
    return (1, f"<{tag}>"), *(element(2, each, token(word)) for word in words), (1, f"</{tag}>")


def _texts(paper: "_Element", path: str) -> tuple[str, ...]:
    return tuple(found.text or "" for found in paper.iterfind(path))


def _permission_pieces(ticket: PermissionTicket) -> tuple[Piece, ...]:
    return (
        element(1, "TICKET_ID", token(ticket.id)),
        *udi_pieces(1, parse_udi(str(ticket.source))),
        *_listed("REVOKE", "LICENSE_ID", ticket.revoke),
        *_listed("FEATURES", "FEATURE_NAME", ticket.features),
        (1, "<GRANT>"),
        *((2, f"<LICENSE_LINE><![CDATA[{write_line(line)}]]></LICENSE_LINE>") for line in ticket.grant),
        (1, "</GRANT>"),
    )


def _permission_content(paper: "_Element") -> PermissionTicket:
    return PermissionTicket(
        id=text_at(paper, "TICKET_ID"),
        source=udi_at(paper),
        revoke=_texts(paper, "REVOKE/LICENSE_ID"),
        features=_texts(paper, "FEATURES/FEATURE_NAME"),
        grant=tuple(read_line(text) for text in _texts(paper, "GRANT/LICENSE_LINE")),
    )


def _rehost_pieces(ticket: RehostTicket) -> tuple[Piece, ...]:
    return (
        element(1, "PERMISSION", token(ticket.permission)),
        *udi_pieces(1, parse_udi(str(ticket.source))),
        *_listed("REVOKED", "LICENSE_ID", ticket.revoked),
    )


def _rehost_content(paper: "_Element") -> RehostTicket:
    return RehostTicket(
        permission=text_at(paper, "PERMISSION"),
        source=udi_at(paper),
        revoked=_texts(paper, "REVOKED/LICENSE_ID"),
    )
