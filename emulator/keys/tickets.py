"""Writing and reading the two papers of a rehost, which travel between portal and device as files.

A permission ticket has a readable part and a protected one (C: FAQ glossary); the layout is ours (I), and the whole
ticket is under one signature: the portal's on a permission ticket, the source device's on a rehost ticket.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from emulator.keys.line_text import read_line, write_line
from emulator.keys.paper import Piece, element, text_at, token, udi_at, udi_pieces
from emulator.keys.signed import read_signed, write_signed
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.tickets import PermissionTicket, RehostTicket
from emulator.licensing.udi import Udi, parse_udi

if TYPE_CHECKING:
    from lxml.etree import _Element

_PERMISSION, _REHOST = "PERMISSION_TICKET", "REHOST_TICKET"


def write_permission_ticket(ticket: PermissionTicket, key: SigningKey) -> bytes:
    """The ticket as the portal mails it; ValueError if it holds text that a ticket cannot carry."""
    return write_signed(_PERMISSION, _permission_pieces(ticket), key)


def read_permission_ticket(data: bytes, verifier: Verifier) -> PermissionTicket:
    """The portal's leave to revoke.

    Raises:
        InvalidDocument: the data is not a permission ticket that the portal signed.
    """
    return read_signed(data, _PERMISSION, _permission_content, _permission_pieces, lambda _: verifier)


def write_rehost_ticket(ticket: RehostTicket, key: SigningKey) -> bytes:
    """The ticket as the source device writes it, signed with that device's key."""
    return write_signed(_REHOST, _rehost_pieces(ticket), key)


def read_rehost_ticket(data: bytes, verifier_for: Callable[[Udi], Verifier]) -> RehostTicket:
    """A device's proof; `verifier_for` tells the key of the device that the ticket names as its source.

    Raises:
        InvalidDocument: the data is not a rehost ticket that this device signed.
    """
    return read_signed(data, _REHOST, _rehost_content, _rehost_pieces, lambda ticket: verifier_for(ticket.source))


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
