"""`telnet` and `ssh` from one router to another: what is typed at one line runs at the other."""

import pytest

from emulator.console.line.admission import MOST_HOPS
from emulator.console.line.line_table import ESCAPE
from emulator.kernel.time import MINUTE, SECOND
from tests.driver import ConsoleDriver
from tests.unit.transports.vty.network import STARTUP, booted


def linked_routers() -> ConsoleDriver:
    """The console of R1, which reaches R2 at 192.0.2.2."""
    world = booted("R1", "R2", startup=STARTUP.replace("line con 0\n login local\n", ""))
    drivers = {}
    for number, name in enumerate(("R1", "R2"), 1):
        drivers[name] = ConsoleDriver(world, name)
        drivers[name].type("", "enable", "cisco", "configure terminal", "interface Vlan1",
                           f"ip address 192.0.2.{number} 255.255.255.0", "no shutdown", "end")  # fmt: skip
        drivers[name].pass_time(MINUTE)
    return drivers["R1"]


@pytest.fixture
def console():
    return linked_routers()


def test_telnet_asks_who_is_there_and_runs_commands_at_the_other_router(console):
    console.type("telnet 192.0.2.2")
    assert "Trying 192.0.2.2 ... Open" in console.shown
    assert "User Access Verification" in console.shown
    console.type("admin", "lab")
    assert console.prompt == "R2#"
    console.type("show users")
    assert "192.0.2.1" in console.shown
    console.type("exit")
    assert "[Connection to 192.0.2.2 closed by foreign host]" in console.shown
    assert console.prompt == "R1#"
    assert not console.line.exec.connections


def test_ssh_asks_for_the_password_first(console):
    console.type("ssh -l admin 192.0.2.2", "wrong", "lab")
    assert console.prompt == "R2#"
    console.type("exit")
    assert console.prompt == "R1#"
    console.type("ssh -l admin 192.0.2.2", "wrong", "wrong", "wrong")
    assert "% Authentication failed." in console.shown
    console.type("ssh 192.0.2.2")
    assert "% No user specified" in console.shown


def test_paging_and_configuration_pass_through(console):
    console.type("telnet 192.0.2.2", "admin", "lab", "show version")
    assert console.prompt == " --More-- "
    console.type(" ")
    while console.line.prompt.erase:
        console.type(" ")
    console.type("configure terminal", "hostname R9", "end")
    assert console.prompt == "R9#"


def test_the_keys_of_the_line_there(console):
    terminal = console.line.terminal
    console.type("telnet 192.0.2.2", "admin", "lab", "show privilege", "configure terminal", "hostname R9")
    assert "interface" in terminal.help("interf")
    assert terminal.complete("interf") == "interface "
    assert terminal.configuring
    terminal.interrupt()
    console.world.clock.settle()
    assert console.prompt == "R9#"
    assert terminal.history == ["show privilege", "configure terminal"]
    console.type("configure terminal")
    terminal.end_configuration()
    console.world.clock.settle()
    assert console.prompt == "R9#"
    console.type("exit")
    assert not terminal.remote
    assert terminal.history[-1] == "telnet 192.0.2.2"


def test_ctrl_c_breaks_off_what_runs_there(console):
    console.type("telnet 192.0.2.2", "admin", "lab")
    console.line.terminal.submit("ping 192.0.2.99")
    console.pass_time(3 * SECOND)
    assert console.line.terminal.busy
    console.line.terminal.interrupt()
    console.pass_time(SECOND)
    assert console.prompt == "R2#"


def test_a_connection_is_left_while_the_other_router_is_busy(console):
    console.type("telnet 192.0.2.2", "admin", "lab")
    console.line.terminal.submit("ping 192.0.2.99")
    console.pass_time(SECOND)
    console.line.terminal.submit(ESCAPE)
    console.pass_time(SECOND)
    assert console.prompt == "R1#"
    console.pass_time(MINUTE)
    assert "Success rate" not in console.shown
    console.type("show sessions").sees("*  1 192.0.2.2           192.0.2.2             38     1 192.0.2.2")
    console.type("").sees("Success rate is 0 percent (0/5)")
    assert console.prompt == "R2#"


