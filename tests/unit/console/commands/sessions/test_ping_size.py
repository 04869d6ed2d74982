"""Largest packets of an interface: what the screens say, and what a ping that may not be broken finds."""

import pytest

from tests.driver import ConsoleDriver

LINES = (
    "interface Loopback7",
    "ip address 10.7.0.1 255.255.255.0",
    "interface Tunnel1",
    "ip address 10.8.0.1 255.255.255.0",
    "interface FastEthernet4",
    "mtu 1400",
    "no shutdown",
    "interface FastEthernet4.30",
    "encapsulation dot1Q 30",
    "ip address 10.30.0.1 255.255.255.0",
    "interface FastEthernet4.40",
    "encapsulation dot1Q 40",
    "ip address 10.40.0.1 255.255.255.0",
    "ip mtu 1300",
    "interface Vlan1",
    "ip address 10.1.0.1 255.255.255.0",
)


@pytest.fixture
def routed(console: ConsoleDriver) -> ConsoleDriver:
    """R1 with interfaces of all kinds."""
    return console.type("configure terminal", *LINES, "end")


@pytest.mark.parametrize(
    ("interface", "mtu"),
    [("FastEthernet4.30", 1400), ("FastEthernet4.40", 1300), ("Loopback7", 1514), ("Tunnel1", 1476), ("Vlan1", 1500)],
)
def test_a_packet_is_as_large_as_frames_there_unless_a_line_says_less(
    routed: ConsoleDriver, interface: str, mtu: int
) -> None:
    routed.type(f"show ip interface {interface} | include MTU").sees_exactly(f"  MTU is {mtu} bytes\n")


def test_a_packet_that_may_not_be_broken_stays_here_where_it_is_too_large(routed: ConsoleDriver) -> None:
    routed.type("ping 10.30.0.9 size 1401 df-bit timeout 0")
    routed.sees("Packet sent with the DF bit set\n.....\nSuccess rate is 0 percent (0/5)\n")
    routed.type("ping 10.30.0.1 size 1401 df-bit").sees("Success rate is 100 percent (5/5)")
