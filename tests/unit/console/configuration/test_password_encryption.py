"""`service password-encryption`: which lines it hides, and how they stay what they are."""

import re

import pytest

from emulator.keys.passwords import revealed
from tests.driver import ConsoleDriver, world_of

IMAGE = "c880data-universalk9-mz.154-3.M5.bin"
PLAIN = "open sesame"

LINES = [
    ((), "tacacs-server key PLAIN"),
    ((), "tacacs-server key 0 PLAIN"),
    ((), "tacacs-server host 192.0.2.5 single-connection key PLAIN"),
    ((), "radius-server key PLAIN"),
    ((), "radius-server host 192.0.2.5 auth-port 1645 acct-port 1646 key PLAIN"),
    (("radius server A",), "key PLAIN"),
    (("tacacs server B",), "key 0 PLAIN"),
    (("aaa group server radius G",), "server-private 192.0.2.5 auth-port 1645 acct-port 1646 key PLAIN"),
    (("aaa group server tacacs+ G",), "server-private 192.0.2.5 key PLAIN"),
    (("aaa server radius dynamic-author",), "client 192.0.2.5 server-key PLAIN"),
    (("aaa server radius dynamic-author",), "client 192.0.2.6 vrf A server-key PLAIN"),
    (("aaa server radius dynamic-author",), "server-key PLAIN"),
    (("router bgp 1", "neighbor 192.0.2.9 remote-as 2"), "neighbor 192.0.2.9 password PLAIN"),
    (("interface FastEthernet4",), "ip ospf authentication-key PLAIN"),
    (("interface FastEthernet4",), "ip ospf message-digest-key 1 md5 PLAIN"),
    (("interface Dialer1",), "ppp chap password WORD"),
    (("interface Dialer1",), "ppp pap sent-username u password 0 WORD"),
    (("key chain K", "key 1"), "key-string WORD"),
    ((), "ip ftp password WORD"),
    (("line vty 0 4",), "password PLAIN"),
    ((), "username a privilege 7 password PLAIN"),
    ((), "enable password PLAIN"),
]
"""Place where a line is typed, and the line; WORD is a password of one word."""

UNTOUCHED = [
    ((), "snmp-server community PLAINWORD RO"),
    ((), "crypto isakmp key PLAINWORD address 192.0.2.5  "),
    (("crypto isakmp client configuration group G",), "key PLAINWORD"),
    ((), "radius-server host 192.0.2.5 auth-port 1645 acct-port 1646"),
    ((), "radius-server key 7 0822455D0A16"),
    (("interface Dialer1",), "ppp chap password 7 0822455D0A16"),
]


@pytest.fixture(scope="module")
def booted() -> ConsoleDriver:
    facts = {"factory": ("advsecurity", "advipservices"), "image": IMAGE}
    return ConsoleDriver(world_of("R1", **facts)).boot()


@pytest.fixture
def console(booted: ConsoleDriver) -> ConsoleDriver:
    """Console in configuration mode, with nothing configured."""
    booted.router.running.configuration = type(booted.router.configuration)()
    booted.type("end", "configure terminal")
    booted.type("aaa new-model")
    return booted


def lines_of(console: ConsoleDriver) -> list[str]:
    return [line for block in console.router.configuration.walk() for line in block.lines.values()]


@pytest.mark.parametrize(("way", "line"), LINES)
@pytest.mark.parametrize("service_first", [True, False])
def test_a_password_in_clear_is_hidden(
    console: ConsoleDriver, way: tuple[str, ...], line: str, service_first: bool
) -> None:
    plain = PLAIN if "PLAIN" in line else "sesame"
    typed = [*way, re.sub("PLAIN|WORD", plain, line)]
    service = "service password-encryption"
    console.type(*([service, *typed] if service_first else [*typed, service]))
    begin = re.sub("(0 )?(PLAIN|WORD)", "7 ", line)
    (hidden,) = [each.removeprefix(begin) for each in lines_of(console) if each.startswith(begin)]
    assert revealed(hidden) == plain
    assert not any("sesame" in each for each in lines_of(console))
    keys = [key for block in console.router.configuration.walk() for key in block.lines]
    assert not any("sesame" in key for key in keys), "nor is it kept in the key of a line"


@pytest.mark.parametrize(("way", "line"), UNTOUCHED)
def test_what_is_no_password_or_hidden_already_stays(console: ConsoleDriver, way: tuple[str, ...], line: str) -> None:
    console.type(*way, line)
    before = lines_of(console)
    console.type("service password-encryption")
    assert set(lines_of(console)) == {*before, "service password-encryption"}


def test_a_hidden_line_keeps_its_place_among_its_kind(console: ConsoleDriver) -> None:
    hosts = [f"radius-server host 192.0.2.{number} auth-port 1645 acct-port 1646 key k{number}" for number in (3, 1, 2)]
    console.type(*hosts, "service password-encryption", "do show running-config | include radius-server host")
    assert [line.split()[2] for line in console.shown.splitlines()] == ["192.0.2.3", "192.0.2.1", "192.0.2.2"]
    console.type("no radius-server host 192.0.2.1", "do show running-config | include radius-server host")
    assert [line.split()[2] for line in console.shown.splitlines()] == ["192.0.2.3", "192.0.2.2"]


def test_a_neighbour_s_password_is_taken_back_alone(console: ConsoleDriver) -> None:
    console.type("router bgp 1", "neighbor 192.0.2.9 remote-as 2", "neighbor 192.0.2.9 password x")
    console.type("service password-encryption", "router bgp 1", "no neighbor 192.0.2.9 password")
    console.type("do show running-config | include neighbor").sees_exactly(" neighbor 192.0.2.9 remote-as 2\n")


def test_hidden_lines_come_through_a_reload() -> None:
    console = ConsoleDriver(world_of("R1", image=IMAGE)).boot()
    console.type("configure terminal", "radius-server host 192.0.2.5 auth-port 1645 acct-port 1646 key x")
    console.type("radius server A", "key y", "service password-encryption", "end", "write")
    console.type("show running-config | include key 7")
    shown = console.shown
    assert len(shown.splitlines()) == 2
    console.reload().type("show running-config | include key 7").sees_exactly(shown)