def test_the_end_there_is_told_at_once(console):
    console.type("telnet 192.0.2.2", "admin", "lab")
    console.world.router("R2").power_off()
    console.pass_time(SECOND)
    console.sees("[Connection to 192.0.2.2 closed by foreign host]")
    assert console.prompt == "R1#"


def test_a_connection_that_is_left_stays_open_until_it_is_ended(console):
    lines = console.world.lines_of("R2")
    console.type(
        "telnet 192.0.2.2", "admin", "lab", ESCAPE, "ssh -l admin 192.0.2.2", "lab", "configure terminal", ESCAPE
    )
    assert console.prompt == "R1#"
    assert len(lines.in_use) == 3
    console.type("resume 1", "show users").sees("*  2 vty 0")
    console.type(ESCAPE, "resume 2")
    assert console.prompt == "R2(config)#"
    console.type(ESCAPE, "disconnect 1", "")
    assert [line.name for line in lines.in_use] == ["con 0", "vty 1"]
    console.type("exit", "n")
    assert console.prompt == "R1#"
    assert [line.name for line in lines.in_use] == ["con 0", "vty 1"]
    console.type("exit", "").sees("Closing: 192.0.2.2 !")
    assert [line.name for line in lines.in_use] == ["con 0"]
    assert not console.line.exec.connections


def test_a_connection_keeps_its_number_and_the_one_used_last_is_meant(console):
    console.type("configure terminal", "ip host other 192.0.2.2", "end")
    for host in ("192.0.2.2", "other", "192.0.2.2"):
        console.type(f"telnet {host}", "admin", "lab", ESCAPE)
    console.type("disconnect 1", "", "show sessions").sees("   2 other")
    assert "*  3 192.0.2.2" in console.shown
    console.type("resume other", ESCAPE, "show sessions").sees("*  2 other")
    console.type("resume").sees("[Resuming connection 2 to other ... ]")
    console.type(ESCAPE, "telnet 192.0.2.2", "admin", "lab", ESCAPE, "show sessions").sees("*  1 192.0.2.2")
    console.type("disconnect", "", "").sees("[Resuming connection 2 to other ... ]")
    console.type(ESCAPE, "resume 7").sees_exactly("% Not an open connection\n")


def test_the_number_of_a_connection_resumes_it(console):
    at = console.line.terminal
    assert "<1-99>" not in at.help("")
    for _ in range(2):
        console.type("telnet 192.0.2.2", "admin", "lab", ESCAPE)
    assert "  <1-99>" in at.help("")
    assert "Session number to resume" in at.help("")
    console.type("1")
    assert "Resuming connection 1 to 192.0.2.2" in console.shown
    console.type(ESCAPE, "2")
    assert "Resuming connection 2 to 192.0.2.2" in console.shown
    console.type(ESCAPE, "7")
    assert console.shown == "% Not an open connection\n"
    console.type("disconnect 1", "", "disconnect 2", "")
    assert "<1-99>" not in at.help("")


@pytest.mark.parametrize("lines", [["telnet 192.0.2.1", "admin", "lab"], ["ssh -l admin 192.0.2.1", "lab"]])
def test_a_router_is_a_client_of_its_own(console, lines):
    console.type(*lines, "show users").sees("*  2 vty 0     admin      idle                 00:00:00 192.0.2.1")
    console.type("exit").sees("[Connection to 192.0.2.1 closed by foreign host]")
    console.type(*lines)
    console.world.router("R1").power_off()
    assert not console.line.exec.connections


AUX = ("line aux 0", "transport input all")
INCOMING = "banner incoming ^At the port of $(hostname)^"


@pytest.mark.parametrize("port", [2001, 4001, 6001])
def test_reverse_telnet_leads_to_the_auxiliary_port(console, port):
    other = ConsoleDriver(console.world, "R2")
    other.type("configure terminal", INCOMING, "banner exec ^Not here^", *AUX, "end")
    console.type(f"telnet 192.0.2.2 {port}").sees(f"Trying 192.0.2.2, {port} ... Open\n", "At the port of R2\n")
    assert "Not here" not in console.shown
    assert console.line.terminal.remote
    console.line.terminal.interrupt()
    console.type("show version", "exit")
    assert console.prompt == ""
    other.type("show users").sees("   1 aux 0                idle                 00:00:00 192.0.2.1")
    other.pass_time(60 * MINUTE)
    console.type(ESCAPE, f"telnet 192.0.2.2 {port}").sees("% Connection refused by remote host")
    console.type("show sessions").sees("*  1 192.0.2.2")
    other.type("clear line aux 0", "")
    console.sees("[Connection to 192.0.2.2 closed by foreign host]")
    assert [line.name for line in console.world.lines_of("R2").in_use] == ["con 0"]


