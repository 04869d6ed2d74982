"""The system configuration dialog, answered yes."""

from pathlib import Path

import pytest

from emulator.console.line.phases import LinePhase
from emulator.kernel.time import SECOND
from emulator.router.configuration import Section
from emulator.world.world import World
from tests.driver import ConsoleDriver

CAPTURES = Path(__file__).parents[3] / "captures"

BASIC = ("yes", "yes", "test", "", "1234", "12345", "123", "yes", "")
"""Up to the question for the interface."""

ADDRESS = ("FastEthernet4", "yes", "192.168.0.2", "")


@pytest.fixture
def asked(world: World) -> ConsoleDriver:
    """A new router that asks whether the dialog is wanted."""
    console = ConsoleDriver(world)
    console.router.power_on()
    world.clock.settle()
    console.wait()
    console.pass_time(30 * SECOND)
    console.screen = ""
    return console


def section(console: ConsoleDriver, name: str) -> Section:
    return console.router.configuration.sections[f"interface {name}"]


def test_what_was_answered_runs_and_is_saved(asked: ConsoleDriver) -> None:
    asked.type(*BASIC, *ADDRESS, "")
    assert asked.line.phase is LinePhase.CLOSED
    startup = asked.router.state.startup
    assert startup is not None
    for line in ("hostname test", "enable secret 5 $1$", " ip address 192.168.0.2 255.255.255.0"):
        assert line in startup.text
    assert section(asked, "FastEthernet4").lines["ip address"] == "ip address 192.168.0.2 255.255.255.0"
    assert asked.router.links.is_up(next(p for p in asked.router.platform.interfaces if p.name == "FastEthernet4"))
    asked.pass_time(10 * SECOND)
    asked.type("", "enable", "1234")
    assert asked.prompt == "test#"


def test_the_change_is_told(asked: ConsoleDriver) -> None:
    asked.type(*BASIC, *ADDRESS, "")
    assert "%SYS-5-CONFIG_I: Configured from console by console" in asked.screen


def test_choice_0_changes_nothing(asked: ConsoleDriver) -> None:
    asked.type(*BASIC, *ADDRESS, "0", "")
    assert asked.prompt == "Router>"
    assert asked.router.state.startup is None


def test_choice_1_asks_again(asked: ConsoleDriver) -> None:
    asked.type(*BASIC, *ADDRESS, "1")
    asked.sees("Configuring global parameters:\n")
    asked.type("again", "a", "b", "c", "no", *ADDRESS, "2", "")
    assert asked.prompt == "again>"
    assert "no snmp-server\n" in asked.screen


def test_any_other_choice_is_asked_again(asked: ConsoleDriver) -> None:
    asked.type(*BASIC, *ADDRESS, "7")
    assert asked.prompt == "Enter your selection [2]: "


def test_ctrl_c_aborts_it_and_changes_nothing(asked: ConsoleDriver) -> None:
    asked.type("yes", "yes", "test", "1234")
    asked.line.terminal.interrupt()
    asked.sees("Configuration aborted, no changes made.\n", "Press RETURN to get started!")
    asked.type("")
    assert asked.prompt == "Router>"


@pytest.mark.parametrize("answer", ["1203210321", "255.255.255.128", "0.1.2.3", "127.0.0.1", "10.0.0.256", "x"])
def test_no_address_of_a_host(asked: ConsoleDriver, answer: str) -> None:
    asked.type(*BASIC, "FastEthernet4", "yes", answer)
    asked.sees_exactly(
        "% Bad Internet address.\n% Enter an Internet address of the form 'X.X.X.X', where each\n"
        "% letter corresponds to a decimal number between 0 and 255.\n\n"
    )


@pytest.mark.parametrize("answer", ["255.255.255.255", "255.0.255.0", "0.0.0.0", "24", "255.255.255.254"])
def test_no_mask_of_a_network(asked: ConsoleDriver, answer: str) -> None:
    asked.type(*BASIC, "FastEthernet4", "yes", "10.1.2.3", answer).sees("% Bad subnet mask.\n")
    assert asked.prompt == "    IP address for this interface: "


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("10.1.2.3", "    Class A network is 10.0.0.0, 8 subnet bits; mask is /8\n"),
        ("172.16.2.3", "    Class B network is 172.16.0.0, 16 subnet bits; mask is /16\n"),
        ("192.168.2.3", "    Class C network is 192.168.2.0, 24 subnet bits; mask is /24\n"),
    ],
)
def test_the_natural_mask(asked: ConsoleDriver, address: str, line: str) -> None:
    asked.type(*BASIC, "FastEthernet4", "yes", address, "").sees(line)


def test_an_interface_without_an_address(asked: ConsoleDriver) -> None:
    asked.type(*BASIC, "Vlan1", "no", "2")
    assert "no ip address\nno mop enabled\n" in asked.screen


def test_extended_setup_asks_about_every_interface(asked: ConsoleDriver) -> None:
    asked.type("yes", "no", "yes", "test", "a", "b", "c", "no")
    asked.sees("Configuring interface parameters:")
    asked.type("no", "yes", "yes", "192.168.1.1", "", "2", "")
    assert asked.prompt == "test>"
    assert section(asked, "Vlan1").lines["ip address"] == "ip address 192.168.1.1 255.255.255.0"


def test_the_same_script_in_every_replay(asked: ConsoleDriver) -> None:
    asked.type(*BASIC, *ADDRESS, "")
    from tests.driver import world_of

    again = ConsoleDriver(world_of("R1"))
    again.router.power_on()
    again.world.clock.settle()
    again.wait()
    again.pass_time(30 * SECOND)
    again.type(*BASIC, *ADDRESS, "")
    assert again.router.state.startup == asked.router.state.startup


def test_the_dialog_is_that_of_the_capture(asked: ConsoleDriver) -> None:
    """The capture has lost blanks at the ends of its lines; its interfaces are those of another router."""
    capture = (CAPTURES / "boot.c1941.15.4-3-M3.setup-dialog-yes.txt").read_text(encoding="utf-8")
    asked.type("", "yes", "yes", "test", "", "", "1234", "1234", "1234", "123", "yes", "", "", "", "FastEthernet4")
    asked.type("yes", "1203210321", "192.168.0.2", "255.255.255.255", "", "", "", "", "255.255.255.128", "192.168.0.2")
    asked.type("255.255.255.0", "")
    assert told(asked.screen.replace("FastEthernet4", "GigabitEthernet0/1")) == told(capture)


def told(text: str) -> list[str]:
    """The lines of the dialog, without the table, the script and the blanks at the ends of lines."""
    begin = text.index("Would you like to enter the initial configuration dialog?")
    lines = [line.rstrip() for line in text[begin : text.index("Press RETURN to get started!", begin)].splitlines()]
    head = next(at for at, line in enumerate(lines) if line.startswith("Interface  "))
    rows = next(at for at, line in enumerate(lines[head:]) if not line)
    script = lines.index("hostname test")
    end = lines.index("end")
    return [*lines[: head + 1], *lines[head + rows : script], *lines[end:]]


@pytest.mark.parametrize("name", ["my router", "123", "naïve", "-", "a" * 64, "#"])
def test_a_host_name_that_cannot_be_one_is_asked_for_again(asked: ConsoleDriver, name: str) -> None:
    asked.type("yes", "yes", name).sees("% Hostname contains one or more illegal characters.\n")
    assert asked.line.prompt.text == "  Enter host name [Router]: "
    asked.type("a-2_b.c").sees_nothing_of("illegal")
    assert asked.line.prompt.text == "  Enter enable secret: "
