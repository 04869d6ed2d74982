"""Output of a router does not steer the terminal that it comes to, wherever the characters come from.

A router is given files, a configuration, names and log-ins full of control characters. All that it then shows at the
console, to a client, in the journal's digest and at the bench has none but CR, LF, BS and BEL.
"""

import io

import pytest

from emulator.bench.line import BenchLine
from emulator.kernel.errors import as_on_a_line
from emulator.transports.terminal.piped import Piped
from tests.driver import ConsoleDriver, LineDriver, VtyDriver

CONTROLS = "".join(chr(number) for number in (*range(0x20), *range(0x7F, 0xA0)))
HOSTILE = "\x1b]0;x\x07\x1b[2J\x9b2J\x0e\x7f"
STEERING = set(CONTROLS) - set("\a\b\t\n\r")

CONFIGURATION = f"""\
hostname R{HOSTILE}
!
username e{HOSTILE} privilege 15 secret 5 $1$abcd$0123456789012345678901
ip domain name d{HOSTILE}.example
ip host h{HOSTILE} 10.0.0.1
banner motd ^CM{HOSTILE}^C
banner login ^CL{HOSTILE}^C
banner exec ^CE{HOSTILE}^C
interface FastEthernet4
 description D{HOSTILE}
interface Vlan1
 description D{HOSTILE}
ip access-list extended A{HOSTILE}
 remark R{HOSTILE}
 permit ip any any
snmp-server location S{HOSTILE}
snmp-server contact C{HOSTILE}
alias exec x{HOSTILE} show clock
ntp server n{HOSTILE}
line vty 0 4
 login local
 location L{HOSTILE}
strange{HOSTILE} line
"""

SHOWS = (
    "more flash:hostile.txt",
    "more flash:hostile.cfg",
    "dir flash:",
    f"dir flash:{HOSTILE}",
    f"more flash:x{HOSTILE}",
    f"copy flash:{HOSTILE} flash:b",
    "show running-config",
    "show running-config | include " + HOSTILE,
    "show interfaces",
    "show interfaces description",
    "show ip interface brief",
    "show access-lists",
    "show users",
    "show logging",
    "show history",
    "show version",
    "show tech-support",
    "show hosts",
    f"ping {HOSTILE}",
    f"{HOSTILE}",
    f"show {HOSTILE}",
    f"license install flash:{HOSTILE}",
    f"verify /md5 flash:{HOSTILE}",
    f"telnet {HOSTILE}",
)


def steers(text: str) -> list[str]:
    return sorted({repr(each) for each in text if each in STEERING})


@pytest.fixture
def hostile(console: ConsoleDriver) -> ConsoleDriver:
    """A router whose files and configuration came from somebody else."""
    flash = console.router.state.flash
    flash.write("hostile.txt", f"{CONTROLS}\n{HOSTILE}\n".encode(), 0)
    flash.write("hostile.cfg", CONFIGURATION.encode("latin-1"), 0)
    console.type("copy flash:hostile.cfg running-config", "")
    return console


def prompts(driver: LineDriver) -> str:
    return driver.line.terminal.prompt.text


def test_the_file_is_shown_as_a_terminal_would_echo_it(hostile: ConsoleDriver) -> None:
    hostile.router.state.flash.write("plain.txt", b"a\x1b[2Jb\x07\n", 0)
    hostile.type("more flash:plain.txt")
    hostile.sees_exactly("a^[[2Jb\a\n")


@pytest.mark.parametrize("command", SHOWS, ids=ascii)
def test_no_command_steers_the_terminal(hostile: ConsoleDriver, command: str) -> None:
    hostile.type("terminal length 0", command)
    hostile.line.terminal.interrupt()
    hostile.wait()
    assert steers(hostile.shown + prompts(hostile)) == []
    assert steers(hostile.line.terminal.help("show ") + prompts(hostile)) == []


def test_neither_messages_nor_banners_steer_it(hostile: ConsoleDriver) -> None:
    hostile.type("configure terminal", "login on-failure log", "login on-success log", "end")
    clients = []
    for _ in range(3):
        client = VtyDriver(hostile.world, "10.9.9.9", "telnet")
        client.type(f"eve{HOSTILE}", HOSTILE)
        clients.append(client)
    inside = VtyDriver(hostile.world, "10.9.9.9", "ssh", f"eve{HOSTILE}", 15)
    inside.type("show users", f"send log {HOSTILE}", "configure terminal", f"hostname x{HOSTILE}", "end")
    hostile.pass_time(1000)
    hostile.type("exit", "")
    for driver in (hostile, inside, *clients):
        assert steers(driver.screen.replace(HOSTILE, "") + prompts(driver)) == []
    assert steers(hostile.world.lines_of("R1").login_banner()) == []
    assert "^[]0;x" in inside.screen


def test_what_is_noted_of_the_output_is_what_was_shown(hostile: ConsoleDriver) -> None:
    noted: list[str] = []
    hostile.world.sink.printed = lambda _, text: noted.append(text)
    hostile.type("more flash:hostile.txt")
    assert steers("".join(noted)) == []
    assert "".join(noted).endswith(hostile.shown)


def test_a_pipe_is_shown_nothing_raw(hostile: ConsoleDriver) -> None:
    world = hostile.world
    sink = io.StringIO()
    lines = [f"{HOSTILE}", "console R1", "", "enable", *SHOWS[:8], "\x1ex", "status"]
    Piped(world, lambda: BenchLine(world), lambda: None, io.StringIO("\n".join(lines)), sink).hold(None)
    assert steers(sink.getvalue()) == []
    assert "^[]0;x" in sink.getvalue()


def test_what_ios_itself_sends_comes_through() -> None:
    assert as_on_a_line("\rRouter#\b\b \a\t\n") == "\rRouter#\b\b \a\t\n"
