"""Access lists as they are typed, numbered, printed and taken away."""

import pytest

from emulator.console.configuration.layout import configuration_lines
from tests.driver import ConsoleDriver, world_of

IMAGE = "c880data-universalk9-mz.155-3.M8.bin"
DUPLICATE = "% Duplicate sequence number\n"
EXCEEDED = "% Exceeded maximum sequence number\n"


@pytest.fixture
def config() -> ConsoleDriver:
    levels = ("advsecurity", "advipservices")
    return ConsoleDriver(world_of(image=IMAGE, factory=levels)).boot().type("configure terminal")


def denied(console: ConsoleDriver) -> list[str]:
    return [line for line in configuration_lines(console.router) if "deny" in line]


def listed(console: ConsoleDriver) -> list[str]:
    """The lines of all IPv4 lists."""
    words = ("access-list", "ip access-list", " permit", " deny", " remark")
    return [line for line in configuration_lines(console.router) if line.startswith(words)]


def refused(console: ConsoleDriver, line: str, under: str) -> bool:
    """Tell whether a line is refused with the marker under its first `under`."""
    column = len(console.prompt) + line.index(under)
    console.type(line)
    return console.shown == " " * column + "^\n% Invalid input detected at '^' marker.\n\n"


@pytest.mark.parametrize(
    ("header", "typed", "printed"),
    [
        ("", "access-list 1 deny any log", "access-list 1 deny   any log"),
        ("", "access-list 1300 deny 10.0.0.0 0.0.0.255", "access-list 1300 deny   10.0.0.0 0.0.0.255"),
        ("", "access-list 100 deny ip any any", "access-list 100 deny   ip any any"),
        ("", "access-list 2000 deny udp any any eq 53", "access-list 2000 deny   udp any any eq domain"),
        ("ip access-list standard A", "deny host 10.0.0.1", " deny   10.0.0.1"),
        ("ip access-list extended A", "deny ip any any log", " deny   ip any any log"),
        ("ip access-list extended A", "deny tcp object-group G any eq 22", " deny   tcp object-group G any eq 22"),
        ("ip access-list extended A", "deny tcp any any eq 80 443", " deny   tcp any any eq www 443"),
        ("ipv6 access-list A", "deny ipv6 any any log", " deny ipv6 any any log"),
        ("", "ip prefix-list A seq 5 deny 10.0.0.0/8", "ip prefix-list A seq 5 deny 10.0.0.0/8"),
    ],
)
def test_deny_is_as_wide_as_permit_in_ipv4_lists_alone(
    config: ConsoleDriver, header: str, typed: str, printed: str
) -> None:
    config.type(*filter(None, [header]), typed)
    assert denied(config) == [printed]
    config.type(printed).sees_exactly("")
    assert denied(config) == [printed], "as it is printed it is the same entry"
    config.type(f"no {typed}").sees_exactly("")
    assert denied(config) == []


def test_a_permit_is_not_changed(config: ConsoleDriver) -> None:
    config.type("access-list 100 permit   ip any   any")
    assert "access-list 100 permit ip any any" in list(configuration_lines(config.router))


def test_groups_of_objects_stand_for_hosts_and_services(config: ConsoleDriver) -> None:
    config.type(
        "object-group network N", "host 10.0.0.1", "10.1.0.0 255.255.0.0", "object-group service S", "tcp eq 80",
        "udp range 5000 5010", "ip access-list extended A", "permit object-group S object-group N any",
    )  # fmt: skip
    shown = "\n".join(configuration_lines(config.router))
    assert "object-group network N \n host 10.0.0.1\n 10.1.0.0 255.255.0.0\n!\n" in shown
    assert "object-group service S \n tcp eq www\n udp range 5000 5010\n!\n" in shown
    assert "\n permit object-group S object-group N any\n" in shown


