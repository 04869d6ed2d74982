"""Devices that a user means: ranges of addresses and seed files, and the exact words for what is wrong with them."""

import pytest

from emulator.kernel.errors import Refused
from emulator.licensing.udi import Udi
from emulator.manager.entities import DeviceAddress
from emulator.manager.targets import SeedRow, WrongRow, parse_address, parse_ranges, read_seed_file

R1 = Udi("CISCO881-K9", "FTX1405YDC7")


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("192.0.2.1", ["192.0.2.1"]),
        ("192.0.2.0/30", ["192.0.2.1", "192.0.2.2"]),
        ("192.0.2.9/30", ["192.0.2.9", "192.0.2.10"]),
        ("192.0.2.255-192.0.3.1", ["192.0.2.255", "192.0.3.0", "192.0.3.1"]),
        ("2001:db8::1-2001:db8::2", ["2001:db8::1", "2001:db8::2"]),
    ],
)
def test_a_range(text: str, hosts: list[str]) -> None:
    assert [each.host for each in parse_ranges([text])] == hosts


def test_an_address_stands_once_whatever_the_ranges() -> None:
    found = parse_ranges(["192.0.2.1-192.0.2.3", "192.0.2.2", "192.0.2.1:2022"])
    assert [str(each) for each in found] == ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.1:2022"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "192.0.2.x",
            "'192.0.2.x' is no range of addresses; write 192.0.2.1, 192.0.2.0/24 or 192.0.2.1-192.0.2.20",
        ),
        ("R1", "'R1' is no range of addresses; write 192.0.2.1, 192.0.2.0/24 or 192.0.2.1-192.0.2.20"),
        ("192.0.2.9-192.0.2.1", "'192.0.2.9-192.0.2.1' is an empty range: its end is before its begin"),
        ("192.0.2.9-2001:db8::1", "'192.0.2.9-2001:db8::1' is an empty range: its end is before its begin"),
        ("10.0.0.0/8", "these ranges have more than 65536 addresses; discover them in parts"),
        ("::/0", "these ranges have more than 65536 addresses; discover them in parts"),
    ],
)
def test_what_is_no_range(text: str, told: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_ranges([text])
    assert str(caught.value) == told


@pytest.mark.parametrize("text", ["192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:x", "[2001:db8::1]:-1"])
def test_what_is_no_port(text: str) -> None:
    with pytest.raises(ValueError, match="is not the number of a port"):
        parse_address(text)


def test_an_address_is_written_as_it_is_read() -> None:
    for text in ("192.0.2.1", "192.0.2.1:2022", "2001:db8::1", "[2001:db8::1]:2022"):
        assert str(parse_address(text)) == text


def test_a_seed_file_names_devices_by_address_or_udi() -> None:
    rows = read_seed_file(f"# mine\nAddress;UDI;Group\n192.0.2.1;;north\n\n;{R1};\n192.0.2.2:2022;{R1}x;\n")
    assert rows[:2] == [
        SeedRow(3, DeviceAddress("192.0.2.1"), None, "north"),
        SeedRow(5, None, R1, ""),
    ]
    assert isinstance(rows[2], WrongRow)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("x,,", "row 3: 'x' is not an address; write for example 192.0.2.1"),
        (",,north", "row 3: it has neither an address nor a UDI"),
        ("192.0.2.9,,north,more", "row 3: it has 4 cells, and the heading has 3"),
        ("192.0.2.1,,", "row 3: 192.0.2.1 stands in row 2 already"),
        (",FTX1405YDC7,", f"row 3: 'FTX1405YDC7' is not a UDI: it has no product ID; write PID:SN, for example {R1}"),
        ("192.0.2.9:99999,,", "row 3: '99999' is not the number of a port"),
        ('"192.0.2.9,,', "row 3: '\"192.0.2.9,,' is not an address; write for example 192.0.2.1"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_and_the_others_are_used(row: str, told: str) -> None:
    rows = read_seed_file(f"address,udi,group\n192.0.2.1,,\n{row}\n192.0.2.3,,\n")
    assert [str(each) for each in rows if isinstance(each, WrongRow)] == [told]
    assert [each.row for each in rows if isinstance(each, SeedRow)] == [2, 4]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the seed file is empty; its heading is address,udi,group"),
        ("adress,group\n", "the seed file has an unknown column 'adress'. Did you mean address?"),
        ("group\nnorth\n", "the seed file has neither a column 'address' nor a column 'udi'"),
        ("udi,udi\n", "the seed file has two columns 'udi'"),
    ],
)
def test_a_wrong_heading(text: str, told: str) -> None:
    with pytest.raises(Refused) as caught:
        read_seed_file(text)
    assert str(caught.value) == told


@pytest.mark.heavy
def test_a_list_of_30000_rows_with_300_bad_ones() -> None:
    lines = ["address,udi"]
    lines += ["x," if number % 100 == 99 else f"10.{number // 250}.{number % 250}.1," for number in range(30_000)]
    rows = read_seed_file("\n".join(lines))
    assert len([each for each in rows if isinstance(each, WrongRow)]) == 300
    assert len(rows) == 30_000
