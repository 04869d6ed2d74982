"""Addresses, openings and routes that cannot be, and what a device says to them; refused lines change nothing."""

import pytest

from emulator.console.configuration.layout import configuration_lines
from tests.driver import ConsoleDriver, world_of

LAN = "10.0.0.1 255.255.255.0"
OVERLAPS = "% 10.0.0.0 overlaps with Vlan1\n"
L2 = "% IP addresses may not be configured on L2 links.\n"
NO_ENCAPSULATION = (
    "\n% Configuring IP routing on a LAN subinterface is only allowed if that \n"
    "subinterface is already configured as part of an IEEE 802.10, IEEE 802.1Q, \nor ISL vLAN.\n\n"
)


@pytest.fixture
def config() -> ConsoleDriver:
    return ConsoleDriver(world_of(factory=("advsecurity", "advipservices"))).boot().type("configure terminal")


@pytest.fixture
def lan(config: ConsoleDriver) -> ConsoleDriver:
    return config.type("interface vlan 1", f"ip address {LAN}")


def addresses(console: ConsoleDriver, name: str) -> list[str]:
    """The lines of an interface that give it addresses."""
    shown = list(configuration_lines(console.router))
    at = shown.index(f"interface {name}")
    lines = shown[at + 1 : shown.index("!", at)]
    return [line.strip() for line in lines if line.startswith(" ip address ")]


# --- one address ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("10.0.0.1 255.0.255.0", "Bad mask 0xFF00FF00 for address 10.0.0.1"),
        ("10.0.0.1 0.0.0.255", "Bad mask 0xFF for address 10.0.0.1"),
        ("10.0.0.0 255.255.255.0", "Bad mask /24 for address 10.0.0.0"),
        ("10.0.0.255 255.255.255.0", "Bad mask /24 for address 10.0.0.255"),
        ("10.0.0.1 255.255.255.255", "Bad mask /32 for address 10.0.0.1"),
        ("10.0.0.1 0.0.0.0", "Bad mask /0 for address 10.0.0.1"),
        ("0.0.0.0 255.255.255.0", "Not a valid host address - 0.0.0.0"),
        ("127.0.0.1 255.0.0.0", "Not a valid host address - 127.0.0.1"),
        ("224.0.0.9 255.255.255.0", "Not a valid host address - 224.0.0.9"),
    ],
)
def test_an_address_that_no_host_can_have_is_refused(config: ConsoleDriver, typed: str, said: str) -> None:
    config.type("interface vlan 1", f"ip address {typed}").sees_exactly(f"{said}\n")
    config.type(f"ip address {typed} secondary").sees_exactly(f"{said}\n")
    assert addresses(config, "Vlan1") == []


def test_a_network_of_two_is_taken_with_a_warning(config: ConsoleDriver) -> None:
    config.type("interface vlan 1", "ip address 10.0.0.0 255.255.255.254")
    config.sees_exactly("% Warning: use /31 mask on non point-to-point interface cautiously\n")
    assert addresses(config, "Vlan1") == ["ip address 10.0.0.0 255.255.255.254"]
    config.type("interface tunnel 1", "ip address 10.9.0.0 255.255.255.254").sees_exactly("")


def test_a_loopback_may_be_one_host(config: ConsoleDriver) -> None:
    config.type("interface loopback 0", "ip address 192.0.2.1 255.255.255.255").sees_exactly("")


@pytest.mark.parametrize("line", [f"ip address {LAN}", f"ip address {LAN} secondary", "ip address dhcp"])
def test_a_switch_port_has_no_address(config: ConsoleDriver, line: str) -> None:
    config.type("interface fastethernet 0", line).sees_exactly(L2)
    assert addresses(config, "FastEthernet0") == []
    config.type("no ip address").sees_exactly("")


def test_a_part_of_a_lan_needs_its_vlan_first(config: ConsoleDriver) -> None:
    config.type("interface fastethernet 4.10", f"ip address {LAN}").sees_exactly(NO_ENCAPSULATION)
    config.type("encapsulation dot1q 10", f"ip address {LAN}").sees_exactly("")
    assert addresses(config, "FastEthernet4.10") == [f"ip address {LAN}"]


def test_a_part_of_an_atm_interface_does_not() -> None:
    console = ConsoleDriver(world_of(pid="CISCO887VA-K9")).boot().type("configure terminal")
    console.type("interface atm0.1 point-to-point", "ip address 10.0.0.1 255.255.255.252").sees_exactly("")
    console.type("interface atm 0.2 multipoint", "ip address 10.0.0.5 255.255.255.252").sees_exactly("")
    assert {"interface ATM0.1 point-to-point", "interface ATM0.2 multipoint"} <= set(
        configuration_lines(console.router)
    )


