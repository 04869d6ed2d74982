import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.licensing.udi import Udi, is_serial, parse_udi


def test_a_udi_is_written_with_a_colon() -> None:
    assert str(Udi("CISCO881-K9", "FTX1405YDC7")) == "CISCO881-K9:FTX1405YDC7"


@given(
    st.from_regex(r"[A-Z0-9][A-Z0-9./+-]{1,21}", fullmatch=True),
    st.from_regex(r"[A-Z]{3}[0-9]{4}[0-9A-Z]{4}", fullmatch=True),
)
def test_what_is_written_is_read_as_the_same(pid: str, serial: str) -> None:
    udi = Udi(pid, serial)
    assert parse_udi(str(udi)) == udi


@pytest.mark.parametrize(
    "text",
    [
        "", "CISCO881-K9", "CISCO881-K9:", ":FTX1405YDC7", "cisco881-k9:FTX1405YDC7", "CISCO881-K9:ftx1405ydc7",
        "CISCO881-K9 :FTX1405YDC7", "CISCO881-K9:FTX1405YDC7\n",
        "C:FTX1405YDC7", "CISCO881-K9:1FTX405YDC7",
    ],
)  # fmt: skip
def test_another_form_is_no_udi(text: str) -> None:
    with pytest.raises(ValueError, match="is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7"):
        parse_udi(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("FTX1405YDC7", "it has no product ID; write PID:SN, for example CISCO881-K9:FTX1405YDC7"),
        ("CISCO881-K9:FTX1405YDC", "its serial number has 10 characters; one has 11"),
        ("CISCO881-K9:FTX1405YDC77", "its serial number has 12 characters; one has 11"),
        (
            "CISCO881-K9:FTX14O5YDC9",
            "character 6 of its serial number is the letter O; did you mean CISCO881-K9:FTX1405YDC9?",
        ),
        (
            "CISCO881-K9:FTXI405YDC9",
            "character 4 of its serial number is the letter I; did you mean CISCO881-K9:FTX1405YDC9?",
        ),
    ],
)
def test_what_is_nearly_one_is_told_apart(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"'{text}' is not a UDI: {fault}")):
        parse_udi(text)


@pytest.mark.parametrize(
    "text", ["FTX1405YDC7", "FTX1512038X", "FTX18298312", "FOC14126A57", "FTX0153ZZZZ", "FCZ1121C119", "FTX16038388"]
)
def test_a_serial_number_of_a_real_unit_passes(text: str) -> None:
    assert is_serial(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("FTX1405YDC", "ten places"),
        ("FTX1405YDC77", "twelve places"),
        ("FTX14O5YDC7", "a letter in the week"),
        ("ftx1405ydc7", "small letters"),
        ("FT11405YDC7", "a digit in the site"),
        ("FTX0005YDC7", "year 00"),
        ("FTX1000038X", "week 00, as in captures that were made anonymous"),
        ("FTX1454YDC7", "week 54"),
        ("FTX1405YDI7", "an I in the unit"),
        ("FTX1405YDO7", "an O in the unit"),
    ],
)
def test_another_serial_number_does_not(text: str, why: str) -> None:
    assert not is_serial(text), why


def test_a_udi_may_have_a_serial_number_that_no_factory_wrote() -> None:
    assert parse_udi("CISCO881-SEC-K9:FTX1000038X").serial == "FTX1000038X"
