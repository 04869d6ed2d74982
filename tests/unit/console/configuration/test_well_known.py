"""Numbers that IOS writes by name."""

import pytest

from emulator.console.arguments.types import TYPES
from emulator.console.configuration.types import phrases
from emulator.console.configuration.well_known import well_known


@pytest.mark.parametrize(
    ("transport", "typed", "written"),
    [
        ("Tcp", "80", "www"), ("Tcp", "22", "22"), ("Tcp", "443", "443"), ("Tcp", "143", "143"),
        ("Tcp", "20", "ftp-data"),
        ("Tcp", "21", "ftp"), ("Tcp", "23", "telnet"), ("Tcp", "25", "smtp"), ("Tcp", "53", "domain"),
        ("Tcp", "110", "pop3"), ("Tcp", "119", "nntp"), ("Tcp", "179", "bgp"), ("Tcp", "514", "cmd"),
        ("Tcp", "syslog", "cmd"), ("Tcp", "161", "161"), ("Tcp", "0080", "www"), ("Tcp", "tel", "telnet"),
        ("Tcp", "FTP", "ftp"), ("Tcp", "ftp-", "ftp-data"), ("Udp", "53", "domain"), ("Udp", "67", "bootps"),
        ("Udp", "68", "bootpc"), ("Udp", "69", "tftp"), ("Udp", "123", "ntp"), ("Udp", "161", "snmp"),
        ("Udp", "162", "snmptrap"), ("Udp", "500", "isakmp"), ("Udp", "514", "syslog"), ("Udp", "520", "rip"),
        ("Udp", "4500", "non500-isakmp"), ("Udp", "80", "80"), ("TcpUdp", "53", "domain"), ("TcpUdp", "514", "syslog"),
        ("TcpUdp", "80", "80"),
    ],
)  # fmt: skip
def test_a_port_is_written_by_the_name_of_its_transport(transport: str, typed: str, written: str) -> None:
    port = TYPES[f"{transport}Port"]
    assert port.match(typed, None).complete
    assert port.value(typed, None) == written


@pytest.mark.parametrize(
    ("transport", "typed"),
    [
        ("Tcp", "65536"),
        ("Tcp", "999999"),
        ("Tcp", "-1"),
        ("Tcp", "snmp"),
        ("Udp", "www"),
        ("TcpUdp", "www"),
        ("Tcp", "٣"),
    ],
)
def test_what_is_no_port_is_refused(transport: str, typed: str) -> None:
    assert not TYPES[f"{transport}Port"].match(typed, None).viable


@pytest.mark.parametrize("typed", ["t", "ta", "f", "ho", "s"])
def test_a_name_may_be_abbreviated_as_far_as_it_is_one(typed: str) -> None:
    names = [name for name in well_known().tcp if name.startswith(typed)]
    assert TYPES["TcpPort"].match(typed, None).complete == (len(names) == 1)


def test_help_tells_every_name() -> None:
    entries = TYPES["UdpPort"].entries("", None)
    assert entries is not None
    assert ("<0-65535>", "Port number") in entries
    assert ("ntp", "Network Time Protocol (123)") in entries
    assert len(entries) == len(well_known().udp) + 1
    assert TYPES["UdpPort"].entries("sn", None) == [
        ("snmp", "Simple Network Management Protocol (161)"), ("snmptrap", "SNMP Traps (162)"),
    ]  # fmt: skip


def test_every_protocol_and_message_with_a_name_can_be_typed_by_it() -> None:
    words = phrases()["ExtendedEntry"]
    for name in (*well_known().protocol, *well_known().icmp):
        line = f"permit icmp any any {name}" if name in well_known().icmp else f"permit {name} any any"
        assert TYPES["ExtendedEntry"].match(line, None).complete, words


def test_the_table_is_in_order_and_within_its_numbers() -> None:
    for ports in (well_known().tcp, well_known().udp):
        assert list(ports) == sorted(ports)
        assert all(0 <= number <= 65535 for number, _ in ports.values())
    assert all(0 <= number <= 255 for number, _ in well_known().protocol.values())
