"""Notices of a device to lines that it takes, and to the two that it refuses, by their surroundings."""

import pytest

from emulator.console.configuration.layout import configuration_lines
from emulator.console.configuration.notices import NOTICES
from emulator.console.configuration.rows import Row
from emulator.console.configuration.tables import table, table_modes
from tests.driver import ConsoleDriver, world_of

LATE, EARLY = "c880data-universalk9-mz.155-3.M8.bin", "c880data-universalk9-mz.150-1.M4.bin"
INCOMPLETE = (
    "% NOTE: This new crypto map will remain disabled until a peer\n\tand a valid access list have been configured.\n"
)
GATEWAY = "%Default route without gateway, if not a point-to-point interface, may impact performance\n"
SAME_SECRET = (
    "The enable password you have chosen is the same as your enable secret.\n"
    "This is not recommended.  Re-enter the enable password.\n"
)
SAME_VLAN = (
    "%Configuration of multiple subinterfaces of the same main interface with the same VID (10) is not permitted.\n"
    "This VID is already configured on FastEthernet4.10.\n"
)
PORTFAST = (
    "%Warning: portfast should only be enabled on ports connected to a single\n"
    " host. Connecting hubs, concentrators, switches, bridges, etc... to this\n"
    " interface  when portfast is enabled, can cause temporary bridging loops.\n"
    " Use with CAUTION\n\n%Portfast has been configured on FastEthernet1 but will only\n"
    " have effect when the interface is in a non-trunking mode.\n"
)
SAME_PASSWORD = (
    "The enable secret you have chosen is the same as your enable password.\n"
    "This is not recommended.  Re-enter the enable secret.\n"
)


def console_of(image: str = LATE) -> ConsoleDriver:
    console = ConsoleDriver(world_of(image=image, factory=("advsecurity", "advipservices")))
    return console.boot().type("configure terminal")


@pytest.fixture
def config() -> ConsoleDriver:
    return console_of()


CASES = {
    "crypto map": [
        ("crypto map VPN 10 ipsec-isakmp", INCOMPLETE),
        ("crypto map VPN 10 ipsec-isakmp", ""),
        ("crypto map VPN 20 ipsec-isakmp dynamic OFFICES", ""),
        ("no crypto map VPN 10", ""),
        ("crypto map VPN 10 ipsec-isakmp", INCOMPLETE),
    ],
    "preshared key": [
        ("crypto isakmp key one address 192.0.2.1", ""),
        (
            "crypto isakmp key two address 192.0.2.1",
            "A pre-shared key for address mask 192.0.2.1 255.255.255.255 already exists!\n",
        ),
        ("no crypto isakmp key one address 192.0.2.1", ""),
        ("crypto isakmp key two address 192.0.2.1", ""),
    ],
    "vlan of part": [
        ("interface FastEthernet4.10", ""),
        ("encapsulation dot1Q 10", ""),
        ("encapsulation dot1Q 10", ""),
        ("interface FastEthernet4.20", ""),
        (
            "encapsulation dot1Q 10",
            SAME_VLAN,
        ),
        ("encapsulation dot1Q 20", ""),
    ],
    "fast port": [
        ("interface FastEthernet1", ""),
        (
            "spanning-tree portfast",
            PORTFAST,
        ),
        ("no spanning-tree portfast", ""),
    ],
    "login list": [
        ("line vty 0 4", ""),
        ("login authentication HELPDESK", 'AAA: Warning authentication list "HELPDESK" is not defined for LOGIN.\n'),
        ("aaa authentication login HELPDESK local", ""),
        ("line vty 0 4", ""),
        ("login authentication HELPDESK", ""),
    ],
    "vtp mode": [
        ("vtp mode server", "Device mode already VTP SERVER.\n"),
        ("vtp mode transparent", "Setting device to VTP TRANSPARENT mode.\n"),
        ("vtp mode transparent", "Device mode already VTP TRANSPARENT.\n"),
        ("no vtp mode", "Resetting device to VTP SERVER mode.\n"),
    ],
    "vtp domain": [
        ("vtp domain BRANCH", "Changing VTP domain name from NULL to BRANCH\n"),
        ("vtp domain BRANCH", "Domain name already set to BRANCH.\n"),
        ("vtp domain OFFICE", "Changing VTP domain name from BRANCH to OFFICE\n"),
    ],
}
"""Lines typed and their answers, by notice."""


@pytest.mark.parametrize("notice", NOTICES)
def test_every_notice_is_told_when_it_is_due_and_not_else(config: ConsoleDriver, notice: str) -> None:
    for typed, told in CASES[notice]:
        config.type(typed).sees_exactly(told)


def test_what_is_refused_changes_nothing(config: ConsoleDriver) -> None:
    config.type("crypto isakmp key one address 192.0.2.1", "crypto isakmp key two address 192.0.2.1")
    config.type("interface fa4.1", "encapsulation dot1q 7", "interface fa4.2", "encapsulation dot1q 7")
    shown = list(configuration_lines(config.router))
    assert [line for line in shown if "isakmp key" in line] == ["crypto isakmp key one address 192.0.2.1"]
    assert [line for line in shown if "dot1Q" in line] == [" encapsulation dot1Q 7"]


@pytest.mark.parametrize(
    ("image", "route", "told"),
    [
        (LATE, "0.0.0.0 0.0.0.0 FastEthernet4", GATEWAY),
        (LATE, "0.0.0.0 0.0.0.0 FastEthernet4 192.0.2.1", ""),
        (LATE, "0.0.0.0 0.0.0.0 192.0.2.1", ""),
        (LATE, "0.0.0.0 0.0.0.0 dhcp", ""),
        (LATE, "10.0.0.0 255.0.0.0 FastEthernet4", ""),
        (EARLY, "0.0.0.0 0.0.0.0 FastEthernet4", ""),
    ],
)
def test_a_default_route_without_a_gateway_is_told_of(image: str, route: str, told: str) -> None:
    config = console_of(image)
    config.type(f"ip route {route}").sees_exactly(told)
    config.type(f"no ip route {route}").sees_exactly("")


def test_an_enable_password_that_is_the_secret_is_taken_with_a_warning(config: ConsoleDriver) -> None:
    config.type("enable secret lab").sees_exactly("")
    config.type("enable password other").sees_exactly("")
    config.type("enable password lab").sees_exactly(SAME_SECRET)
    assert config.router.configuration.lines["enable password"] == "enable password lab"
    config.type("no enable secret", "enable secret lab").sees_exactly(SAME_PASSWORD)
    config.type("enable secret other").sees_exactly("")


def test_a_sub_interface_may_come_back_with_what_it_had(config: ConsoleDriver) -> None:
    config.type("interface FastEthernet4.10", "exit", "no interface FastEthernet4.10")
    config.sees_exactly("Not all config may be removed and may reappear after reactivating the sub-interface\n")
    config.type("interface Loopback0", "exit", "no interface Loopback0").sees_exactly("")


def test_a_configuration_that_is_read_is_taken_without_a_word(config: ConsoleDriver) -> None:
    config.type("crypto map VPN 10 ipsec-isakmp", "vtp mode transparent", "ip route 0.0.0.0 0.0.0.0 FastEthernet4")
    config.type("end", "write memory", "copy startup-config running-config", "")
    config.sees_nothing_of("% NOTE", "VTP", "gateway")


def test_every_notice_has_a_line() -> None:
    used = {row.check for mode in table_modes() for row in table(mode).rows if isinstance(row, Row)}
    assert set(NOTICES) <= used