# --- one list, typed both ways -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "kind", "one", "two", "three"),
    [
        (101, "extended", "permit ip host 10.0.0.1 any", "permit esp any any", "deny   ip any any"),
        (2699, "extended", "permit ip host 10.0.0.1 any", "permit esp any any", "deny   ip any any"),
        (1, "standard", "permit 10.0.0.1", "permit 10.1.0.0 0.0.255.255", "deny   any"),
        (1300, "standard", "permit 10.0.0.1", "permit 10.1.0.0 0.0.255.255", "deny   any"),
    ],
)
def test_a_number_is_one_list_and_is_printed_line_by_line(
    config: ConsoleDriver, number: int, kind: str, one: str, two: str, three: str
) -> None:
    config.type(f"access-list {number} {one}", f"ip access-list {kind} {number}", three, f"15 {two}", one, "exit")
    config.type(f"access-list {number} {two}", f"access-list {number} {three}")
    assert listed(config) == [f"access-list {number} {each}" for each in (one, two, three)]
    config.type(f"ip access-list {kind} {number}", "no 15", f"no {one}")
    assert listed(config) == [f"access-list {number} {three}"]
    config.type("no 20", "no 20").sees_exactly("")
    assert listed(config) == []


def test_numbered_lists_have_their_place_and_names_theirs(config: ConsoleDriver) -> None:
    config.type("ip access-list extended 101", "permit ip any any", "ip access-list extended WEB", "permit ip any any")
    config.type("access-list 7 permit any", "snmp-server location here", "ip access-list standard 1301", "permit any")
    shown = list(configuration_lines(config.router))
    at = shown.index("ip access-list extended WEB")
    assert shown[at : at + 3] == ["ip access-list extended WEB", " permit ip any any", "!"]
    at = shown.index("snmp-server location here")
    assert shown[at : at + 5] == [
        "snmp-server location here", "access-list 7 permit any", "access-list 101 permit ip any any",
        "access-list 1301 permit any", "!",
    ]  # fmt: skip


def test_an_empty_list_is_printed_by_its_name_alone(config: ConsoleDriver) -> None:
    config.type("ip access-list extended A", "ip access-list extended 150", "ip access-list standard 9", "exit")
    assert listed(config) == ["ip access-list extended A"]


@pytest.mark.parametrize(
    "line",
    [
        "no access-list 101", "no access-list 101 permit ip any any", "no access-list 101 permit esp any any",
        "no access-list 101 remark other", "no ip access-list extended 101", "default access-list 101",
        "default ip access-list extended 101",
    ],
)  # fmt: skip
def test_a_numbered_list_goes_as_a_whole(config: ConsoleDriver, line: str) -> None:
    config.type("access-list 101 remark first", "access-list 101 permit ip any any", "ip access-list extended 101")
    config.type("permit tcp any any", "exit", "access-list 1 permit any", line).sees_exactly("")
    assert listed(config) == ["access-list 1 permit any"]
    config.type(line).sees_exactly("")
    config.type("do show access-lists 101").sees_exactly("")
    config.type("access-list 101 permit udp any any", "do show access-lists 101")
    config.sees("    10 permit udp any any\n")


def test_a_named_list_goes_with_its_entries(config: ConsoleDriver) -> None:
    config.type("ip access-list extended A", "permit ip any any", "ip access-list extended AB", "permit ip any any")
    config.type("no ip access-list extended A")
    assert listed(config) == ["ip access-list extended AB", " permit ip any any"]
    config.type("no ip access-list standard AB").sees_exactly("")
    assert listed(config) == ["ip access-list extended AB", " permit ip any any"], "it is of another kind"


def test_a_line_of_a_list_that_is_gone_makes_it_anew(config: ConsoleDriver) -> None:
    config.type("ip access-list extended A", "permit esp any any", "ip access-list extended A")
    del config.router.configuration.sections["ip access-list extended A"]
    config.type("permit ip any any")
    assert listed(config) == ["ip access-list extended A", " permit ip any any"]


# --- sequence numbers ----------------------------------------------------------------------------------------------


def test_an_entry_comes_ten_behind_the_last(config: ConsoleDriver) -> None:
    config.type("ip access-list extended A", "15 permit esp any any", "permit ahp any any", "5 permit gre any any")
    config.type("do show access-lists A").sees_exactly(
        "Extended IP access list A\n    5 permit gre any any\n    15 permit esp any any\n    25 permit ahp any any\n"
    )


def test_a_number_that_is_taken_is_refused_and_what_is_there_is_not_told(config: ConsoleDriver) -> None:
    config.type("ip access-list extended 101", "permit esp any any")
    config.type("10 permit ahp any any").sees_exactly(DUPLICATE)
    config.type("10 remark x").sees_exactly(DUPLICATE)
    config.type("10 permit 50 any any").sees_exactly("")
    config.type("20 permit esp any any").sees_exactly("")
    assert listed(config) == ["access-list 101 permit esp any any"]


