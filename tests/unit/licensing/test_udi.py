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
        "CISCO881-K9:FTX1405YDC", "CISCO881-K9:FTX1405YDC77", "CISCO881-K9 :FTX1405YDC7", "CISCO881-K9:FTX1405YDC7\n",
        "C:FTX1405YDC7", "CISCO881-K9:1FTX405YDC7",
    ],
)  # fmt: skip
def test_another_form_is_no_udi(text: str) -> None:
    with pytest.raises(ValueError, match="is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7"):
        parse_udi(text)


@pytest.mark.parametrize(("text", "answer"), [("FTX1405YDC7", True), ("FTX1405YDC", False), ("FTX14O5YDC7", False)])
def test_a_serial_number_has_eleven_places(text: str, *, answer: bool) -> None:
    assert is_serial(text) is answer
