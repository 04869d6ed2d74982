"""Hosts by name: `ping`, `traceroute`, `telnet`, `ssh` and a word that is no command, each through the same look-up."""

import pytest

from emulator.kernel.time import MINUTE, SECOND
from emulator.world.site_network import NAME_SERVER, SERVER_HOST, SERVICE_ADDRESS, SERVICE_NAME
from tests.driver import ConsoleDriver
from tests.unit.console.commands.sessions.test_connect import linked_routers

SENDING = "\nType escape sequence to abort.\nSending 5, 100-byte ICMP Echos to {}, timeout is 2 seconds:\n"


def configure(console: ConsoleDriver, *lines: str) -> None:
    console.type("configure terminal", *lines, "end")
    console.pass_time(20 * SECOND)


@pytest.fixture
def leased(console: ConsoleDriver) -> ConsoleDriver:
    configure(console, "interface FastEthernet4", "ip address dhcp", "no shutdown")
    return console


def test_a_name_that_the_server_of_the_lease_knows(leased: ConsoleDriver) -> None:
    leased.type(f"ping {SERVICE_NAME}")
    asked = f'Translating "{SERVICE_NAME}"...domain server ({NAME_SERVER}) [OK]\n'
    assert leased.shown.startswith(asked + SENDING.format(SERVICE_ADDRESS))
    leased.sees("Success rate is 100 percent (5/5)")
    leased.type(f"traceroute {SERVICE_NAME.upper()}")
    leased.sees(f"Tracing the route to {SERVICE_NAME.upper()} ({SERVICE_ADDRESS})\n\n  1 100.64.")
    leased.sees(f"\n  2 {SERVICE_NAME.upper()} ({SERVICE_ADDRESS}) ")


def test_a_server_that_does_not_answer_is_waited_for_and_the_next_is_asked(leased: ConsoleDriver) -> None:
    configure(leased, "ip name-server 203.0.113.1", "ip domain timeout 7")
    began = leased.world.now
    leased.type(f"ping {SERVICE_NAME}")
    leased.sees(f'"{SERVICE_NAME}"...domain server (203.0.113.1) ({NAME_SERVER}) [OK]\n')
    assert leased.world.now - began >= 7 * SECOND


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("ping nowhere.example", "% Unrecognized host or address, or protocol not running.\n"),
        ("ping ip nowhere.example", "% Unrecognized host or address, or protocol not running.\n"),
        ("traceroute nowhere.example", "% Unrecognized host or address.\n"),
        ("telnet nowhere.example", "% Bad IP address or host name\n"),
        ("ssh -l admin nowhere.example", "% Bad IP address or host name\n"),
        ("nowhere.example", "\n% Unknown command or computer name, or unable to find computer address\n"),
    ],
)
def test_a_name_that_nobody_knows(leased: ConsoleDriver, command: str, told: str) -> None:
    leased.type(command)
    leased.sees_exactly(f'Translating "nowhere.example"...domain server ({NAME_SERVER})\n{told}')


def test_without_a_server_everybody_is_asked_and_nobody_answers(console: ConsoleDriver) -> None:
    console.type(f"ping {SERVICE_NAME}")
    console.sees_exactly(
        f'Translating "{SERVICE_NAME}"...domain server (255.255.255.255)\n'
        "% Unrecognized host or address, or protocol not running.\n"
    )


def test_names_of_the_configuration_need_no_server(console: ConsoleDriver) -> None:
    configure(console, "ip host Files 192.0.2.10", "interface Vlan1", "ip address 192.0.2.1 255.255.255.0", "no shut")
    console.type("ping files")
    assert console.shown.startswith(SENDING.format(SERVER_HOST))
    configure(console, "no ip domain lookup")
    console.type("ping FILES")
    console.sees(SENDING.format(SERVER_HOST))
    console.type("ping other")
    console.sees_exactly('Translating "other"\n% Unrecognized host or address, or protocol not running.\n')


def test_a_name_without_a_dot_is_asked_for_in_the_domain(leased: ConsoleDriver) -> None:
    leased.type("ping files")
    leased.sees("% Unrecognized host")
    configure(leased, "ip domain name lab.example")
    leased.type("ping files")
    leased.sees(f"[OK]\n{SENDING.format(SERVER_HOST)}")
    configure(leased, "ip domain list example.org")
    leased.type("ping files")
    leased.sees("% Unrecognized host")
    configure(leased, "ip domain list lab.example")
    leased.type("clear host *", "ping files")
    leased.sees("[OK]")


def test_a_name_that_was_learned_is_listed_and_not_asked_for_again(leased: ConsoleDriver) -> None:
    configure(leased, "ip domain name lab.example")
    leased.type("ping files", "show hosts")
    leased.sees(f"files.lab.example         None  (temp, OK)  0   IP    {SERVER_HOST}\n")
    leased.type("ping files")
    leased.sees_nothing_of("Translating")
    leased.type("clear host *", "ping files")
    leased.sees("Translating")


def test_the_servers_of_leases_are_in_show_hosts(leased: ConsoleDriver) -> None:
    leased.type("show hosts")
    leased.sees(f"Name servers are {NAME_SERVER}")


def test_a_session_at_a_router_by_its_name() -> None:
    console = linked_routers()
    configure(console, "ip host R2 192.0.2.2")
    for typed in ("telnet R2", "R2"):
        console.type(typed)
        shown = "192.0.2.2 " if typed == "R2" else "R2 (192.0.2.2)"
        console.sees(f"Trying {shown}... Open", "User Access Verification")
        console.type("admin", "lab")
        assert console.prompt == "R2#"
        console.type("exit")
        console.sees("[Connection to R2 closed" if typed != "R2" else "[Connection to 192.0.2.2 closed")
    console.type("ssh -l admin R2", "lab")
    assert console.prompt == "R2#"
    console.type("show users")
    console.sees("192.0.2.1")


def test_a_client_by_ssh_comes_from_the_interface_that_is_configured() -> None:
    console = linked_routers()
    configure(console, "interface Loopback0", "ip address 198.51.100.9 255.255.255.255", "exit",
              "ip ssh source-interface Loopback0")  # fmt: skip
    console.pass_time(MINUTE)
    console.type("ssh -l admin 192.0.2.2", "lab", "show users")
    console.sees("198.51.100.9")
    console.type("exit", "telnet 192.0.2.2", "admin", "lab", "show users")
    console.sees("192.0.2.1")
    console.sees_nothing_of("198.51.100.9")
