"""Writing and reading license files: a user-readable part and signed license lines (C: FAQ glossary).

Shape: section C of the behavior notes (R). Each license carries one signature over all that the user must not
change of it, every element and not only the line; one bad license does not spoil the others in the file. The user's
comment is free (C), within 99 printable ASCII characters, in any spelling XML has for them. Our own keys: no genuine
router takes these files, and none of theirs is read here.
"""

import re
from hashlib import sha256
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
    udi_pieces,
    write_pieces,
)
from emulator.keys.line_text import read_line, write_line
from emulator.keys.signing import SigningKey, Verifier, fingerprint
from emulator.licensing.file import COMMENT_LIMIT, FileLine, LicenseFile
from emulator.licensing.lines import LicenseLine

if TYPE_CHECKING:
    from lxml.etree import _Element

LICENSE_FILE_LIMIT = 256 * 1024
"""Size limit of a license file that a device reads, in bytes (I)."""

UNKNOWN_FEATURE = "unknown"
"""Feature of a license so damaged that not even its name can be shown."""

_ROOT = "CISCO_WT_LICENSES"
_HEAD: tuple[XmlPiece, ...] = ((0, DECLARATION), (0, f'<{_ROOT} version="1.0">'))
_TAIL: tuple[XmlPiece, ...] = ((0, f"</{_ROOT}>"),)
_LICENSE = "CISCO_WT_LICENSE"
_OPEN, _CLOSE = f"<{_LICENSE}>".encode(), f"</{_LICENSE}>".encode()
_PROOF = re.compile(r"[0-9A-F]{16}\$[A-Za-z0-9+/]{86}==")
_COMMENT = "USER_MODIFIABLE_COMMENT"
_COMMENT_OPEN = f'<{_COMMENT} fieldRestrictions="Max {COMMENT_LIMIT} ASCII characters in length.">'

_NO_COMMENT = f"{_COMMENT_OPEN}</{_COMMENT}>"


class DamagedLine(msgspec.Struct, frozen=True):
    """A license in a file that is not, or no longer, the one that the back end signed."""

    feature: str


def write_license_file(content: LicenseFile, key: SigningKey) -> bytes:
    """Write a license file as the portal mails it.

    Raises:
        ValueError: there is no license, or one holds text that a license file cannot carry.
    """
    if not content.licenses:
        raise ValueError("a license file holds at least one license")
    code = fingerprint(key.public)
    pieces = list(_HEAD)
    for each in content.licenses:
        readable, line = _readable(each), write_line(each.line)
        proof = _proof(code, key.sign(_signed_bytes(readable, line, code)))
        pieces += _laid_out(readable, f"{line} {proof}", _own_comment(each))
    return write_pieces([*pieces, *_TAIL])


def write_saved_licenses(entries: tuple[FileLine, ...]) -> bytes:
    """Write a file with licenses that were read from other files, each with the proof that it was read with.

    A device writes its installed licenses so, without the issuer's key: every element but the comment is the same text
    as in the file that the license came from.

    Raises:
        ValueError: there is no license, or one was never read from a file.
    """
    if not entries:
        raise ValueError("a license file holds at least one license")
    for entry in entries:
        if not _PROOF.fullmatch(entry.proof):
            raise ValueError(f"license {entry.line.id} has no proof")
    return _whole([(entry, entry.proof) for entry in entries])


def read_license_file(data: bytes, verifier: Verifier) -> tuple[FileLine | DamagedLine, ...]:
    """Read the licenses of a file in their order, each sound or damaged.

    Raises:
        InvalidDocument: the data as a whole is not a license file.
    """
    root = parse_document(data, _ROOT, LICENSE_FILE_LIMIT)
    *texts, tail = data.split(_CLOSE)
    if not texts:
        raise InvalidDocument("holds no license")
    head, opening, first = texts[0].partition(_OPEN)
    texts[0] = opening + first
    children = list(root)
    if not (
        len(children) == len(texts)
        and all(child.tag == _LICENSE for child in children)
        and consists_of(head, _HEAD)
        and consists_of(tail, _TAIL)
    ):
        raise InvalidDocument(f"is not laid out as a {_ROOT} document")
    return tuple(_read(child, text + _CLOSE, verifier) for child, text in zip(children, texts, strict=True))