def test_reverse_telnet_asks_for_the_password_of_the_line(console):
    other = ConsoleDriver(console.world, "R2")
    other.type("configure terminal", INCOMING, *AUX, "password door", "login", "session-timeout 5", "end")
    console.type("telnet 192.0.2.2 2001").sees("User Access Verification")
    assert console.prompt == "Password: "
    console.type("door").sees("At the port of R2\n")
    console.pass_time(6 * MINUTE)
    console.sees("[Connection to 192.0.2.2 closed by foreign host]")


@pytest.mark.parametrize(
    ("lines", "port"),
    [([], 2001), (["transport input none"], 2001), (["transport input ssh"], 2001), (list(AUX[1:]), 2002),
     (list(AUX[1:]), 80), ([*AUX[1:], "access-class 7 in"], 2001)],
)  # fmt: skip
def test_a_port_that_leads_to_no_line_is_refused(console, lines, port):
    other = ConsoleDriver(console.world, "R2")
    other.type("configure terminal", "access-list 7 deny any", AUX[0], *lines, "end")
    console.type(f"telnet 192.0.2.2 {port}").sees(f"Trying 192.0.2.2, {port} ... \n% Connection refused by remote host")


def test_a_reload_ends_reverse_telnet(console):
    ConsoleDriver(console.world, "R2").type("configure terminal", *AUX, "end")
    console.type("telnet 192.0.2.2 2001")
    console.world.router("R2").power_off()
    console.pass_time(SECOND)
    console.sees("[Connection to 192.0.2.2 closed by foreign host]")


def test_the_route_is_traced_from_router_to_router():
    world = booted("R1", "R2", "R3", startup=STARTUP.replace("line con 0\n login local\n", ""))
    routes = {"R1": ["10.0.0.0 255.0.0.0 192.0.2.2"], "R2": ["10.3.0.0 255.255.0.0 192.0.2.3",
              "10.4.0.0 255.255.0.0 192.0.2.1"], "R3": []}  # fmt: skip
    drivers = {name: ConsoleDriver(world, name) for name in routes}
    for number, (name, driver) in enumerate(drivers.items(), 1):
        driver.type("", "enable", "cisco", "configure terminal", *(f"ip route {each}" for each in routes[name]))
        driver.type("interface Vlan1", f"ip address 192.0.2.{number} 255.255.255.0", "no shutdown")
        driver.type("interface Loopback0", f"ip address 10.{number}.0.1 255.255.0.0", "end")
    console = drivers["R1"]
    console.pass_time(MINUTE)
    console.type("traceroute 10.2.0.1").sees("\n  1 10.2.0.1 ")
    console.type("traceroute 10.3.0.1").sees("\n  1 192.0.2.2 ", "\n  2 10.3.0.1 ")
    console.type("traceroute 10.3.0.1 ttl 2 9")
    assert "  1 192" not in console.shown
    assert world.router("R1").context.network.hops("R1", "10.4.4.4") == ["192.0.2.2", "192.0.2.1", "10.4.4.4"]


def test_a_connection_is_left_at_a_page_too_and_goes_on_there(console):
    console.type("telnet 192.0.2.2", "admin", "lab", "show version", ESCAPE)
    assert console.prompt == "R1#"
    console.type("")
    assert console.prompt == " --More-- "


def test_what_comes_meanwhile_is_shown_when_one_comes_back(console):
    other = ConsoleDriver(console.world, "R2")
    console.type("telnet 192.0.2.2", "admin", "lab", "terminal monitor", ESCAPE)
    other.type("configure terminal", "end")
    assert "CONFIG_I" not in console.type("show privilege").shown
    console.type("").sees("%SYS-5-CONFIG_I: Configured from console")
    console.type(ESCAPE)
    other.world.router("R2").power_off()
    console.sees("[Connection to 192.0.2.2 closed by foreign host]")
    console.type("show sessions").sees_exactly("% No connections open\n")