def test_there_is_a_highest_number(config: ConsoleDriver) -> None:
    config.type("ip access-list extended A", "2147483647 permit esp any any", "permit ip any any")
    config.sees_exactly(EXCEEDED)
    assert refused(config, "2147483648 permit ip any any", "2147483648")
    config.type("10 permit ahp any any", "ip access-list resequence A 2147483640 10").sees_exactly(EXCEEDED)
    config.type("do show access-lists A").sees("    10 permit ahp any any\n    2147483647 permit esp any any\n")
    config.type("ip access-list resequence A 2147483637 10", "do show access-lists A")
    config.sees("    2147483637 permit ahp any any\n    2147483647 permit esp any any\n")


def test_a_remark_stays_behind_what_it_was_typed_behind(config: ConsoleDriver) -> None:
    config.type("access-list 101 remark top", "access-list 101 permit esp any any", "access-list 101 remark ---")
    config.type("access-list 101 remark ---", "access-list 101 permit ahp any any", "ip access-list extended 101")
    config.type("15 permit gre any any", "5 permit pim any any", "remark bottom")
    assert listed(config) == [
        f"access-list 101 {each}"
        for each in (
            "remark top", "permit pim any any", "permit esp any any", "remark ---", "remark ---", "permit gre any any",
            "permit ahp any any", "remark bottom",
        )
    ]  # fmt: skip
    config.type("no remark ---", "no remark none", "no 5")
    assert listed(config) == [
        f"access-list 101 {each}"
        for each in ("remark top", "permit esp any any", "permit gre any any", "permit ahp any any", "remark bottom")
    ]


@pytest.mark.parametrize("name", ["101", "A"])
def test_a_list_is_numbered_anew(config: ConsoleDriver, name: str) -> None:
    config.type(f"ip access-list extended {name}", "permit esp any any", "remark of ahp", "permit ahp any any")
    config.type("remark end", "exit")
    before = listed(config)
    config.type(f"ip access-list resequence {name} 5 3").sees_exactly("")
    assert listed(config) == before
    config.type(f"do show ip access-lists {name}").sees("    5 permit esp any any\n    8 permit ahp any any\n")
    config.type(f"ip access-list extended {name}", "6 permit gre any any", "permit ip any any", "no remark end")
    config.type("do show access-lists").sees(
        "    5 permit esp any any\n    6 permit gre any any\n    8 permit ahp any any\n    18 permit ip any any\n"
    )
    config.type("ip access-list resequence NONE 10 10").sees_exactly("")


def test_no_remark_is_lost_where_the_entries_between_are_gone(config: ConsoleDriver) -> None:
    config.type("ip access-list extended A", "remark one", "permit esp any any", "remark two", "permit ahp any any")
    config.type("remark three", "7 remark seven", "7 remark eight").sees_exactly(DUPLICATE)
    config.type("no 10", "no 20", "ip access-list resequence A 10 10", "ip access-list extended A", "permit ip any any")
    assert [line.strip() for line in listed(config)[1:]] == [
        "remark one", "remark seven", "remark two", "remark three", "permit ip any any",
    ]  # fmt: skip
    config.type("do show access-lists A").sees("A\n    20 permit ip any any\n")


def test_lists_of_an_older_world_go_on(config: ConsoleDriver) -> None:
    """Numbered lines were kept under what they say."""
    lines = ["access-list 101 remark x", "access-list 101 permit esp any any", "access-list 101 deny   ip any any"]
    config.router.configuration.lines.update({line: line for line in lines})
    config.type("access-list 101 permit ip any any", "access-list 101 deny ip any any")
    assert listed(config) == [*lines, "access-list 101 permit ip any any"]
    config.type("ip access-list extended 101", "no permit esp any any", "exit", "ip access-list resequence 101 1 1")
    assert listed(config) == [lines[0], lines[2], "access-list 101 permit ip any any"]
    config.type("no access-list 101")
    assert listed(config) == []


