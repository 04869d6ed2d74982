"""`interface range`: several interfaces at once, and what of it is seen."""

import pytest

from emulator.console.arguments.interfaces import INTERFACE_TYPES
from emulator.console.configuration.layout import configuration_lines
from emulator.console.line.router_lines import RouterLines
from emulator.console.session.verbatim_reader import read_found
from emulator.world.build import console_grammar
from tests.driver import ConsoleDriver, world_of

MARKER = "% Invalid input detected at '^' marker.\n\n"
BAD = "Command rejected: Bad interface list\n"
LEFT = (
    "% Command exited out of interface range and its sub-modes.\n"
    " Not executing the command for second and later interfaces\n"
)


@pytest.fixture
def config() -> ConsoleDriver:
    return ConsoleDriver(world_of(factory=("advsecurity", "advipservices"))).boot().type("configure terminal")


def having(console: ConsoleDriver, line: str) -> list[str]:
    """The interfaces below whose header a line stands."""
    found, header = [], ""
    for each in configuration_lines(console.router):
        header = each if not each.startswith(" ") else header
        if each == f" {line}":
            found.append(header.removeprefix("interface "))
    return found


PORTS = [f"FastEthernet{number}" for number in range(4)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("FastEthernet0 - 3", PORTS), ("fa0-3", PORTS), ("fa 0 -3", PORTS), ("fa0 , fa2", [PORTS[0], PORTS[2]]),
        ("fa0,fa2", [PORTS[0], PORTS[2]]), ("fa0 - 1 , vlan 1 - 2", [*PORTS[:2], "Vlan1", "Vlan2"]),
        ("fa3 , fa0 - 1", [PORTS[3], *PORTS[:2]]), ("fa0 - 1 , fa1 - 2", PORTS[:3]), ("loop 7", ["Loopback7"]),
    ],
)  # fmt: skip
def test_a_line_is_carried_out_for_each(config: ConsoleDriver, typed: str, names: list[str]) -> None:
    config.type(f"interface range {typed}").sees_exactly("")
    assert config.prompt == "Router(config-if-range)#"
    config.type("description office").sees_exactly("")
    assert sorted(having(config, "description office")) == sorted(names)
    config.type("no description")
    assert having(config, "description office") == []
    assert not [line for line in configuration_lines(config.router) if "range" in line]


@pytest.mark.parametrize(
    "typed", ["fa0 - 9", "fa3 - 0", "fa7", "vlan 1 - 4095", "vlan 1 - 1000", "fa0,fa1,fa2,fa3,fa4,vlan1", "vlan 4095"]
)
def test_a_bad_list_is_refused(config: ConsoleDriver, typed: str) -> None:
    before = list(configuration_lines(config.router))
    config.type(f"interface range {typed}").sees_exactly(BAD)
    assert config.prompt == "Router(config)#"
    assert list(configuration_lines(config.router)) == before


@pytest.mark.parametrize(
    ("typed", "column"), [("foo 3", 0), ("fa0 3", 4), ("fa0 - 1 , foo 3", 10), ("fa0 - x", 6), ("fa0 - 3 fa4", 8)]
)
def test_what_is_no_list_is_marked(config: ConsoleDriver, typed: str, column: int) -> None:
    prompt = config.prompt
    config.type(f"interface range {typed}")
    config.sees_exactly(" " * (len(prompt) + len("interface range ") + column) + f"^\n{MARKER}")


@pytest.mark.parametrize("typed", ["", " fa", " fa0 -", " fa0 ,"])
def test_a_list_that_is_not_at_its_end(config: ConsoleDriver, typed: str) -> None:
    config.type(f"interface range{typed}").sees_exactly("% Incomplete command.\n\n")


def test_what_one_does_not_know_the_others_take(config: ConsoleDriver) -> None:
    config.type("interface vlan 1", "speed 100")
    alone = config.shown
    assert alone.endswith(f"^\n{MARKER}")
    config.type("interface range vlan 1 , fa0 - 1", "speed 100").sees_exactly(" " * len("-range") + alone)
    assert having(config, "speed 100") == PORTS[:2]


def test_each_that_refuses_says_so(config: ConsoleDriver) -> None:
    config.type("interface range fa0 - 1 , vlan 1 - 2", "ip address 10.0.0.1 255.255.255.0")
    config.sees_exactly(2 * "% IP addresses may not be configured on L2 links.\n" + "% 10.0.0.0 overlaps with Vlan1\n")
    assert having(config, "ip address 10.0.0.1 255.255.255.0") == ["Vlan1"]


def test_an_unknown_line_is_marked_once(config: ConsoleDriver) -> None:
    config.type("interface range fa0 - 3", "foo")
    assert config.shown.count("^\n") == 1
    assert config.prompt == "Router(config-if-range)#"


