"""Addresses and masks as a device takes them, and networks that overlap."""

from ipaddress import IPv4Network

import pytest

from emulator.router.configuration import Section
from emulator.router.device import Router
from emulator.router.network.addressing import (
    addresses_of,
    assigned,
    is_host,
    is_network,
    mask_length,
    natural_length,
    overlapping,
)
from tests.driver import ConsoleDriver


@pytest.mark.parametrize(
    ("mask", "length"),
    [
        ("0.0.0.0", 0), ("128.0.0.0", 1), ("255.255.252.0", 22), ("255.255.255.255", 32),
        ("255.0.255.0", None), ("0.0.0.255", None), ("255.255.255", None),
    ],
)  # fmt: skip
def test_a_mask_is_ones_and_then_zeros(mask: str, length: int | None) -> None:
    assert mask_length(mask) == length


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("0.1.2.3", False), ("1.0.0.1", True), ("126.255.0.1", True), ("127.0.0.1", False), ("128.0.0.1", True),
        ("223.255.255.1", True), ("224.0.0.5", False), ("255.255.255.255", False),
    ],
)  # fmt: skip
def test_which_addresses_a_host_can_have(address: str, host: bool) -> None:
    assert is_host(address) is host


@pytest.mark.parametrize(
    ("address", "mask", "network"),
    [
        ("10.1.0.0", "255.255.0.0", True), ("10.1.0.1", "255.255.0.0", False), ("0.0.0.0", "0.0.0.0", True),
        ("10.1.0.1", "255.255.255.255", True), ("10.0.0.0", "255.0.255.0", False),
    ],
)  # fmt: skip
def test_a_network_has_nothing_outside_of_its_mask(address: str, mask: str, network: bool) -> None:
    assert is_network(address, mask) is network


@pytest.mark.parametrize(
    ("address", "length"), [("10.0.0.0", 8), ("127.0.0.0", 8), ("128.0.0.0", 16), ("192.0.2.0", 24), ("224.0.0.5", 32)]
)
def test_the_mask_of_a_class(address: str, length: int) -> None:
    assert natural_length(address) == length


@pytest.fixture
def router(console: ConsoleDriver) -> Router:
    give(console.router, "Vlan1", "10.0.0.1 255.255.255.0", "10.1.0.1 255.255.0.0")
    return console.router


def give(router: Router, name: str, primary: str, *others: str, **lines: str) -> None:
    section = router.configuration.section(f"interface {name}")
    section.lines["ip address"] = f"ip address {primary}"
    for other in others:
        section.lines[f"ip secondary {other.split()[0]}"] = f"ip address {other} secondary"
    section.lines.update(lines)


def test_all_addresses_the_primary_first(router: Router) -> None:
    give(router, "Loopback0", "192.0.2.1 255.255.255.255")
    found = [(each.interface, str(each.address), each.secondary) for each in assigned(router)]
    assert found == [
        ("Loopback0", "192.0.2.1/32", False), ("Vlan1", "10.0.0.1/24", False), ("Vlan1", "10.1.0.1/16", True),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["ip address dhcp", "ip address 10.0.0.1 255.0.255.0", "ip unnumbered Loopback0"])
def test_a_line_that_gives_no_address(line: str) -> None:
    assert list(addresses_of(Section({"ip address": line}), "Vlan1")) == []


@pytest.mark.parametrize(
    ("network", "found"),
    [
        ("10.0.0.0/24", "10.0.0.1/24"), ("10.0.0.128/25", "10.0.0.1/24"), ("10.0.0.0/8", "10.0.0.1/24"),
        ("10.1.7.0/24", "10.1.0.1/16"), ("10.0.1.0/24", None),
    ],
)  # fmt: skip
def test_networks_overlap_whatever_their_lengths(router: Router, network: str, found: str | None) -> None:
    other = overlapping(router, "FastEthernet4", IPv4Network(network))
    assert (other and str(other.address)) == found


def test_an_interface_does_not_overlap_with_itself(router: Router) -> None:
    assert overlapping(router, "Vlan1", IPv4Network("10.0.0.0/24")) is None


def test_what_is_held_down_has_no_part_in_it(router: Router) -> None:
    router.configuration.section("interface Vlan1").lines["shutdown"] = "shutdown"
    assert overlapping(router, "FastEthernet4", IPv4Network("10.0.0.0/24")) is None


@pytest.mark.parametrize("key", ["ip vrf forwarding", "vrf forwarding"])
def test_each_vrf_has_networks_of_its_own(router: Router, key: str) -> None:
    network = IPv4Network("10.0.0.0/24")
    for name in ("FastEthernet4", "Loopback0"):
        router.configuration.section(f"interface {name}").lines[key] = f"{key} A"
    assert overlapping(router, "FastEthernet4", network) is None
    give(router, "Loopback0", "10.0.0.9 255.255.255.255")
    other = overlapping(router, "FastEthernet4", network)
    assert other is not None
    assert other.interface == "Loopback0"
