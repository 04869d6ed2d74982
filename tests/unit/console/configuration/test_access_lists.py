"""How entries of access lists are printed and taken away."""

import pytest

from emulator.console.configuration.layout import configuration_lines
from tests.driver import ConsoleDriver, world_of

IMAGE = "c880data-universalk9-mz.155-3.M8.bin"


@pytest.fixture
def config() -> ConsoleDriver:
    levels = ("advsecurity", "advipservices")
    return ConsoleDriver(world_of(image=IMAGE, factory=levels)).boot().type("configure terminal")


def denied(console: ConsoleDriver) -> list[str]:
    return [line for line in configuration_lines(console.router) if "deny" in line]


@pytest.mark.parametrize(
    ("header", "typed", "printed"),
    [
        ("", "access-list 1 deny any log", "access-list 1 deny   any log"),
        ("", "access-list 1300 deny 10.0.0.0 0.0.0.255", "access-list 1300 deny   10.0.0.0 0.0.0.255"),
        ("", "access-list 100 deny ip any any", "access-list 100 deny   ip any any"),
        ("", "access-list 2000 deny udp any any eq 53", "access-list 2000 deny   udp any any eq domain"),
        ("ip access-list standard A", "deny host 10.0.0.1", " deny   host 10.0.0.1"),
        ("ip access-list extended A", "deny ip any any log", " deny   ip any any log"),
        ("ip access-list extended A", "deny tcp object-group G any eq 22", " deny   tcp object-group G any eq 22"),
        ("ipv6 access-list A", "deny ipv6 any any log", " deny ipv6 any any log"),
        ("", "ip prefix-list A seq 5 deny 10.0.0.0/8", "ip prefix-list A seq 5 deny 10.0.0.0/8"),
    ],
)
def test_deny_is_as_wide_as_permit_in_ipv4_lists_alone(
    config: ConsoleDriver, header: str, typed: str, printed: str
) -> None:
    config.type(*filter(None, [header]), typed)
    assert denied(config) == [printed]
    config.type(printed).sees_exactly("")
    assert denied(config) == [printed], "as it is printed it is the same entry"
    config.type(f"no {typed}").sees_exactly("")
    assert denied(config) == []


def test_a_permit_is_not_changed(config: ConsoleDriver) -> None:
    config.type("access-list 100 permit   ip any   any")
    assert "access-list 100 permit ip any any" in list(configuration_lines(config.router))


def test_groups_of_objects_stand_for_hosts_and_services(config: ConsoleDriver) -> None:
    config.type(
        "object-group network N", "host 10.0.0.1", "10.1.0.0 255.255.0.0", "object-group service S", "tcp eq 80",
        "udp range 5000 5010", "ip access-list extended A", "permit object-group S object-group N any",
    )  # fmt: skip
    shown = "\n".join(configuration_lines(config.router))
    assert "object-group network N \n host 10.0.0.1\n 10.1.0.0 255.255.0.0\n!\n" in shown
    assert "object-group service S \n tcp eq www\n udp range 5000 5010\n!\n" in shown
    assert "\n permit object-group S object-group N any\n" in shown