def test_connections_that_were_left_count_and_idle_too_long(console):
    console.type("configure terminal", "line con 0", "session-timeout 2", "session-limit 1", "end")
    console.line.terminal.attend(there=True)
    console.type("telnet 192.0.2.2", "admin", "lab", ESCAPE)
    console.type("telnet 192.0.2.2").sees_exactly("% Session limit exceeded\n")
    console.pass_time(3 * MINUTE)
    console.sees("[Connection to 192.0.2.2 idle too long; timed out]")
    assert len(console.world.lines_of("R2").in_use) == 1
    assert console.prompt == "R1#"


def test_a_line_that_is_lost_ends_what_was_left(console):
    console.type("telnet 192.0.2.2", "admin", "lab", ESCAPE)
    console.world.router("R1").power_off()
    assert len(console.world.lines_of("R2").in_use) == 1


def test_a_host_that_takes_no_session(console):
    console.type("telnet 192.0.2.77")
    assert "% Connection timed out" in console.shown


def test_a_router_that_has_no_password_to_ask_for(console):
    other = ConsoleDriver(console.world, "R2")
    other.type("configure terminal", "line vty 0 4", "login", "end")
    console.type("telnet 192.0.2.2")
    opened, _, rest = console.shown.partition("Password required, but none set")
    assert opened == "Trying 192.0.2.2 ... Open\n\n\n"
    assert "closed by foreign host" in rest


def test_a_router_that_takes_no_telnet(console):
    other = ConsoleDriver(console.world, "R2")
    other.type("configure terminal", "line vty 0 4", "transport input ssh", "end")
    console.type("telnet 192.0.2.2")
    assert "% Connection refused by remote host" in console.shown


@pytest.mark.parametrize("exec_timeout", ["1", "10"])
def test_a_session_that_idles_too_long_is_ended_alone(console, exec_timeout):
    console.type("configure terminal", "line con 0", "session-timeout 2", f"exec-timeout {exec_timeout}", "end")
    console.line.terminal.attend(there=True)
    console.type("telnet 192.0.2.2", "admin", "lab")
    console.pass_time(90_000)
    assert console.prompt == "R2#", "the time-out of EXEC does not count meanwhile"
    console.type("show clock")
    console.pass_time(110_000)
    assert console.prompt == "R2#", "what is typed restarts the time"
    console.pass_time(20_000)
    console.sees("[Connection to 192.0.2.2 idle too long; timed out]")
    assert console.prompt == "R1#"
    assert len(console.world.lines_of("R2").in_use) == 1
    console.pass_time(int(exec_timeout) * MINUTE)
    assert not console.line.in_session, "now it does"


def test_without_a_session_timeout_a_session_may_idle(console):
    console.line.terminal.attend(there=True)
    console.type("telnet 192.0.2.2", "admin", "lab")
    console.type("configure terminal", "line vty 0 4", "exec-timeout 0 0", "end")
    console.pass_time(60 * MINUTE)
    assert console.prompt == "R2#"


@pytest.mark.parametrize("command", ["telnet 192.0.2.{}", "ssh -l admin 192.0.2.{}"])
def test_a_chain_of_routers_ends_after_so_many_and_is_let_go_at_once(console, command):
    answers = ("admin", "lab") if command.startswith("telnet") else ("lab",)
    for each in (console, ConsoleDriver(console.world, "R2")):
        each.type("configure terminal", "line vty 0 50", "login local", "end")
    for hop in range(MOST_HOPS):
        console.type(command.format(2 - hop % 2), *answers)
    console.type(command.format(2 - MOST_HOPS % 2))
    assert console.shown == "% Session limit exceeded\n"
    assert len(console.world.lines_of("R2").in_use) == 1 + MOST_HOPS // 2
    console.type("exit")
    console.type(command.format(2 - (MOST_HOPS - 1) % 2), *answers)
    assert console.prompt == "R1#"
    console.line.clear()
    assert [len(console.world.lines_of(name).in_use) for name in ("R1", "R2")] == [1, 1]