# --- secondary addresses --------------------------------------------------------------------------------------------


def test_the_primary_address_goes_last(lan: ConsoleDriver) -> None:
    lan.type("ip address 10.1.0.1 255.255.255.0 secondary", f"no ip address {LAN}")
    lan.sees_exactly("Must delete secondary before deleting primary\n")
    assert addresses(lan, "Vlan1") == ["ip address 10.1.0.1 255.255.255.0 secondary", f"ip address {LAN}"]
    lan.type("no ip address 10.1.0.1 255.255.255.0 secondary").sees_exactly("")
    lan.type(f"no ip address {LAN}").sees_exactly("")
    assert addresses(lan, "Vlan1") == []


@pytest.mark.parametrize("word", ["no", "default"])
def test_without_an_address_said_all_go(lan: ConsoleDriver, word: str) -> None:
    lan.type("ip address 10.1.0.1 255.255.255.0 secondary", f"{word} ip address").sees_exactly("")
    assert addresses(lan, "Vlan1") == []


@pytest.mark.parametrize("line", ["10.0.0.2 255.255.255.0", "10.0.0.1 255.255.0.0", "10.1.0.1 255.255.255.0 secondary"])
def test_an_address_that_is_not_there_is_not_taken_back(lan: ConsoleDriver, line: str) -> None:
    lan.type(f"no ip address {line}").sees_exactly("Invalid address\n")
    assert addresses(lan, "Vlan1") == [f"ip address {LAN}"]


def test_no_address_is_both(lan: ConsoleDriver) -> None:
    lan.type(f"ip address {LAN} secondary").sees_exactly("Secondary can't be same as primary\n")
    lan.type("ip address 10.1.0.1 255.255.255.0 secondary", "ip address 10.1.0.1 255.255.255.0").sees_exactly("")
    assert addresses(lan, "Vlan1") == ["ip address 10.1.0.1 255.255.255.0"]


def test_addresses_can_be_typed_as_they_are_printed(config: ConsoleDriver) -> None:
    lines = ["ip address 10.1.0.1 255.255.255.0 secondary", f"ip address {LAN}"]
    config.type("interface vlan 1", *lines).sees_exactly("")
    assert addresses(config, "Vlan1") == lines
    config.type("end", "write").reload()
    assert addresses(config, "Vlan1") == lines


# --- other interfaces -----------------------------------------------------------------------------------------------


def test_an_open_interface_takes_no_network_of_another(lan: ConsoleDriver) -> None:
    lan.type("interface fastethernet 4", "no shutdown", "ip address 10.0.0.2 255.255.255.0").sees_exactly(OVERLAPS)
    lan.type("ip address 10.0.0.2 255.0.0.0").sees_exactly(OVERLAPS)
    assert addresses(lan, "FastEthernet4") == []
    lan.type("ip address 10.0.1.2 255.255.255.0").sees_exactly("")


def test_a_shut_one_takes_it_and_stays_shut(lan: ConsoleDriver) -> None:
    lan.type("interface fastethernet 4", "ip address 10.0.0.2 255.255.255.0").sees_exactly(OVERLAPS)
    assert addresses(lan, "FastEthernet4") == ["ip address 10.0.0.2 255.255.255.0"]
    lan.type("no shutdown").sees_exactly(f"{OVERLAPS}FastEthernet4: incorrect IP address assignment\n")
    assert " shutdown" in configuration_lines(lan.router)
    lan.type("ip address 10.0.1.2 255.255.255.0", "no shutdown").sees_exactly("")
    assert " shutdown" not in configuration_lines(lan.router)


@pytest.mark.parametrize(
    ("mask", "said"),
    [
        ("255.255.255.0", "% 10.1.0.0 is assigned as a secondary address on Vlan1\n"),
        ("255.255.255.128", "% 10.1.0.0 overlaps with secondary address on Vlan1\n"),
    ],
)
def test_a_secondary_address_of_another_is_named_as_one(lan: ConsoleDriver, mask: str, said: str) -> None:
    lan.type("ip address 10.1.0.1 255.255.255.0 secondary", "interface loopback 0", f"ip address 10.1.0.2 {mask}")
    lan.sees_exactly(said)
    assert addresses(lan, "Loopback0") == []


def test_a_configuration_that_is_read_is_not_judged(config: ConsoleDriver) -> None:
    """A file, and what was saved: what stands there was taken once."""
    config.type("end", "write")
    assert config.router.state.startup is not None
    found = "ip address 127.0.0.1 255.0.255.0"
    config.router.state.startup.text = f"interface Vlan1\n {found}\n!\nend\n"
    config.type("copy startup-config running-config", "")
    config.sees_nothing_of("Bad mask", "Not a valid")
    assert addresses(config, "Vlan1") == [found]


