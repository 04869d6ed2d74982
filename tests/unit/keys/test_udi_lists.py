"""Lists of UDIs as XML: what is written is read again, and what is wrong in a list is told with its line."""

import pytest

from emulator.keys.canonical_xml import InvalidDocument
from emulator.keys.udi_lists import ListedUdi, read_udi_list, write_udi_list
from emulator.licensing.udi import Udi

R1, R2 = Udi("CISCO881-K9", "FTX1405YDC7"), Udi("CISCO881-K9", "FTX1405YDC8")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def test_what_is_written_is_read_again() -> None:
    assert [each.udi for each in read_udi_list(write_udi_list([R1, R2]))] == [R1, R2]
    assert read_udi_list(write_udi_list([])) == []


def test_a_list_written_by_hand() -> None:
    text = f"""{HEAD}<UDI_LIST>
<!-- the shop -->
<UDI> <PID> CISCO881-K9 </PID><SN>
  FTX1405YDC7</SN></UDI>
<UDI><PID>CISCO881-K9</PID></UDI>
<UDI><PID>CISCO881-K9</PID><SN>FTX14O5YDC7</SN></UDI>
<DEVICE/>
</UDI_LIST>"""
    assert read_udi_list(text.encode()) == [
        ListedUdi(4, R1),
        ListedUdi(6, None, "the element SN is missing or empty"),
        ListedUdi(7, None, "'CISCO881-K9:FTX14O5YDC7' is not a UDI: character 6 of its serial number is the letter O;"
                           " did you mean CISCO881-K9:FTX1405YDC7?"),
        ListedUdi(8, None, "'DEVICE' is no UDI element"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("<UDI_LIST/>", "does not begin with the declaration of XML 1.0 in UTF-8"),
        (f"{HEAD}<UDI_LIST>", "is not well-formed XML"),
        (f"{HEAD}<UDIS/>", "is not a UDI_LIST document"),
        (f'{HEAD}<!DOCTYPE UDI_LIST [<!ENTITY a SYSTEM "file:///etc/passwd">]><UDI_LIST>&a;</UDI_LIST>',
         "declares a document type"),
    ],
)  # fmt: skip
def test_what_is_no_list(text: str, reason: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_udi_list(text.encode())
    assert caught.value.reason == reason