def said_lines(data: bytes) -> tuple[LicenseLine, ...]:
    """Read what the licenses of a file say, for those who have no key to prove them with.

    Raises:
        InvalidDocument: the data is not a license file.
    """
    licenses = list(parse_document(data, _ROOT, LICENSE_FILE_LIMIT))
    try:
        return tuple(_content(each).line for each in licenses if each.tag == _LICENSE)
    except ValueError as error:
        raise InvalidDocument("has a license that is none") from error


def _whole(licenses: list[tuple[FileLine, str]]) -> bytes:
    pieces = list(_HEAD)
    for license_, proof in licenses:
        pieces += _pieces(license_, proof, _own_comment(license_))
    return write_pieces([*pieces, *_TAIL])


def _read(license_: "_Element", text: bytes, verifier: Verifier) -> FileLine | DamagedLine:
    code = fingerprint(verifier.public)
    try:
        content = _content(license_)
        signature = bytes_of(content.proof.partition("$")[2])
        sound = consists_of(text, _pieces(content, _proof(code, signature), _comment_as_it_stands(text)))
        if sound and verifier.accepts(_signed(content, code), signature):
            return content
    except ValueError:
        pass  # whatever was not understood was not written by us
    return DamagedLine(_feature_of(license_))


def _content(license_: "_Element") -> FileLine:
    words, _, last = text_at(license_, "LICENSE_LINE").strip(" \t\r\n").rpartition(" ")
    return FileLine(
        line=read_line(words),
        source=text_at(license_, "SOURCE"),
        created=text_at(license_, "CREATE_DATE"),
        comment=_comment(text_at(license_, _COMMENT)),
        proof=last,
    )


def _proof(code: str, signature: bytes) -> str:
    return f"{code}${base64_of(signature)}"


def _pieces(content: FileLine, proof: str, comment: str) -> tuple[XmlPiece, ...]:
    return _laid_out(_readable(content), f"{write_line(content.line)} {proof}", comment)


def _laid_out(readable: tuple[XmlPiece, ...], line: str, comment: str) -> tuple[XmlPiece, ...]:
    digest = base64_of(sha256(line.encode("ascii")).digest())
    return (
        (1, f"<{_LICENSE}>"),
        *readable,
        (2, f'<LICENSE_LINE hash="{digest}">'),
        (3, f"<![CDATA[{line}]]>"),
        (2, "</LICENSE_LINE>"),
        (2, comment),
        (1, f"</{_LICENSE}>"),
    )


def _readable(content: FileLine) -> tuple[XmlPiece, ...]:
    """Elements that say what the line says; the words of the line are checked where the line is written."""
    line = content.line
    if line.udi is None:
        raise ValueError(f"license {line.id} is locked to no device")
    return (
        element(2, "FEATURE_NAME", line.feature),
        element(2, "FEATURE_VERSION", line.version),
        *udi_pieces(2, line.udi),
        element(2, "SOURCE", require_printable(content.source)),
        element(2, "CREATE_DATE", require_printable(content.created)),
    )


def _signed(content: FileLine, code: str) -> bytes:
    return _signed_bytes(_readable(content), write_line(content.line), code)


def _signed_bytes(readable: tuple[XmlPiece, ...], line: str, code: str) -> bytes:
    return signed_bytes("license", (*readable, (3, f"{line} {code}")))


def _own_comment(content: FileLine) -> str:
    if not content.comment:
        return _NO_COMMENT
    return _COMMENT_OPEN + element(2, _COMMENT, _comment(content.comment))[1].removeprefix(f"<{_COMMENT}>")


def _comment(text: str) -> str:
    if len(text) > COMMENT_LIMIT:
        raise ValueError(f"a comment has at most {COMMENT_LIMIT} characters")
    return require_printable(text)


def _comment_as_it_stands(text: bytes) -> str:
    """Comment element in the user's own spelling, which ends at the first angle bracket."""
    _, opening, rest = text.rpartition(_COMMENT_OPEN.encode())
    spelled = rest.partition(b"<")[0]
    return f"{opening.decode('ascii')}{spelled.decode('ascii')}</{_COMMENT}>"


def _feature_of(license_: "_Element") -> str:
    try:
        return token(text_at(license_, "FEATURE_NAME"))
    except ValueError:
        return UNKNOWN_FEATURE
