"""Lists of devices as people have them, and tables that no spreadsheet takes for a program."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.console.render.licenses.license import show_license_udi
from emulator.images.manifest import Dialect
from emulator.licensing.udi import Udi
from emulator.transports.portal.spreadsheets import MOST_ROWS, SpreadsheetRow, read_udis, text_of, write_csv
from emulator.transports.web.problems import BadInput

ONE, TWO = Udi("CISCO881-K9", "FTX1405YDC7"), Udi("CISCO881-K9", "FTX1405YDC8")

SHOWN = """\
Device#   PID               SN              UDI
--------------------------------------------------------------------
*0        {0:<17} {1:<15} {2}

"""
"""Output of `show license udi`."""


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{TWO}\n",
        f"{ONE}\r\n{TWO}",
        f"  {ONE}  \n\n# the second one\n{TWO}\n",
        f"UDI\n{ONE}\n{TWO}",
        f"pid,serial\n{ONE.pid},{ONE.serial}\n{TWO.pid}, {TWO.serial}\n",
        f"PID;SN;site\n{ONE.pid};{ONE.serial};Lima\n{TWO.pid};{TWO.serial};Bern",
        f'"{ONE.pid}","{ONE.serial}"\n"{TWO}"\n',
        f"{ONE.pid}\t{ONE.serial}\n{TWO}\tno matter\n",
        f'PID,SN,site\n{ONE.pid},{ONE.serial},"Berlin; 2nd floor"\n{TWO.pid},{TWO.serial},"Bern\t3rd"\n',
        f'{ONE.pid},{ONE.serial},"Berlin; 2nd floor; ""east"" wing"\n{TWO.pid},{TWO.serial},x;y;z\n',
        f'PID;SN;site\n{ONE.pid};{ONE.serial};"Lima, old town"\n{TWO.pid};{TWO.serial};a,b,c,d\n',
        f'UDI\n{ONE}\n{TWO},"Berlin; 2nd floor"\n',
        f"# ; ; ;\n{ONE.pid},{ONE.serial}\n{TWO.pid},{TWO.serial}\n",
        show_license_udi(ONE, Dialect()) + show_license_udi(TWO, Dialect(license_udi_wide=True)),
        SHOWN.format(ONE.pid, ONE.serial, ONE) + SHOWN.format(TWO.pid, TWO.serial, TWO),
        f"{ONE}\n" + SHOWN.format(TWO.pid, TWO.serial, TWO),
    ],
)
def test_every_way_to_write_the_list(text: str) -> None:
    assert [row.udi for row in read_udis(text, "udis")] == [ONE, TWO]


def test_a_wrong_row_keeps_its_number_and_its_reason() -> None:
    rows = read_udis(f"{ONE}\n\nnonsense\n{str(TWO).lower()}\nCISCO881-K9,\n", "udis")
    assert [(row.number, row.text, row.problem) for row in rows] == [
        (1, str(ONE), ""),
        (3, "nonsense", "is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7"),
        (4, str(TWO).lower(), "is a UDI only in capital letters"),
        (5, "CISCO881-K9,", "is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7"),
    ]


def test_a_wrong_row_is_shown_as_it_stands() -> None:
    rows = [
        "nonsense,Berlin",
        "CISCO881-K9:FTX14O5YDC7, 2nd floor",
        '"CISCO881-K9,FTX1405YDC7',
        "*0  CISCO881-K9  FTX1405YDC7  CISCO881-K9:FTX1405YDC8",
    ]
    read = read_udis("\n".join([str(ONE), *rows, str(TWO)]), "udis")
    assert [row.text for row in read] == [str(ONE), *rows, str(TWO)]
    assert [row.udi for row in read] == [ONE, None, None, None, None, TWO]
    assert [row.number for row in read] == [1, 2, 3, 4, 5, 6]


def test_an_endless_line_is_told_at_once() -> None:
    for line in ("0 a b " + "x:" * 400_000 + " y", '"' * 800_001, ";" * 800_000, "- " * 400_000):
        [row] = read_udis(f"{line}\n{ONE}", "udis")[:1]
        assert (row.udi, len(row.text) < 100) == (None, True) or row.udi == ONE


def test_an_endless_list_is_refused_before_it_is_read() -> None:
    assert len(read_udis(f"{ONE}\n" * MOST_ROWS, "udis")) == MOST_ROWS
    with pytest.raises(BadInput, match="Send it in parts") as refused:
        read_udis(f"{ONE}\n" * (MOST_ROWS + 1), "file")
    assert refused.value.field == "file"


@pytest.mark.parametrize("data", [f"{ONE}\n".encode(), f"\ufeff{ONE}\n".encode(), f"{ONE}\n".encode("utf-16")])
def test_files_as_spreadsheets_save_them(data: bytes) -> None:
    assert [row.udi for row in read_udis(text_of(data, "file"), "file")] == [ONE]


@pytest.mark.parametrize("data", [b"\xff\x00\x01", b"\x89PNG\r\n\x1a\n\x00", b"CISCO881-K9\x00", b"\xff\xfe\x00"])
def test_a_file_that_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="not text"):
        text_of(data, "file")


@given(st.text(max_size=400))
def test_whatever_is_pasted_is_read_row_by_row(text: str) -> None:
    for row in read_udis(text, "udis"):
        assert isinstance(row, SpreadsheetRow)
        assert bool(row.problem) != bool(row.udi)
        assert row.text.isprintable()
        assert 1 <= row.number <= len(text.splitlines())


@given(st.lists(st.tuples(st.text(), st.text()), max_size=20))
def test_no_cell_is_a_formula_and_none_is_lost(rows: list[tuple[str, str]]) -> None:
    text = b"".join(write_csv(("one", "two"), rows)).decode("utf-8", "surrogatepass")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["one", "two"]
    for given_row, read_row in zip(rows, read[1:], strict=True):
        for cell, found in zip(given_row, read_row, strict=True):
            assert found.replace("'", "") == cell.replace("'", "")
            for part in re.split("[;\t\r\n]", found):
                assert not part.lstrip(' "').startswith(("=", "+", "-", "@")), "whatever a spreadsheet splits at"
            assert not found.startswith(("\t", "\r", "\n"))


def test_a_cell_keeps_its_semicolons_and_is_quoted() -> None:
    rows = [("a;=1+1;b", '=cmd|"/c calc"'), ("; @x", "-1"), ("plain", "a-b=c;d")]
    one, *others = b"".join(write_csv(("one", "two"), rows)).decode().split("\r\n")
    assert one == '"one","two"'
    assert [each.replace('""', "''") for each in others] == [
        "\"a;'=1+1;b\",\"'=cmd|''/c calc''\"",
        '";\' @x","\'-1"',
        '"plain","a-b=c;d"',
        "",
    ]


def test_a_long_table_comes_in_pieces() -> None:
    pieces = list(write_csv(("n",), ((number,) for number in range(1200))))
    assert len(pieces) == 3
    assert b"".join(pieces).decode().split() == ['"n"', *(f'"{number}"' for number in range(1200))]
