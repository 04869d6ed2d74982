"""The form of a call and of its answer on the wire. Ours, for the vendor's is not public (I); see docs/call-home.md.

A call is an XML document under the signature of the device (`keys.signed`): one spelling for one content, so nothing in
it can be changed, and no entities, document types or large inputs get through. An answer is the same kind of document
without a signature: TLS says who answers. Text that a person typed is percent-encoded where it is not plain ASCII.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar, get_args
from urllib.parse import quote, unquote_to_bytes

from emulator.keys.canonical_xml import (
    DECLARATION,
    InvalidDocument,
    XmlPiece,
    base64_of,
    bytes_of,
    consists_of,
    element,
    parse_document,
    text_at,
    token,
    udi_at,
    udi_pieces,
    write_pieces,
)
from emulator.keys.documents import LICENSE_FILE_LIMIT
from emulator.keys.signed import TICKET_LIMIT, read_signed, write_signed
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.udi import Udi, parse_udi
from emulator.router.ports import CallRefused, LogIn, PakItem, RefusalCause, RehostItem
from emulator.world.call_home.protocol import Answer, Call, CallOperation

if TYPE_CHECKING:
    from emulator.keys.canonical_xml import Element

CONTENT_TYPE = "application/xml"
CALL_LIMIT = TICKET_LIMIT
"""Bytes that are read of a call."""

ANSWER_LIMIT = 2 * LICENSE_FILE_LIMIT
"""Bytes that are read of an answer: a license file in base64, and some room."""

_CALL, _ANSWER = "CALL_HOME_REQUEST", "CALL_HOME_ANSWER"
_PLAIN = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) != "%")

Item = TypeVar("Item", PakItem, RehostItem)


# --- calls --------------------------------------------------------------------------------------------------------


def write_call(call: Call, key: SigningKey) -> bytes:
    """The document of a call, signed by the device that makes it."""
    return write_signed(_CALL, _call_pieces(call), key)


def read_call(data: bytes, verifier_for: Callable[[Udi], Verifier]) -> Call:
    """A device's call; `verifier_for` tells the key of the device that it names.

    Raises:
        InvalidDocument: it is none, or was not signed by that device.
    """
    return read_signed(data, _CALL, _call_content, _call_pieces, lambda call: verifier_for(call.device))


def _call_pieces(call: Call) -> tuple[XmlPiece, ...]:
    target = () if call.target is None else ((1, "<TARGET>"), *udi_pieces(2, call.target), (1, "</TARGET>"))
    return (
        element(1, "REQUEST_ID", token(call.id)),
        element(1, "OPERATION", call.operation),
        *udi_pieces(1, parse_udi(str(call.device))),
        _typed(1, "USER", call.who.user),
        _typed(1, "PASSWORD", call.who.password),
        _typed(1, "PAK", call.pak),
        *(_typed(1, "SKU", sku) for sku in call.skus),
        *target,
        element(1, "REHOST_TICKET", base64_of(call.ticket)),
    )


def _call_content(document: "Element") -> Call:
    return Call(
        id=text_at(document, "REQUEST_ID"),
        operation=CallOperation(text_at(document, "OPERATION")),
        device=udi_at(document),
        who=LogIn(_text(document, "USER"), _text(document, "PASSWORD")),
        pak=_text(document, "PAK"),
        skus=tuple(_read(each.text) for each in document.iterfind("SKU")),
        target=None if document.find("TARGET") is None else udi_at(document, "TARGET/UDI"),
        ticket=bytes_of(text_at(document, "REHOST_TICKET")),
    )


# --- answers ------------------------------------------------------------------------------------------------------


def write_answer(answer: Answer | CallRefused) -> bytes:
    """The document of an answer."""
    return write_pieces(_answer_pieces(answer))


def read_answer(data: bytes) -> Answer | CallRefused:
    """Read the answer of the server.

    Raises:
        InvalidDocument: it is not such a document.
    """
    document = parse_document(data, _ANSWER, ANSWER_LIMIT)
    try:
        answer = _answer_content(document)
        canonical = consists_of(data, _answer_pieces(answer))
    except ValueError as error:
        raise InvalidDocument(f"is not laid out as a {_ANSWER} document") from error
    if not canonical:
        raise InvalidDocument(f"is not laid out as a {_ANSWER} document")
    return answer


def _answer_pieces(answer: Answer | CallRefused) -> tuple[XmlPiece, ...]:
    body: Sequence[XmlPiece]
    match answer:
        case CallRefused(cause, text):
            body = (element(1, "REFUSAL", cause), _typed(1, "TEXT", text))
        case bytes():
            body = (element(1, "FILE", base64_of(answer)),)
        case _:
            body = tuple(piece for item in answer for piece in _item_pieces(item))
    return ((0, DECLARATION), (0, f'<{_ANSWER} version="1.0">'), *body, (0, f"</{_ANSWER}>"))


def _answer_content(document: "Element") -> Answer | CallRefused:
    if document.find("REFUSAL") is not None:
        return CallRefused(_cause(text_at(document, "REFUSAL")), _text(document, "TEXT"))
    if document.find("FILE") is not None:
        return bytes_of(text_at(document, "FILE"))
    if document.find("REHOST_ITEM") is not None:
        return tuple(_rehost_item(each) for each in document.iterfind("REHOST_ITEM"))
    return tuple(_pak_item(each) for each in document.iterfind("PAK_ITEM"))


def _cause(text: str) -> RefusalCause:
    for cause in get_args(RefusalCause):
        if cause == text:
            found: RefusalCause = cause
            return found
    raise ValueError(f"{text!r} is no cause")


def _item_pieces(item: PakItem | RehostItem) -> tuple[XmlPiece, ...]:
    if isinstance(item, PakItem):
        return (
            (1, "<PAK_ITEM>"),
            _typed(2, "SKU", item.sku),
            _typed(2, "DESCRIPTION", item.description),
            _typed(2, "FEATURE_NAME", item.feature),
            element(2, "ORDERED", str(item.ordered)),
            element(2, "AVAILABLE", str(item.available)),
            _typed(2, "PLATFORMS", item.platforms),
            (1, "</PAK_ITEM>"),
        )
    return (
        (1, "<REHOST_ITEM>"),
        _typed(2, "SKU", item.sku),
        _typed(2, "TYPE", item.type),
        *(_typed(2, "FEATURE_NAME", feature) for feature in item.features),
        (1, "</REHOST_ITEM>"),
    )


def _pak_item(document: "Element") -> PakItem:
    return PakItem(
        sku=_text(document, "SKU"),
        description=_text(document, "DESCRIPTION"),
        feature=_text(document, "FEATURE_NAME"),
        ordered=int(text_at(document, "ORDERED")),
        available=int(text_at(document, "AVAILABLE")),
        platforms=_text(document, "PLATFORMS"),
    )


def _rehost_item(document: "Element") -> RehostItem:
    features = tuple(_read(each.text) for each in document.iterfind("FEATURE_NAME"))
    return RehostItem(sku=_text(document, "SKU"), type=_text(document, "TYPE"), features=features)


# --- text that somebody typed -------------------------------------------------------------------------------------


def _typed(depth: int, tag: str, text: str) -> XmlPiece:
    return element(depth, tag, quote(text, safe=_PLAIN, errors="surrogatepass"))


def _text(document: "Element", path: str) -> str:
    return _read(text_at(document, path))


def _read(text: str | None) -> str:
    """ValueError where the bytes are not text."""
    return unquote_to_bytes((text or "").encode("ascii")).decode("utf-8", "surrogatepass")
