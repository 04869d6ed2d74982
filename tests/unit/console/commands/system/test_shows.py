"""Shows of the box, its processes and its services: true for what is modelled."""

import pytest

from emulator.kernel.time import DAY, HOUR
from tests.driver import BenchDriver, ConsoleDriver, world_of


def configure(console: ConsoleDriver, *lines: str) -> ConsoleDriver:
    return console.type("configure terminal", *lines, "end")


def test_an_evaluation_in_use_hides_the_upgrade(console: ConsoleDriver) -> None:
    configure(console, "license boot module c880-data level advipservices", "yes")
    console.type("show rom-monitor").sees("No upgrade ROMMON version present")
    console.reload().type("show rom-monitor").sees("not visible due to recent license activity")


def test_a_reload_ends_license_activity(console: ConsoleDriver, bench: BenchDriver) -> None:
    file = bench.license_on_stick()
    console.type(f"license install usbflash0:{file}", "show rom-monitor").sees("recent license activity")
    console.reload().type("show rom-monitor").sees("No upgrade ROMMON version present")


def test_the_next_register_shows(console: ConsoleDriver) -> None:
    configure(console, "config-register 0x2142").type("show boot")
    console.sees("Configuration register is 0x2102 (will be 0x2142 at next reload)\n")


def test_the_chassis(console: ConsoleDriver) -> None:
    console.type("show diag").sees("CISCO881-K9", "FTX1405YDC7", console.router.state.mac)


def test_processes_move_with_the_time(console: ConsoleDriver) -> None:
    def runtime() -> int:
        row = next(line for line in console.type("show processes cpu").shown.splitlines() if "Check heaps" in line)
        return int(row.split()[1])

    before = runtime()
    console.pass_time(10 * HOUR)
    assert runtime() > before + 50_000
    console.sees("CPU utilization for five seconds: 1%/0%; one minute: 1%; five minutes: 1%\n")


def test_the_busiest_process_comes_first(console: ConsoleDriver) -> None:
    console.pass_time(DAY)
    rows = [int(line.split()[1]) for line in console.type("show processes cpu sorted").shown.splitlines()[2:]]
    assert rows == sorted(rows, reverse=True)
    assert len(rows) > 20


@pytest.mark.parametrize("pid", ["CISCO881-K9", "CISCO861-K9", "C881SRST-K9"])
def test_memory_adds_up(pid: str) -> None:
    console = ConsoleDriver(world_of("R1", pid=pid)).boot()
    for line in console.type("show memory statistics").shown.splitlines()[1:]:
        _, _, total, used, free, lowest, largest = line.split()
        assert int(total) == int(used) + int(free)
        assert 0 < int(lowest) <= int(free)
        assert 0 < int(largest) <= int(free)


def test_a_larger_configuration_takes_more_memory(console: ConsoleDriver) -> None:
    def used() -> int:
        return int(console.type("show memory statistics").shown.splitlines()[1].split()[3])

    before = used()
    configure(console, *(f"ip host host{number} 192.0.2.{number}" for number in range(1, 20)))
    assert used() > before


def test_secrets_are_not_in_tech_support(console: ConsoleDriver) -> None:
    configure(console, "enable secret topsecret", "snmp-server community hush RO", "username a password 0 plain")
    hashed = console.router.configuration.word("enable secret").split()[-1]
    console.type("show tech-support").sees("enable secret 5 <removed>\n", "snmp-server community <removed>")
    console.sees_nothing_of(hashed, "hush", "plain")
    console.sees(
        "------------------ show license all ------------------", "------------------ show logging ------------------"
    )


def test_tech_support_goes_through_the_bar(console: ConsoleDriver) -> None:
    console.type("show tech-support | redirect flash:tech.txt").sees_exactly("")
    console.type("more flash:tech.txt | include ^----").sees("show version")


def test_who_is_on(console: ConsoleDriver) -> None:
    configure(console, "username pyclass privilege 15 password x", "line con 0", "login local")
    console.type("exit", "", "pyclass", "x", "show users")
    console.sees("*  0 con 0     pyclass    idle                 00:00:00   \n")


def test_more_terminal_lines(console: ConsoleDriver) -> None:
    configure(console, "line vty 5 15", "login").type("show line")
    assert sum("VTY" in line for line in console.shown.splitlines()) == 16


def test_the_terminal(console: ConsoleDriver) -> None:
    console.type("terminal width 132", "terminal length 40", "show terminal")
    console.sees("Length: 40 lines, Width: 132 columns\n", "Automore On", "00:10:00", "history size is 20.")
    console.type("terminal no length", "terminal no width", "terminal no history", "show terminal")
    console.type(" ").screen = ""
    console.type("terminal length 0", "show terminal").sees("Width: 80 columns", "History is disabled.")


def test_history_can_be_larger(console: ConsoleDriver) -> None:
    console.type("terminal history size 30", *["show clock"] * 40)
    assert len(console.line.history) == 30


class TestPing:
    def test_the_first_packet_asks_for_the_address(self, console: ConsoleDriver) -> None:
        configure(console, "interface vlan 1", "ip address 192.0.2.1 255.255.255.0").pass_time(10_000)
        console.type("ping 192.0.2.10").sees(".!!!!\nSuccess rate is 80 percent (4/5), round-trip min/avg/max = ")
        console.type("ping 192.0.2.10").sees("!!!!!\nSuccess rate is 100 percent (5/5)")
        console.type("show arp").sees(
            "Internet  192.0.2.1               -   ", "Internet  192.0.2.10              0   "
        )

    def test_nobody_answers_without_a_way(self, console: ConsoleDriver) -> None:
        begun = console.world.now
        console.type("ping 192.0.2.10").sees(".....\nSuccess rate is 0 percent (0/5)\n")
        assert console.world.now - begun == 10_000

    def test_a_cable_that_is_pulled(self, console: ConsoleDriver) -> None:
        configure(console, "interface vlan 1", "ip address 192.0.2.1 255.255.255.0").pass_time(10_000)
        console.router.plug("FastEthernet0", cable=False)
        console.pass_time(10_000)
        console.type("ping 192.0.2.10").sees("Success rate is 0 percent")

    def test_traceroute_gives_up(self, console: ConsoleDriver) -> None:
        console.type("traceroute 203.0.113.1")
        assert console.shown.count(" *  *  * \n") == 30

    def test_telnet_is_refused_or_times_out(self, console: ConsoleDriver) -> None:
        console.type("telnet 203.0.113.1").sees("% Connection timed out; remote host not responding")


def test_port_translation_and_ipv6_hosts(console: ConsoleDriver) -> None:
    lines = console.router.configuration.lines
    nat = "ip nat inside source static tcp 192.168.1.5 80 198.51.100.5 8080"
    lines[nat], lines["ip host six"] = nat, "ip host six 2001:DB8::1"
    console.type("show ip nat translations").sees("tcp 198.51.100.5:8080  192.168.1.5:80     ---                ---\n")
    console.type("show hosts").sees("six                       None  (perm, OK)  0   IPv6  2001:DB8::1\n")


def test_one_access_list(console: ConsoleDriver) -> None:
    configure(console, "access-list 1 permit host 192.0.2.1", "access-list 2 permit any")
    console.type("show access-lists 1").sees_exactly("Standard IP access list 1\n    10 permit 192.0.2.1\n")


def test_descriptions(console: ConsoleDriver) -> None:
    configure(console, "interface fa4", "description uplink")
    console.type("show interfaces description").sees(f"{'Fa4':<31s}{'admin down':<15s}{'down':<9s}uplink\n")
