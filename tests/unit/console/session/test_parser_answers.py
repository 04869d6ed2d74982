"""Carets, ambiguity, incompleteness and unknown words through a whole session."""

import pytest

from tests.driver import ConsoleDriver

MARKER = "% Invalid input detected at '^' marker.\n\n"


def caret(console: ConsoleDriver, text: str) -> str:
    """The character of the typed line under which the caret stands; empty if behind its end."""
    prompt = console.prompt
    console.type(text)
    first, _, rest = console.shown.partition("\n")
    assert first == " " * (len(first) - 1) + "^"
    assert rest == MARKER
    column = len(first) - 1 - len(prompt)
    assert 0 <= column <= len(text)
    return f"{column}:{text[column : column + 1]}"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("show foooooooo", "6:o"),
        ("show version now", "13:n"),
        ("show license foo", "14:o"),
        ("show license udix", "16:x"),
        ("  show versionx", "14:x"),
        ("configure terminal now", "19:n"),
        ("terminal length 513", "16:5"),
        ("terminal length x", "16:x"),
        ("enable R2", "7:R"),
        ("license install gopher://192.0.2.10/a", "16:g"),
        ("copy a b", "5:a"),
        ("SHOW VERSION X", "13:X"),
    ],
)
def test_the_caret_in_exec(console: ConsoleDriver, text: str, place: str) -> None:
    assert caret(console, text) == place


@pytest.mark.parametrize(
    ("mode", "text", "place"),
    [
        ([], "hostnamex R2", "8:x"),
        ([], "router ospf 1", "7:o"),
        ([], "router rip 1", "11:1"),
        ([], "show version", "1:h"),
        ([], "license boot module c1900 level advipservices", "21:1"),
        ([], "license boot module c880-data level foo", "36:f"),
        ([], "interface FastEthernet5", "22:5"),
        (["interface vlan 1"], "ip address 300.1.1.1 255.0.0.0", "11:3"),
        (["interface vlan 1"], "ip cefx", "6:x"),
        (["interface vlan 1"], "shutdownx", "8:x"),
        (["router rip"], "networkx", "7:x"),
    ],
)
def test_the_caret_in_configuration(console: ConsoleDriver, mode: list[str], text: str, place: str) -> None:
    console.type("configure terminal", *mode)
    assert caret(console, text) == place


def test_an_interface_in_two_words_that_is_not_there(console: ConsoleDriver) -> None:
    console.type("configure terminal", "interface FastEthernet 5")
    console.sees_exactly("% Invalid interface type and number\n")


def test_a_word_that_begins_do_and_others_is_ambiguous(console: ConsoleDriver) -> None:
    console.type("configure terminal", "d show version")
    console.sees_exactly('% Ambiguous command:  "d show version"\n')


@pytest.mark.parametrize("text", ["do show versionx", "do  show versionx"])
def test_the_caret_of_a_do_line_stands_under_its_own_word(console: ConsoleDriver, text: str) -> None:
    console.type("configure terminal")
    assert caret(console, text) == f"{text.index('x')}:x"


def test_do_runs_a_line_of_exec(console: ConsoleDriver) -> None:
    console.type("configure terminal", "do show privilege")
    console.sees_exactly("Current privilege level is 15\n")
    assert console.prompt == "Router(config)#"
    console.type("interface vlan 1", "do show privilege")
    console.sees("15")
    assert console.prompt == "Router(config-if)#"


def test_a_global_line_leaves_the_sub_mode(console: ConsoleDriver) -> None:
    console.type("configure terminal", "interface vlan 1")
    assert console.prompt == "Router(config-if)#"
    console.type("hostname Lab")
    assert console.prompt == "Lab(config)#"


def test_one_sub_mode_leads_into_another(console: ConsoleDriver) -> None:
    console.type("configure terminal", "interface vlan 1", "router rip")
    assert console.prompt == "Router(config-router)#"
    console.type("interface vlan 1", "exit")
    assert console.prompt == "Router(config)#"
    console.type("exit")
    assert console.prompt == "Router#"


def test_end_and_ctrl_z_leave_configuration(console: ConsoleDriver) -> None:
    console.type("configure terminal", "interface vlan 1", "end")
    assert console.prompt == "Router#"
    console.sees("%SYS-5-CONFIG_I: Configured from console by console")
    console.type("configure terminal", "interface vlan 1")
    console.line.terminal.end_configuration()
    assert console.prompt == "Router#"


@pytest.mark.parametrize(
    "text", ["show ip", "configure replace", "copy flash:a", "license", "license install", "terminal length"]
)
def test_incomplete(console: ConsoleDriver, text: str) -> None:
    console.type(text)
    console.sees_exactly("% Incomplete command.\n\n")


@pytest.mark.parametrize("text", ["e", "co", "d", "di"])
def test_ambiguous(console: ConsoleDriver, text: str) -> None:
    console.type(text)
    console.sees_exactly(f'% Ambiguous command:  "{text}"\n')


def test_an_abbreviation_is_enough(console: ConsoleDriver) -> None:
    console.type("sh priv")
    console.sees_exactly("Current privilege level is 15\n")
    console.type("conf t", "int vl1")
    assert console.prompt == "Router(config-if)#"


def test_an_unknown_word_is_taken_for_a_host(console: ConsoleDriver) -> None:
    before = console.world.now
    console.type("reaload")
    console.sees_exactly(
        'Translating "reaload"...domain server (255.255.255.255)\n\n'
        "% Unknown command or computer name, or unable to find computer address\n"
    )
    assert console.world.now > before


def test_without_name_lookup_the_caret_comes_at_once(console: ConsoleDriver) -> None:
    console.type("configure terminal", "no ip domain lookup", "end")
    assert caret(console, "reaload") == "2:a"


def test_two_unknown_words_are_no_host(console: ConsoleDriver) -> None:
    console.type("foo bar")
    console.sees(MARKER)


def test_an_empty_line_says_nothing(console: ConsoleDriver) -> None:
    console.type("", "   ")
    console.sees_exactly("")
    assert console.prompt == "Router#"


def test_user_exec_does_not_know_privileged_commands(console: ConsoleDriver) -> None:
    console.type("disable", "configure terminal")
    console.sees(MARKER)
    assert console.prompt == "Router>"


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("show version | include ^License", ["License Info:", "License UDI:", "License Information for 'c880-data'"]),
        ("show license | include Period", ["\tPeriod left: 8  weeks 4  days", "\tPeriod left: Life time"]),
        (r"show version | include \(", None),
    ],
)
def test_include(console: ConsoleDriver, command: str, lines: list[str] | None) -> None:
    console.type(command)
    if lines is None:
        assert all("(" in line for line in console.shown.splitlines())
        assert console.shown
    else:
        assert console.shown.splitlines() == lines


def test_exclude_and_begin(console: ConsoleDriver) -> None:
    console.type("show version")
    whole = console.shown.splitlines()
    console.type("show version | exclude e")
    assert console.shown.splitlines() == [line for line in whole if "e" not in line]
    console.type("show version | begin License Info")
    assert console.shown.splitlines() == whole[whole.index("License Info:") :]


def test_nothing_included_prints_nothing(console: ConsoleDriver) -> None:
    console.type("show version | include nowhere to be found")
    console.sees_exactly("")