# --- static routes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("10.9.0.1 255.255.255.0 10.0.0.9", "%Inconsistent address and mask\n"),
        ("10.9.0.1 255.255.255.0 vlan1 10.0.0.9", "%Inconsistent address and mask\n"),
        ("10.9.0.0 255.255.255.0 224.0.0.9", "%Invalid next hop address\n"),
        ("10.9.0.0 255.255.255.0 0.0.0.0", "%Invalid next hop address\n"),
        ("10.9.0.0 255.255.255.0 10.0.0.1", "%Invalid next hop address (it's this router)\n"),
        ("10.9.0.0 255.255.255.0 vlan1 10.0.0.1", "%Invalid next hop address (it's this router)\n"),
        ("10.9.0.0 255.255.255.0 10.1.0.1 250", "%Invalid next hop address (it's this router)\n"),
    ],
)
def test_a_route_that_leads_nowhere_is_refused(lan: ConsoleDriver, line: str, said: str) -> None:
    lan.type("ip address 10.1.0.1 255.255.255.0 secondary", f"ip route {line}").sees_exactly(said)
    assert not [each for each in configuration_lines(lan.router) if each.startswith("ip route")]


def test_a_vrf_has_addresses_of_its_own(lan: ConsoleDriver) -> None:
    lan.type("ip vrf A", "exit", "ip route vrf A 10.9.0.0 255.255.255.0 10.0.0.1").sees_exactly("")
    lan.type("ip route vrf A 10.9.0.1 255.255.255.0 10.0.0.1").sees_exactly("%Inconsistent address and mask\n")


def test_a_route_that_is_not_there(lan: ConsoleDriver) -> None:
    lan.type("ip route 10.9.0.0 255.255.255.0 10.0.0.9", "no ip route 10.9.0.0 255.255.255.0 10.0.0.8")
    lan.sees_exactly("%No matching route to delete\n")
    lan.type("no ip route 10.9.0.0 255.255.255.0").sees_exactly("")
    lan.type("no ip route 10.9.0.0 255.255.255.0").sees_exactly("%No matching route to delete\n")


# --- what a kind of interface does not have -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fastethernet 0", "fastethernet 4"])
def test_no_port_of_the_family_runs_at_a_gigabit(config: ConsoleDriver, name: str) -> None:
    config.type(f"interface {name}", "speed 1000").sees("% Invalid input detected at '^' marker.")
    config.type("speed 100").sees_exactly("")


@pytest.mark.parametrize("line", ["speed 100", "duplex full", "encapsulation dot1Q 7", "tunnel key 7"])
def test_a_word_that_a_vlan_does_not_know(config: ConsoleDriver, line: str) -> None:
    config.type("interface vlan 1", line).sees("% Invalid input detected at '^' marker.")


@pytest.mark.parametrize(
    "line", ["fa4 type tunnel", "loopback 0 type tunnel", "fa4 point-to-point", "vlan1 multipoint"]
)
def test_only_templates_have_a_type_and_only_atm_a_link(config: ConsoleDriver, line: str) -> None:
    config.type(f"interface {line}").sees("% Invalid input detected at '^' marker.")
    assert config.prompt == "Router(config)#"


@pytest.mark.parametrize(
    "line", ["virtual-template 4 type tunnel", "Virtual-Template4 type tunnel", "virtual-t4 ty tun"]
)
def test_a_template_with_a_type(config: ConsoleDriver, line: str) -> None:
    config.type(f"interface {line}").sees_exactly("")
    assert config.prompt == "Router(config-if)#"
    assert "interface Virtual-Template4 type tunnel" in configuration_lines(config.router)
    config.type("interface virtual-template 4", f"no interface {line}").sees_exactly("")
    assert not [each for each in configuration_lines(config.router) if each.startswith("interface Virtual")]


@pytest.mark.parametrize("command", ["copy startup-config running-config", "configure memory"])
def test_a_merge_leaves_shut_what_was_shut(command: str) -> None:
    """C (procedures of password recovery): only a boot opens what the saved configuration says nothing of."""
    console = ConsoleDriver(world_of()).boot()
    console.type("configure terminal", "interface FastEthernet4", "no shutdown", "end", "write memory")
    console.type("configure terminal", "interface FastEthernet4", "shutdown", "end", command, "")
    assert console.router.configuration.sections["interface FastEthernet4"].lines["shutdown"] == "shutdown"
    console.type("configure replace nvram:startup-config force")
    assert console.router.configuration.sections["interface FastEthernet4"].lines.get("shutdown") != "shutdown"