@pytest.mark.parametrize(
    ("line", "prompt"),
    [
        ("interface vlan 1", "Router(config-if)#"),
        ("lldp run", "Router(config)#"),
        ("router rip", "Router(config-router)#"),
    ],
)
def test_a_line_of_the_mode_above_ends_the_range(config: ConsoleDriver, line: str, prompt: str) -> None:
    config.type("interface range fa0 - 3", line).sees_exactly(LEFT)
    assert config.prompt == prompt


@pytest.mark.parametrize(("line", "prompt"), [("exit", "Router(config)#"), ("end", "Router#")])
def test_leaving_it_says_nothing_of_that(config: ConsoleDriver, line: str, prompt: str) -> None:
    config.type("interface range fa0 - 3", line).sees_nothing_of("exited out")
    assert config.prompt == prompt


def test_do_runs_once_and_the_range_goes_on(config: ConsoleDriver) -> None:
    config.type("interface range fa0 - 3", "do show clock")
    assert config.shown.count("UTC") == 1
    config.type("shutdown")
    assert having(config, "shutdown")[:4] == PORTS


def test_a_section_of_the_first_ends_it() -> None:
    console = ConsoleDriver(world_of(pid="CISCO887VA-K9")).boot().type("configure terminal")
    console.type("interface range atm0 , fa0", "pvc 8/35")
    console.sees_exactly(LEFT)
    assert console.prompt == "Router(config-if-atm-vc)#"
    console.type("exit")
    assert console.prompt == "Router(config-if)#"
    console.type("description one")
    assert having(console, "description one") == ["ATM0"]


def test_what_was_made_is_taken_back_the_same_way(config: ConsoleDriver) -> None:
    config.type("interface range vlan 5 - 6", "exit")
    assert {"interface Vlan5", "interface Vlan6"} <= set(configuration_lines(config.router))
    config.type("no interface range vlan 5 - 6 , fa0").sees_exactly(
        "% Removal of physical interfaces is not permitted.\n"
    )
    assert not {"interface Vlan5", "interface Vlan6"} & set(configuration_lines(config.router))
    config.type("no interface range fa0 - 9").sees_exactly(BAD)


def test_several_are_set_to_their_defaults(config: ConsoleDriver) -> None:
    config.type("interface range fa0 - 1", "description office", "exit", "default interface range fa0 - 1")
    config.sees_exactly("".join(f"Interface FastEthernet{number} set to default configuration\n" for number in (0, 1)))
    assert having(config, "description office") == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            "",
            ["BVI", "Dialer", "FastEthernet", "Loopback", "Null", "Tunnel", "Virtual-PPP", "Virtual-Template", "Vlan"],
        ),
        ("fa ", ["<0-2147483647>"]), ("fa0 ", [",", "-", "<cr>"]), ("fa0 - ", ["<0-2147483647>"]),
        ("fa0 - 3 ", [",", "<cr>"]), ("fa0 - 3 , v", ["Virtual-PPP", "Virtual-Template", "Vlan"]),
    ],
)  # fmt: skip
def test_help_goes_on_inside_a_list(config: ConsoleDriver, typed: str, words: list[str]) -> None:
    shown = config.session.help(f"interface range {typed}")
    inside_a_word = typed[-1:].isalpha()
    assert (shown.split() if inside_a_word else [line.split()[0] for line in shown.splitlines()]) == words


def test_help_and_completion_are_those_of_an_interface(config: ConsoleDriver) -> None:
    config.type("interface fa0")
    one = config.session.help("")
    config.type("exit", "interface range fa0 - 3")
    assert config.session.help("") == one
    assert config.session.complete("descr") == "description "


def test_a_file_may_have_one(config: ConsoleDriver) -> None:
    config.type("end", "write")
    assert config.router.state.startup is not None
    config.router.state.startup.text = "interface range fa0 - 1\n description office\n!\nend\n"
    config.type("copy startup-config running-config", "")
    assert having(config, "description office") == PORTS[:2]


def test_a_found_configuration_keeps_it_as_it_stands(config: ConsoleDriver) -> None:
    """No device prints one; what did is not understood."""
    text = "version 15.0\n!\ninterface range fa0 - 1\n description office\n!\nend\n"
    line = RouterLines(config.router, config.world.clock, config.world.timekeeper).console
    unread = read_found(config.router, line, console_grammar(), text)
    assert [each.text for each in unread] == ["interface range fa0 - 1", " description office"]
    assert "\n".join(configuration_lines(config.router)) + "\n" == text


@pytest.mark.parametrize("token", ["9" * 5000, "fa" + "9" * 5000, "fa0-" + "9" * 5000, "-", ",", "fa0,,fa1", "²"])
def test_no_list_breaks_the_reader(config: ConsoleDriver, token: str) -> None:
    assert not INTERFACE_TYPES["InterfaceList"].match(token, config.session).complete
    assert not INTERFACE_TYPES["Interface"].match(token, config.session).complete
