"""XML documents that can be signed: one canonical form, written and recognized as pieces of raw bytes.

Rule (I): a document is accepted only if it is, byte for byte, what the writer would write from what was read, white
space between its pieces aside. XML has many spellings for one content (`&#65;`, CDATA, attribute quotes, CR LF,
comments, instructions, a byte order mark), and a parser hides which one stood there; comparing the raw bytes with a
fresh rendering leaves no second spelling, so no changed bit is overlooked.

lxml only finds the content, hardened: no entities, no document type, no network, and the size is checked first.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, TypeAlias

from emulator.licensing.udi import Udi, parse_udi

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element
    """One element of a parsed document."""

XmlPiece = tuple[int, str]
"""Depth of indentation, and text that stands on a line of its own."""

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

_INDENT = ("", "  ", "    ", "      ")
_WHITE = re.compile(rb"[ \t\r\n]*")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
_TOKEN = re.compile(r"[A-Za-z0-9._/+-]+")


class InvalidDocument(ValueError):
    """The data as a whole is not the document that was expected; `reason` completes "the file …"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def write_pieces(pieces: Sequence[XmlPiece]) -> bytes:
    """Write the document as it is sent: indented, one piece a line."""
    return "".join([f"{_INDENT[depth]}{text}\n" for depth, text in pieces]).encode("ascii")


def consists_of(data: bytes, pieces: Sequence[XmlPiece]) -> bool:
    """Tell whether the data are exactly these pieces, with any white space or none around each."""
    at = 0
    for _, text in pieces:
        at = _after_white(data, at)
        piece = text.encode("ascii")
        if not data.startswith(piece, at):
            return False
        at += len(piece)
    return _after_white(data, at) == len(data)


def signed_bytes(purpose: str, pieces: Sequence[XmlPiece]) -> bytes:
    """Bytes that a signature covers: every piece, and the purpose, so that no document passes for another kind."""
    return "\n".join([f"isrtwin {purpose} 1", *[text for _, text in pieces]]).encode("ascii")


def parse_document(data: bytes, root: str, limit: int) -> "_Element":
    """Parse a document and return its root element.

    Raises:
        InvalidDocument: too large, not XML in UTF-8, with a document type, or of another kind.
    """
    if len(data) > limit:
        raise InvalidDocument(f"is larger than {limit} bytes")
    if not data.strip():
        raise InvalidDocument("is empty")
    if not data.startswith(DECLARATION.encode("ascii")):
        raise InvalidDocument("does not begin with the declaration of XML 1.0 in UTF-8")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise InvalidDocument("declares a document type")
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False
    )
    try:
        element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InvalidDocument("is not well-formed XML") from error
    if element.tag != root:
        raise InvalidDocument(f"is not a {root} document")
    return element


def element(depth: int, tag: str, text: str) -> XmlPiece:
    """Build a piece that holds one element with its text."""
    if "&" in text or "<" in text or ">" in text:
        text = escape(text, quote=False)
    return depth, f"<{tag}>{text}</{tag}>"


def udi_pieces(depth: int, udi: Udi) -> tuple[XmlPiece, ...]:
    return (
        (depth, "<UDI>"),
        element(depth + 1, "PID", udi.pid),
        element(depth + 1, "SN", udi.serial),
        (depth, "</UDI>"),
    )


def text_at(parent: "_Element", path: str) -> str:
    """Text of the single element at `path`; ValueError if it is not there."""
    text = parent.findtext(path)
    if text is None:
        raise ValueError(f"{path} is missing")
    return text


def udi_at(parent: "_Element", path: str = "UDI") -> Udi:
    """UDI at `path`; ValueError if there is none."""
    return parse_udi(f"{text_at(parent, path + '/PID')}:{text_at(parent, path + '/SN')}")


def require_printable(text: str) -> str:
    """Return the text unchanged; ValueError unless it is printable ASCII."""
    if not _PRINTABLE.fullmatch(text):
        raise ValueError(f"{text!r} is not printable ASCII")
    return text


def token(text: str) -> str:
    """Return the text unchanged; ValueError unless it can stand as one word of a license line."""
    if not _TOKEN.fullmatch(text):
        raise ValueError(f"{text!r} is not one word")
    return text


def base64_of(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def bytes_of(text: str) -> bytes:
    """Decode strict base64: no stray characters, no second spelling of the last one; else ValueError."""
    data = b64decode(text.encode("ascii"), validate=True)
    if base64_of(data) != text:
        raise ValueError("not canonical base64")
    return data


def _after_white(data: bytes, at: int) -> int:
    white = _WHITE.match(data, at)
    return white.end() if white else at
