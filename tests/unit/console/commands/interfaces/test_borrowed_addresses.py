"""Addresses that an interface borrows (`ip unnumbered`) or asks for, on every screen that tells an address."""

import pytest

from tests.driver import ConsoleDriver, world_of
from tests.unit.twins.recordings import log_of, twin_of

LINES = (
    "configure terminal", "interface vlan 1", "ip address 10.1.1.1 255.255.255.0", "interface loopback 9",
    "interface virtual-template 1", "ip unnumbered vlan 1", "interface tunnel 1", "ip unnumbered loopback 9",
    "interface dialer 1", "ip address negotiated", "interface fa4", "ip address dhcp", "shutdown",
    "interface wlan-ap 0", "ip unnumbered vlan 1", "end",
)  # fmt: skip

BORROWED = "Interface is unnumbered. Using address of Vlan1 (10.1.1.1)"


@pytest.fixture(scope="module")
def console() -> ConsoleDriver:
    return ConsoleDriver(world_of(pid="CISCO881W-GN-A-K9")).boot().type(*LINES)


@pytest.mark.parametrize(
    ("name", "line", "row"),
    [
        ("Virtual-Template1", BORROWED, "10.1.1.1        YES unset"),
        ("wlan-ap0", BORROWED, "10.1.1.1        YES unset"),
        ("Tunnel1", "Interface is unnumbered. Using address of Loopback9 (0.0.0.0)", "unassigned      YES unset"),
        ("Dialer1", "Internet address will be negotiated using IPCP", "unassigned      YES IPCP"),
        ("FastEthernet4", "Internet address will be negotiated using DHCP", "unassigned      YES DHCP"),
    ],
)
def test_each_screen_tells_it(console: ConsoleDriver, name: str, line: str, row: str) -> None:
    for screen in (f"show interfaces {name}", f"show ip interface {name}"):
        console.type(screen).sees(f"  {line}\n")
        console.sees_nothing_of("Address determined")
    console.type(f"show ip interface brief | include {name} ").sees(f"{name:<27s}{row}")
    shown = line.startswith("Interface")
    console.type(f"show protocols | section {name} ")
    assert (line in console.shown) == shown


def test_the_access_point_is_reached_by_the_address_that_it_borrows(console: ConsoleDriver) -> None:
    console.type("service-module wlan-ap 0 session").sees("Trying 10.1.1.1, 2002")
    console.type("exit")


def test_a_twin_has_the_lines_again(console: ConsoleDriver) -> None:
    world, twin = twin_of(log_of(console, ("show version", "show interfaces")))
    assert [each.differing for each in twin.printed] == [0, 0]
    sections = world.router("R1").configuration.sections
    assert sections["interface Virtual-Template1"].lines["ip address"] == "ip unnumbered Vlan1"
    assert sections["interface Dialer1"].lines["ip address"] == "ip address negotiated"
