"""A document under one signature over all that it says: tickets, device credentials. The canonical rule is that of
`canonical_xml`; the signature stands last, and what it covers begins with the kind of document.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from emulator.keys.canonical_xml import (
    DECLARATION,
    InvalidDocument,
    XmlPiece,
    base64_of,
    bytes_of,
    consists_of,
    element,
    parse_document,
    signed_bytes,
    text_at,
    write_pieces,
)
from emulator.keys.signing import SigningKey, Verifier

if TYPE_CHECKING:
    from lxml.etree import _Element

TICKET_LIMIT = 256 * 1024
"""Size limit of a signed document, in bytes (I)."""

Content = TypeVar("Content")


def write_signed(root: str, body: Sequence[XmlPiece], key: SigningKey) -> bytes:
    """Write a signed document with this body."""
    return write_pieces(_whole(root, body, key.sign(signed_bytes(root, body))))


def read_signed(
    data: bytes,
    root: str,
    content_of: Callable[["_Element"], Content],
    pieces_of: Callable[[Content], tuple[XmlPiece, ...]],
    verifier_of: Callable[[Content], Verifier],
) -> Content:
    """Read a signed document and return its content.

    Args:
        data: the document.
        root: its kind.
        content_of: reads it; the content is checked against `pieces_of`.
        pieces_of: writes the body of a content.
        verifier_of: returns the key that must have signed it.

    Raises:
        InvalidDocument: it is not such a document, or not signed with that key.
    """
    document = parse_document(data, root, TICKET_LIMIT)
    try:
        content = content_of(document)
        signature = bytes_of(text_at(document, "SIGNATURE"))
        body = pieces_of(content)
        canonical = consists_of(data, _whole(root, body, signature))
    except ValueError as error:
        raise InvalidDocument(f"is not laid out as a {root} document") from error
    if not canonical:
        raise InvalidDocument(f"is not laid out as a {root} document")
    if not verifier_of(content).accepts(signed_bytes(root, body), signature):
        raise InvalidDocument("does not bear the signature of its issuer")
    return content


def _whole(root: str, body: Sequence[XmlPiece], signature: bytes) -> tuple[XmlPiece, ...]:
    return (
        (0, DECLARATION),
        (0, f'<{root} version="1.0">'),
        *body,
        element(1, "SIGNATURE", base64_of(signature)),
        (0, f"</{root}>"),
    )
