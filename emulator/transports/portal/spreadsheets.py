"""Lists that people keep in a spreadsheet: UDIs read from pasted text or a file, tables written as CSV.

Reading (ours, I): one device a row, as `PID:SN` in the first column or PID and SN in two; comma, semicolon or tab,
whichever the heading or the first row with one has outside of quotation marks; a heading, empty rows and rows that
begin with `#` are passed over. What `show license udi` prints may stand among them: its heading and line are passed
over, its rows name their devices. A row that cannot be read is kept as it stands with its number and the reason, so
that it can be told. Writing: every cell is quoted, and no spreadsheet computes one.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

import msgspec

from emulator.kernel.errors import printable
from emulator.kernel.spreadsheet import harmless
from emulator.licensing.udi import Udi, parse_udi, udi_fault
from emulator.transports.web.problems import BadInput

MOST_ROWS = 10_000

_HEADINGS = {"udi", "pid", "product id", "product", "pid:sn", "device"}
_SEPARATORS = ("\t", ";", ",")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SHOWN_HEADING = re.compile(r"Device#\s+PID\s+SN\s+UDI|-{5,}")
_SHOWN = re.compile(r"\*?\d+\s+(?P<pid>\S+)\s+(?P<serial>\S+)\s+(?P<udi>[^\s:]+:\S+)")
"""What `show license udi` prints: device, PID, SN and UDI (C)."""
_LONGEST_SHOWN = 200
"""Characters of such a row; looking for one in an endless line would take its square in time."""


class SpreadsheetRow(msgspec.Struct, frozen=True):
    """One row that names a device, or should.

    Attributes:
        number: of the row in what was given, from 1.
        text: what stands there, short enough to be shown.
        udi: None where none can be read.
        problem: why not, or empty.
    """

    number: int
    text: str
    udi: Udi | None
    problem: str = ""


def text_of(data: bytes, field: str) -> str:
    """The text of a file that was sent.

    Raises:
        BadInput: it is not text in UTF-8 (or UTF-16 with its mark, as a spreadsheet saves it).
    """
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput("The file is not text in UTF-8. Save it as CSV in UTF-8.", field) from error
    if "\0" in text:
        raise BadInput("The file is not text; it has null bytes.", field)
    return text


def read_udis(text: str, field: str) -> list[SpreadsheetRow]:
    """The devices that a text names, row by row.

    Raises:
        BadInput: it has more rows than are taken at one time.
    """
    rows: list[SpreadsheetRow] = []
    lines = [(number, line.strip(" ")) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line.strip() and not line.lstrip().startswith("#")]
    separator = next(filter(None, (_separator(line) for _, line in lines)), ",")
    for number, line in lines:
        cells = [cell.strip() for cell in _cells(line, separator)]
        if not any(cells) or (not rows and cells[0].lower() in _HEADINGS) or _SHOWN_HEADING.fullmatch(line.strip()):
            continue
        if len(rows) == MOST_ROWS:
            raise BadInput(f"The list has more than {MOST_ROWS} rows. Send it in parts.", field)
        rows.append(_row(number, line, cells))
    return rows


def _separator(line: str) -> str:
    """Return what a line is split at, the most frequent one outside of quotation marks; empty where it has none."""
    bare = _QUOTED.sub("", line)
    found = max(_SEPARATORS, key=bare.count)
    return found if found in bare else ""


def _cells(line: str, separator: str) -> list[str]:
    """One line's cells; a line with a stray quotation mark or an endless cell is one cell as it stands."""
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [""])
    except csv.Error:
        return [line]


def _row(number: int, line: str, cells: Sequence[str]) -> SpreadsheetRow:
    first, second = cells[0], cells[1] if len(cells) > 1 else ""
    text = first if ":" in first or not second else f"{first}:{second}"
    if len(line) <= _LONGEST_SHOWN and (shown := _SHOWN.fullmatch(line.strip())):
        text = shown["udi"] if shown["udi"] == f"{shown['pid']}:{shown['serial']}" else line
    try:
        return SpreadsheetRow(number, printable(text), parse_udi(text))
    except ValueError:
        return SpreadsheetRow(number, printable(line.strip()), None, _reason(text))


def _reason(text: str) -> str:
    try:
        parse_udi(text.upper())
    except ValueError:
        return udi_fault(text)
    return "is a UDI only in capital letters"


def write_csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterable[bytes]:
    """A table as CSV (RFC 4180), piece by piece."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(heading)
    for number, row in enumerate(rows, 1):
        writer.writerow([harmless(str(cell)) for cell in row])
        if number % 500 == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
