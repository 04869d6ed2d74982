"""Lines that a terminal showed, made out of the bytes that a recorder kept.

Undone are the traces of the way: line ends of every kind, tags of a page, colors, `--More--` and what rubs it out,
backspaces, carriage returns within a line, the time that a terminal program puts before every line, a margin that a
page or a mail put there. Blanks and tabs of the router are kept, for they belong to its output. Every line keeps the
number that it has in the file.
"""

import html
import re
from collections.abc import Sequence

import msgspec

ESCAPES = re.compile(
    r"\x1b(?:"
    r"\[[0-?]*[ -/]*[@-~]"  # colors and cursor
    r"|\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles
    r"|[()#][0-9A-Za-z]"  # character sets
    r"|[=>78cDEHMNOZ])"
)
PAGER = re.compile(r" ?(?:--More--|<--- More --->)(?:(?: *(?:\x08+ *\x08*|\r *\r))+| ?)")
"""The pager's question, and the backspaces and blanks that rub it out (C)."""

PAGE = re.compile(r"<(?:pre|html|body)\b[^<>\n]{0,200}>", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>|<!--[^\n]{0,500}?-->|<\?[^\n]{0,500}?\?>")
"""A page of the web, and what in it is not shown; a tag that spans lines is left as it is."""

STAMP = re.compile(
    r"\[(?=[^\[\]]*\d\d:\d\d)[^\[\]]{5,40}\] ?"
    r"|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?: ?[|:])? ?"
)
"""The time of a line, as SecureCRT, PuTTY's kin, Tera Term and `ts` write it; the router's own has no year."""

LEAST_STAMPED = 3
"""Lines with a time that make it the custom of a file."""

SILENT = dict.fromkeys([0, 5, 6, 7, 11, 12, 14, 15, 17, 19, 127])
"""Characters that a terminal does not show."""

LINE_LIMIT = 1_000
"""Characters of the longest line that is read; a longer one is cut, which bounds the time of every expression, and no
router prints one."""


class CapturedLine(msgspec.Struct, frozen=True):
    """One line as it was seen; `number` is that in the file, counted from 1."""

    number: int
    text: str


def lines_of(data: bytes) -> list[CapturedLine]:
    """The lines of a recording."""
    text = _decoded(data).replace("\r\r\n", "\n").replace("\r\n", "\n")
    if PAGE.search(text):
        text = html.unescape(TAG.sub("", text))
    if "\n" not in text:
        text = text.replace("\r", "\n")
    rows = text.split("\n")
    if rows and not rows[-1]:
        rows.pop()
    lines = [CapturedLine(number, _shown(row[:LINE_LIMIT])) for number, row in enumerate(rows, 1)]
    return without_margin(without_stamps(lines))


def without_stamps(lines: Sequence[CapturedLine]) -> list[CapturedLine]:
    """The lines without their times, where nine of ten lines that are not blank have one."""
    ends = [0 if (stamp := STAMP.match(line.text)) is None else stamp.end() for line in lines]
    written = sum(1 for line in lines if line.text.strip())
    stamped = sum(1 for end in ends if end)
    if stamped < LEAST_STAMPED or stamped < 0.9 * written:
        return list(lines)
    return [CapturedLine(line.number, line.text[end:]) for line, end in zip(lines, ends, strict=True)]


def without_margin(lines: Sequence[CapturedLine]) -> list[CapturedLine]:
    """The lines without the blanks that all of them begin with; lines of blanks alone do not count."""
    margin, seen = "", 0
    for line in lines:
        if not line.text.strip():
            continue
        blanks = line.text[: len(line.text) - len(line.text.lstrip(" \t"))]
        margin = margin if seen else blanks
        seen += 1
        while not blanks.startswith(margin):
            margin = margin[:-1]
        if not margin:
            return list(lines)
    if seen < 2:  # a single line has no margin in common with another
        return list(lines)
    return [CapturedLine(line.number, line.text[len(margin) :] if line.text.strip() else "") for line in lines]


def _decoded(data: bytes) -> str:
    """Text in UTF-8, or, where it is none, in the encoding that has a character for each byte."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _shown(row: str) -> str:
    """One row after everything that moved the cursor in it."""
    if row.isprintable():
        return PAGER.sub("", row) if "--" in row else row
    row = PAGER.sub("", ESCAPES.sub("", row)).translate(SILENT)
    if "\b" not in row and "\r" not in row:
        return row
    shown: list[str] = []
    at = 0
    for character in row.rstrip("\r"):
        if character == "\b":
            at = max(at - 1, 0)
        elif character == "\r":
            at = 0
        else:
            shown[at : at + 1] = [character]
            at += 1
    return "".join(shown)
