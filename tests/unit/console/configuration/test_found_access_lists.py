"""Access lists in a configuration that was found: printed back as they stood, and lists like any other."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulator.console.configuration.layout import configuration_lines
from emulator.console.line.router_lines import RouterLines
from emulator.console.session.verbatim_reader import KeptLine, read_found
from emulator.world.build import console_grammar
from tests.driver import ConsoleDriver, world_of

IMAGE = "c880data-universalk9-mz.155-3.M8.bin"


def router() -> ConsoleDriver:
    return ConsoleDriver(world_of(image=IMAGE, factory=("advsecurity", "advipservices"))).boot()


@pytest.fixture
def console() -> ConsoleDriver:
    return router()


def found(console: ConsoleDriver, *lines: str) -> list[KeptLine]:
    line = RouterLines(console.router, console.world.clock, console.world.timekeeper).console
    return read_found(console.router, line, console_grammar(), "\n".join(lines))


def printed(console: ConsoleDriver) -> list[str]:
    return list(configuration_lines(console.router))


NUMBERED = ("hostname R", "access-list 101 remark top", "access-list 101 permit ip 10.1.1.0 0.0.0.255 any",
            "access-list 101 deny   ip any any", "access-list 7 permit 10.1.1.1", "!", "end")  # fmt: skip
SECTION = ("hostname R", "ip access-list extended 101", " permit ip 10.1.1.0 0.0.0.255 any", " deny   ip any any",
           "!", "end")  # fmt: skip
OLD = ("access-list 101 permit ip 10.1.1.5 0.0.0.255 any", "access-list 101 permit ip 10.1.1.6 0.0.0.255 any",
       "access-list 7 permit host 10.1.1.1", "access-list 7 deny any", "ip access-list standard A",
       " permit 10.1.1.5 0.0.0.255", "ip access-list extended B", " 10 permit tcp any any eq 80",
       " 20 deny ip any any")  # fmt: skip
REMARKS = ("ip access-list extended A", " remark ---", " remark web", " remark ---", " permit tcp any any eq www",
           " remark ---", "access-list 1 remark ---", "access-list 1 remark ---",
           "access-list 1 permit any")  # fmt: skip


@pytest.mark.parametrize("lines", [NUMBERED, SECTION, OLD, REMARKS])
def test_lists_are_understood_and_printed_as_they_stood(console: ConsoleDriver, lines: tuple[str, ...]) -> None:
    assert found(console, *lines) == []
    assert printed(console) == list(lines)


def test_a_numbered_list_keeps_its_place_and_takes_entries_from_both_ways(console: ConsoleDriver) -> None:
    found(console, *NUMBERED)
    console.type("configure terminal", "ip access-list extended 101", "15 permit esp any any", "exit")
    console.type("access-list 101 permit ip any any", "access-list 101 deny ip any any")
    assert [line for line in printed(console) if not line.startswith("! ")] == [
        *NUMBERED[:3], "access-list 101 permit esp any any", NUMBERED[3], "access-list 101 permit ip any any",
        *NUMBERED[4:],
    ]  # fmt: skip
    console.type("no access-list 101")
    assert [line for line in printed(console) if not line.startswith("! ")] == [NUMBERED[0], *NUMBERED[4:]]


def test_a_section_of_a_number_stays_one(console: ConsoleDriver) -> None:
    found(console, *SECTION)
    console.type("configure terminal", "access-list 101 permit ip any any", "ip access-list extended 101", "no 10")
    assert [line for line in printed(console) if not line.startswith("! ")] == [
        *SECTION[:2], SECTION[3], " permit ip any any", *SECTION[4:],
    ]  # fmt: skip
    console.type("do show access-lists 101").sees_exactly(
        "Extended IP access list 101\n    20 deny   ip any any\n    30 permit ip any any\n"
    )
    console.type("no access-list 101")
    assert [line for line in printed(console) if not line.startswith("! ")] == [SECTION[0], *SECTION[4:]]


def test_what_older_releases_wrote_is_known_by_what_it_means(console: ConsoleDriver) -> None:
    found(console, *OLD)
    console.type("show access-lists").sees_exactly(
        "Standard IP access list 7\n    10 permit 10.1.1.1\n    20 deny   any\n"
        "Standard IP access list A\n    10 permit 10.1.1.5, wildcard bits 0.0.0.255\n"
        "Extended IP access list 101\n    10 permit ip 10.1.1.5 0.0.0.255 any\n"
        "    20 permit ip 10.1.1.6 0.0.0.255 any\n"
        "Extended IP access list B\n    10 permit tcp any any eq 80\n    20 deny   ip any any\n"
    )
    console.type("configure terminal", "ip access-list extended B", "no permit tcp any any eq www", "no 20")
    console.type("ip access-list standard A", "no permit 10.1.1.0 0.0.0.255", "exit")
    assert [line for line in printed(console) if line.startswith(" ")] == []


def test_numbering_anew_leaves_every_line_where_it_stood(console: ConsoleDriver) -> None:
    found(console, *REMARKS, *NUMBERED)
    console.type("configure terminal")
    before = printed(console)
    console.type("ip access-list resequence 101 100 5", "ip access-list resequence A 1 1")
    assert printed(console) == before
    console.type("ip access-list extended 101", "103 permit esp any any", "no 105", "do show access-lists 101")
    console.sees_exactly(
        "Extended IP access list 101\n    100 permit ip 10.1.1.0 0.0.0.255 any\n    103 permit esp any any\n"
    )
    at = printed(console).index("access-list 101 permit esp any any")
    assert printed(console)[at - 1] == "access-list 101 permit ip 10.1.1.0 0.0.0.255 any"


def test_a_crypto_map_that_was_found_knows_its_list(console: ConsoleDriver) -> None:
    lines = ("crypto map M 10 ipsec-isakmp ", " set peer 192.0.2.1", " set transform-set T ", " match address 101", "!",
             "access-list 101 permit ip any any")  # fmt: skip
    assert found(console, *lines) == []
    assert printed(console) == list(lines)
    console.type("configure terminal", "no access-list 101")
    assert " ! access-list has not been configured yet" not in printed(console), "what was not found is not printed"


ONE: dict[str, ConsoleDriver] = {}
ENTRIES = ("permit ip any any", "deny   ip any any", "deny ip any any log", "permit tcp 10.1.1.5 0.0.0.255 any eq 80",
           "permit 10.1.1.5", "permit host 10.1.1.5", "remark x", "remark", "10 permit ip any any", "permit", "no 10",
           "permit tcp any any eq 80 443 established")  # fmt: skip
HEADERS = ("access-list 101 {}", "access-list 1 {}", "no access-list 101 {}", "ip access-list extended 101", " {}",
           "ip access-list extended A", "ip access-list standard A", "ip access-list standard 1", "!", " !",
           "ip access-list resequence 101 1 1", "no ip access-list extended A", "  {} ")  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(HEADERS), st.sampled_from(ENTRIES)), max_size=14))
def test_whatever_is_found_is_printed_as_it_was(drawn: list[tuple[str, str]]) -> None:
    console = ONE.setdefault("one", router())
    lines = [header.format(entry) for header, entry in drawn]
    found(console, *lines)
    assert printed(console) == lines