def test_numbers_are_not_saved(config: ConsoleDriver) -> None:
    config.type("ip access-list extended 101", "5 permit esp any any", "7 permit ahp any any", "remark end")
    config.type("ip access-list standard A", "3 permit any", "end", "write")
    config.reload()
    assert listed(config) == [
        "ip access-list standard A", " permit any", "access-list 101 permit esp any any",
        "access-list 101 permit ahp any any", "access-list 101 remark end",
    ]  # fmt: skip
    config.type("show access-lists").sees(
        "    10 permit any\n", "    10 permit esp any any\n    20 permit ahp any any\n"
    )


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "under"),
    [
        ("access-list 5 permit tcp any any", "tcp"),
        ("access-list 1999 permit ip any any", "ip any"),
        ("access-list 101 permit any", "ny"),
        ("access-list 101 permit 10.0.0.0 0.0.0.255", "10.0"),
        ("access-list 200 permit ip any any", "200"),
        ("access-list 0 permit any", "0 "),
        ("access-list 1000 permit any", "1000"),
        ("access-list A permit any", "A"),
        ("ip access-list extended 5", "5"),
        ("ip access-list extended 1300", "1300"),
        ("ip access-list standard 101", "101"),
        ("ip access-list standard 2000", "2000"),
        ("ip access-list extended 200", "200"),
        ("no ip access-list standard 101", "101"),
        ("access-list 101 permit tcp any any eq snmp", "snmp"),
        ("access-list 101 permit udp any any eq www", "www"),
        ("access-list 101 permit udp any any established", "stablished"),
        ("access-list 101 permit ip any any eq 80", "eq 80"),
        ("ip access-list resequence 101 0 10", "0 10"),
    ],
)
def test_what_does_not_fit_the_number_is_unknown(config: ConsoleDriver, line: str, under: str) -> None:
    assert refused(config, line, under)
    assert listed(config) == []


def test_a_name_is_one_list(config: ConsoleDriver) -> None:
    config.type("ip access-list standard A", "permit any", "exit", "ip access-list extended A")
    config.sees_exactly("Access-list type conflicts with prior definition\n")
    assert config.prompt == "Router(config)#"
    assert listed(config) == ["ip access-list standard A", " permit any"]
    config.type("no ip access-list standard A", "ip access-list extended A").sees_exactly("")
    assert config.prompt == "Router(config-ext-nacl)#"


# --- help and facts ------------------------------------------------------------------------------------------------


def test_help_tells_the_ranges(config: ConsoleDriver) -> None:
    assert config.session.help("access-list ") == (
        "  <1-99>            IP standard access list\n"
        "  <100-199>         IP extended access list\n"
        "  <1300-1999>       IP standard access list (expanded range)\n"
        "  <2000-2699>       IP extended access list (expanded range)\n"
        "  dynamic-extended  Extend the dynamic ACL absolute timer\n"
    )
    assert config.session.help("ip access-list extended ") == (
        "  <100-199>    Extended IP access-list number\n"
        "  <2000-2699>  Extended IP access-list number (expanded range)\n"
        "  WORD         Access-list name\n"
    )
    assert "  telnet       Telnet (23)\n" in config.session.help("access-list 101 permit tcp any any eq ")
    assert "snmp" not in config.session.help("access-list 101 permit tcp any any eq ")


@pytest.mark.parametrize(
    "entries", [["access-list 120 permit ip any any"], ["ip access-list extended 120", "permit ip any any"]]
)
def test_a_crypto_map_knows_its_list_by_number(config: ConsoleDriver, entries: list[str]) -> None:
    config.type("crypto ipsec transform-set T esp-aes", "exit", "crypto map M 10 ipsec-isakmp", "set peer 192.0.2.1")
    config.type("set transform-set T", "match address 120", "exit")
    missing = " ! access-list has not been configured yet"
    assert missing in configuration_lines(config.router)
    config.type("access-list 120 remark nothing yet", "ip access-list extended 120", "exit")
    assert missing in configuration_lines(config.router)
    config.type(*entries)
    shown = list(configuration_lines(config.router))
    assert missing not in shown
    assert " ! Incomplete" not in shown


def test_a_reflexive_list_notes_and_is_evaluated(config: ConsoleDriver) -> None:
    config.type(
        "ip access-list extended OUT", "permit ip any any reflect SEEN timeout 300",
        "ip access-list extended IN", "evaluate SEEN", "20 evaluate OTHER", "deny ip any any option any-options",
        "no evaluate OTHER", "end", "show running-config | section access-list",
    )  # fmt: skip
    config.sees_exactly(
        "ip access-list extended IN\n evaluate SEEN\n deny   ip any any option any-options\n"
        "ip access-list extended OUT\n permit ip any any reflect SEEN timeout 300\n"
    )
