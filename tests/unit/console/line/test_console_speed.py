"""The speed of the console: the register's or the line's own, and what a terminal of another speed shows."""

import pytest

from emulator.console.line.phases import PromptKind
from emulator.kernel.time import MINUTE
from emulator.transports.terminal.endpoints import ConsoleEndpoint
from tests.driver import BenchDriver, ConsoleDriver, VtyDriver, world_of

REGISTERS = {"0x2124": 19200, "0x2922": 38400, "0x3102": 1200, "0x3922": 115200, "0x2902": 4800}
GARBAGE = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("register", REGISTERS)
def test_the_register_sets_the_speed_when_the_board_starts(console: ConsoleDriver, register: str) -> None:
    bench, speed = BenchDriver(console.world), REGISTERS[register]
    console.type("configure terminal", f"config-register {register}", "end", "write memory", "reload")
    console.screen = ""
    console.type("")
    console.pass_time(3 * MINUTE)
    assert not any(word in console.screen for word in ("System Bootstrap", "Cisco", "Router", "RETURN"))
    assert GARBAGE in console.screen
    assert console.line.prompt.kind is PromptKind.NONE
    told = f"the console of R1 has {speed} baud, and its terminal 9600"
    assert told in bench.do("status R1")
    assert told in ConsoleEndpoint("R1", console.line).hint
    bench.succeeds(f"baud R1 {speed}")
    assert "baud" not in bench.do("status R1")
    console.log_in()
    console.type("show version | include register")
    console.sees_exactly(f"Configuration register is {register}\n")
    console.type("show terminal")
    console.sees(f"Baud rate (TX/RX) is {speed}/{speed}, ")


def test_what_is_typed_at_another_speed_has_no_effect(console: ConsoleDriver) -> None:
    bench = BenchDriver(console.world)
    console.type("configure terminal", "line con 0", "speed 19200")
    terminal = console.line.terminal
    assert (terminal.deaf, terminal.help("sh"), console.prompt) == (True, "", "")
    terminal.submit("hostname lost")
    terminal.interrupt()
    console.world.clock.settle()
    assert console.router.hostname == "Router"
    bench.succeeds("baud R1 19200")
    assert console.prompt == "Router(config-line)#"
    console.type("no speed")
    assert console.prompt == "", "9600 again"
    bench.succeeds("baud R1 9600")
    assert console.prompt == "Router(config-line)#"


def test_a_virtual_line_has_no_speed(console: ConsoleDriver) -> None:
    console.type("configure terminal", "line vty 0 4", "password word", "line con 0", "speed 19200")
    assert console.line.place.misread
    vty = VtyDriver(console.world).type("word")
    assert (vty.line.place.misread, vty.prompt) == ("", "Router>")
    assert GARBAGE not in vty.screen


def test_rommon_has_the_speed_that_confreg_gave_it_after_a_reset(console: ConsoleDriver) -> None:
    bench = BenchDriver(console.world)
    console.type("configure terminal", "config-register 0x2920", "end", "reload", "no", "")
    console.pass_time(MINUTE)
    assert console.prompt == ""
    bench.succeeds("baud R1 38400")
    assert console.prompt == "rommon 1 > "
    console.type("confreg 0x2102", "reset")
    bench.succeeds("baud R1 9600")
    console.log_in()
    assert console.prompt == "Router#"


def test_a_router_is_racked_with_a_terminal_that_fits_its_configuration() -> None:
    console = ConsoleDriver(
        world_of("R1", startup="hostname A\nline con 0\n logging synchronous\n speed 115200\nend\n")
    )
    console.boot()
    assert console.prompt == "A#"
