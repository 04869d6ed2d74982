"""Lines that take the place of an earlier one with the same words: the value of one thing is printed once."""

import pytest

from emulator.console.configuration.language import DIRECTIONS, key_of
from emulator.console.configuration.layout import configuration_lines
from emulator.console.configuration.row_checks import row_problems
from emulator.console.configuration.rows import Row
from tests.driver import ConsoleDriver, world_of
from tests.unit.console.configuration.samples import flats, rows, typed

NAMED = [(mode, row) for mode, row in rows() if row.named_by]


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{mode}: {row.line[:60]}") for mode, row in NAMED])
def test_a_value_tells_no_line_from_another_and_a_direction_does(row: Row) -> None:
    lines = [line.split(" ") for line in map(typed, flats(row)) if len(line.split(" ")) > row.named_by]
    assert lines, "no line has more words than name it"
    for *words, last in lines:
        same = key_of(row, " ".join([*words, last]), {}) == key_of(row, " ".join([*words, "other"]), {})
        assert same != (last in DIRECTIONS)


PAIRS = {
    "interface vlan 1": (
        ("standby 1 priority 100", "standby 1 priority 110"),
        ("standby 1 track 1 decrement 10", "standby 1 track 1 decrement 20"),
    ),
    "router bgp 65000": (
        ("neighbor 192.0.2.1 remote-as 1", "neighbor 192.0.2.1 remote-as 2"),
        ("neighbor 192.0.2.1 description a", "neighbor 192.0.2.1 description b c"),
        ("neighbor 192.0.2.1 route-map A in", "neighbor 192.0.2.1 route-map B in"),
        ("neighbor 192.0.2.1 default-originate", "neighbor 192.0.2.1 default-originate route-map X"),
        ("neighbor GROUP password one", "neighbor GROUP password two"),
        ("timers bgp 5 15", "timers bgp 6 18"),
        ("redistribute static", "redistribute static metric 5"),
    ),
    "router ospf 1": (
        ("area 1 stub", "area 1 stub no-summary"),
        ("area 1 range 10.0.0.0 255.0.0.0", "area 1 range 10.0.0.0 255.0.0.0 not-advertise"),
        ("area 1 filter-list prefix A in", "area 1 filter-list prefix B in"),
        ("timers throttle spf 1 2 3", "timers throttle spf 4 5 6"),
    ),
    "line vty 0 4": (("authorization commands 15 A", "authorization commands 15 B"),),
}  # fmt: skip
BESIDE = {
    "interface vlan 1": ("standby 2 priority 90", "standby 1 track 2"),
    "router bgp 65000": ("neighbor 192.0.2.1 route-map A out", "neighbor 192.0.2.2 remote-as 3"),
    "router ospf 1": ("area 2 stub", "area 1 filter-list prefix A out", "timers throttle lsa 4 5 6"),
    "line vty 0 4": ("authorization commands 1 A",),
}


def test_a_later_line_takes_the_place_of_an_earlier_one() -> None:
    console = ConsoleDriver(world_of("R1", factory=("advsecurity", "advipservices"))).boot()
    console.type("configure terminal", "aaa new-model")
    for section, pairs in PAIRS.items():
        console.type(section)
        for line in (*BESIDE[section], *(line for pair in pairs for line in pair)):
            console.type(line).sees_exactly("")
    printed = [line.strip() for line in configuration_lines(console.router)]
    for section, pairs in PAIRS.items():
        assert [line for pair in pairs for line in pair if line in printed] == [later for _, later in pairs]
        assert set(BESIDE[section]) <= set(printed)


def test_a_neighbor_is_taken_back_whole_and_by_its_words() -> None:
    console = ConsoleDriver(world_of("R1", factory=("advsecurity", "advipservices"))).boot()
    console.type("configure terminal", "router bgp 65000", "neighbor 192.0.2.1 remote-as 1")
    console.type(
        "neighbor 192.0.2.1 description a b", "neighbor 192.0.2.1 route-map A in", "neighbor 192.0.2.2 weight 5"
    )
    console.type("no neighbor 192.0.2.1 description").sees_exactly("")
    assert " neighbor 192.0.2.1 description a b" not in list(configuration_lines(console.router))
    console.type("no neighbor 192.0.2.1").sees_exactly("")
    left = [line for line in configuration_lines(console.router) if line.startswith(" neighbor")]
    assert left == [" neighbor 192.0.2.2 weight 5"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (Row(line="standby <group:0-4095> preempt"), "has words behind an argument, so needs a key with it"),
        (Row(line="shutdown", named_by=1), "is not one of many, so needs no words that tell which it is"),
    ],
)
def test_a_row_that_would_replace_others_is_told(row: Row, told: str) -> None:
    assert [problem for _, problem in row_problems(row, ()) if told in problem]
