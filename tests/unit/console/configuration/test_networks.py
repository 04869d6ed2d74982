"""Networks are written without what their masks leave out, and taken back however they are typed."""

import pytest

from emulator.console.configuration.layout import configuration_lines
from tests.driver import ConsoleDriver, world_of


@pytest.fixture
def config() -> ConsoleDriver:
    return ConsoleDriver(world_of(factory=("advsecurity", "advipservices"))).boot().type("configure terminal")


CASES = [
    ("router ospf 1", "network 10.1.1.1 0.0.0.255 area 0", "network 10.1.1.0 0.0.0.255 area 0"),
    ("router ospf 1", "network 10.1.1.1 0.0.0.0 area 7", "network 10.1.1.1 0.0.0.0 area 7"),
    ("router eigrp 9", "network 10.1.1.9 0.0.0.3", "network 10.1.1.8 0.0.0.3"),
    ("router eigrp 9", "network 172.16.3.4", "network 172.16.0.0"),
    ("router rip", "network 10.1.1.1", "network 10.0.0.0"),
    ("router rip", "network 192.0.2.77", "network 192.0.2.0"),
    ("router bgp 7", "network 10.1.0.0 mask 255.255.0.0", "network 10.1.0.0 mask 255.255.0.0"),
    ("router bgp 7", "network 10.0.0.0 mask 255.0.0.0", "network 10.0.0.0"),
]


def networks(console: ConsoleDriver) -> list[str]:
    return [line.strip() for line in configuration_lines(console.router) if line.startswith(" network ")]


@pytest.mark.parametrize(("process", "typed", "kept"), CASES)
def test_what_a_wildcard_or_class_leaves_out_is_not_kept(
    config: ConsoleDriver, process: str, typed: str, kept: str
) -> None:
    config.type(process, typed).sees_exactly("")
    assert networks(config) == [kept]
    config.type(kept).sees_exactly("")
    assert networks(config) == [kept], "it is the same network"
    config.type(f"no {typed}").sees_exactly("")
    assert networks(config) == []


def test_a_network_of_the_class_is_taken_back_alone(config: ConsoleDriver) -> None:
    config.type("router bgp 7", "network 10.0.0.0 mask 255.255.0.0", "network 10.0.0.0", "no network 10.0.0.0")
    assert networks(config) == ["network 10.0.0.0 mask 255.255.0.0"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("192.0.2.77 255.255.255.192", "192.0.2.64 255.255.255.192"), ("10.1.1.1 /16", "10.1.0.0 255.255.0.0"),
        ("172.16.9.9", "172.16.0.0 255.255.0.0"),
    ],
)  # fmt: skip
def test_a_pool_writes_its_mask_down(config: ConsoleDriver, typed: str, kept: str) -> None:
    config.type("ip dhcp pool A", f"network {typed}").sees_exactly("")
    assert networks(config) == [f"network {kept}"]
    config.type("no network")
    assert networks(config) == []


@pytest.mark.parametrize("length", ["/0", "/33", "/x", "/"])
def test_no_length_of_a_prefix(config: ConsoleDriver, length: str) -> None:
    config.type("ip dhcp pool A", f"network 10.0.0.0 {length}").sees("% Invalid input detected at '^' marker.")
    assert networks(config) == []


def test_bgp_takes_no_address_for_a_network(config: ConsoleDriver) -> None:
    config.type("router bgp 7", "network 10.1.1.1 mask 255.255.255.0")
    config.sees_exactly("% BGP: Incorrect network or mask/prefix-length configured\n")
    assert networks(config) == []


def test_leading_zeros_are_not_kept(config: ConsoleDriver) -> None:
    config.type("router ospf 1", "network 010.001.1.0 0.0.0.255 area 0")
    assert networks(config) == ["network 10.1.1.0 0.0.0.255 area 0"]
