"""Lists of UDIs on paper: no typing error goes unnoticed, and each is told with its row."""

import pytest

from emulator.kernel.errors import Refused
from emulator.licensing.udi import Udi
from emulator.manager.printed_list import check_characters, read_printed_list, write_printed_list

UDIS = [Udi("CISCO881-K9", f"FTX1405YD{last}") for last in ("C7", "C8", "C9", "CA")]
LISTED = write_printed_list(UDIS)
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ./+-:"


def problems(text: str) -> list[tuple[int, str]]:
    return [(each.row, each.problem) for each in read_printed_list(text) if each.udi is None]


def test_a_list_is_read_as_it_was_written_in_capitals_or_not_and_without_numbers() -> None:
    assert [each.udi for each in read_printed_list(LISTED)] == UDIS
    typed = LISTED.lower().replace("\n1  ", "\n").replace("\n2  ", "\n\n")
    assert [each.udi for each in read_printed_list(typed)] == UDIS


@pytest.mark.parametrize("udi", [str(UDIS[0]), "C892FSP-K9:FGL1234567Z", "IAD888EB-K9:FTX1405YDC7"])
def test_no_single_wrong_character_and_no_two_that_changed_places_have_the_same_check(udi: str) -> None:
    check = check_characters(udi)
    for place, character in enumerate(udi):
        for other in CHARACTERS:
            if other != character:
                assert check_characters(udi[:place] + other + udi[place + 1 :]) != check
        for second in range(place + 1, len(udi)):
            if udi[second] != character:
                swapped = udi[:place] + udi[second] + udi[place + 1 : second] + character + udi[second + 1 :]
                assert check_characters(swapped) != check


PID = "CISCO881-K9:FTX1405YDC"
ROW = f"{UDIS[0]}  {check_characters(str(UDIS[0]))}"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("YDC7", "YDC2", [(2, f"{PID}2 does not fit its check characters {{}}; compare it with the list")]),
        ("YDC7", "YCD7", [(2, f"{PID[:-2]}CD7 does not fit its check characters {{}}; did you mean {PID}7?")]),
        ("YDC7", "YDC", [(2, f"'{PID}' is not a UDI: its serial number has 10 characters; one has 11")]),
        (ROW, str(UDIS[0]), [(2, "it has no check characters; they stand behind the UDI")]),
        (ROW, "one two three four", [(2, "it is not a UDI and its two check characters")]),
        (f"1  {ROW}\n", "", [(5, "the list has 4 device(s), and 3 row(s) were typed")]),
        ("END 4", "END x", [(6, "it is not `END`, the number of devices and two check characters")]),
        ("END 4", "# 4", [(6, "the END row is missing; rows before it may be missing too")]),
        ("END 4", f"{UDIS[1]} {check_characters(str(UDIS[1]))}\nEND 5",
         [(7, "the rows are not those of the list: one is missing, doubled, or in another place")]),
    ],
)  # fmt: skip
def test_a_typing_error_is_told_with_its_row(before: str, after: str, told: list[tuple[int, str]]) -> None:
    assert before in LISTED
    check = check_characters(str(UDIS[0]))
    assert problems(LISTED.replace(before, after, 1)) == [(row, text.format(check)) for row, text in told]


def test_rows_behind_the_end_are_told_and_an_empty_list_is_refused() -> None:
    assert problems(f"{LISTED}{ROW}\n") == [(7, "it stands behind the END row")]
    with pytest.raises(Refused, match="the list is empty; a row is a UDI and its two check characters"):
        read_printed_list("# nothing\n")
