"""No cell of a table is computed, whatever sign begins it and whatever stands before the sign."""

import unicodedata
from itertools import product

import pytest

from emulator.kernel.spreadsheet import BLANKS, LOOK_ALIKES, SIGNS, harmless


@pytest.mark.parametrize("before", ["", *BLANKS, '"', ' " ', "a;", "a\t", "a\r\n", "a; "])
def test_a_sign_behind_anything_that_is_cut_off(before: str) -> None:
    for sign, after in product(SIGNS + LOOK_ALIKES, ("1+1", "cmd|' /C calc'!A0", "")):
        cell = f"{before}{sign}{after}"
        told = harmless(cell)
        assert told.replace("'", "") == cell.replace("'", "")
        at = told.index(sign)
        assert "'" in told[:at]
        assert harmless(told) == told


def test_every_form_of_a_sign_is_known() -> None:
    forms = {chr(code) for code in range(0x80, 0x10000) if unicodedata.normalize("NFKC", chr(code)) in set(SIGNS)}
    minus = {"\u2212", "\u207b", "\u208b"}
    assert forms | minus == set(LOOK_ALIKES)


@pytest.mark.parametrize("cell", ["", "CISCO881-K9:FTX1405YDC7", "a=b", "lab@example.net", "1-2", "Bern; old town"])
def test_any_other_cell_is_as_it_was(cell: str) -> None:
    assert harmless(cell) == cell
