"""The routing table and what hangs on it."""

from ipaddress import IPv4Address

import pytest

from emulator.router.network.routes import lookup, routes
from tests.driver import ConsoleDriver


@pytest.fixture
def lan(console: ConsoleDriver) -> ConsoleDriver:
    """A LAN, a provider's line, a default route."""
    console.type("configure terminal", "interface vlan 1", "ip address 192.168.1.1 255.255.255.0")
    console.type("interface fastethernet 4", "no shutdown", "ip address 10.220.88.20 255.255.255.0", "end")
    console.pass_time(10_000)
    put(console, "ip route 0.0.0.0 0.0.0.0 10.220.88.1")
    return console


def put(console: ConsoleDriver, line: str) -> None:
    console.router.configuration.lines[line] = line


def table(console: ConsoleDriver) -> str:
    console.type("show ip route")
    return console.shown[console.shown.index("Gateway of last resort") :]


def test_without_an_address_there_is_no_route(console: ConsoleDriver) -> None:
    assert table(console) == "Gateway of last resort is not set\n\n"


def test_connected_local_and_static(lan: ConsoleDriver) -> None:
    assert table(lan) == (
        "Gateway of last resort is 10.220.88.1 to network 0.0.0.0\n\n"
        "S*    0.0.0.0/0 [1/0] via 10.220.88.1\n"
        "      10.0.0.0/8 is variably subnetted, 2 subnets, 2 masks\n"
        "C        10.220.88.0/24 is directly connected, FastEthernet4\n"
        "L        10.220.88.20/32 is directly connected, FastEthernet4\n"
        "      192.168.1.0/24 is variably subnetted, 2 subnets, 2 masks\n"
        "C        192.168.1.0/24 is directly connected, Vlan1\n"
        "L        192.168.1.1/32 is directly connected, Vlan1\n"
    )


def test_an_interface_that_goes_down_takes_its_routes_along(lan: ConsoleDriver) -> None:
    lan.router.plug("FastEthernet4", cable=False)
    lan.pass_time(10_000)
    shown = table(lan)
    assert shown.startswith("Gateway of last resort is not set\n")
    assert "10.220.88" not in shown
    assert "192.168.1.0/24" in shown


def test_a_static_route_of_more_hops_and_distances(lan: ConsoleDriver) -> None:
    for line in ("ip route 192.168.7.0 255.255.255.0 10.220.88.2", "ip route 192.168.7.0 255.255.255.0 10.220.88.3",
                 "ip route 192.168.7.0 255.255.255.0 10.220.88.4 200", "ip route 172.16.5.0 255.255.255.0 Null0",
                 "ip route 198.51.100.0 255.255.255.0 203.0.113.9"):  # fmt: skip
        put(lan, line)
    shown = table(lan)
    assert "      172.16.0.0/24 is subnetted, 1 subnets\nS        172.16.5.0 is directly connected, Null0\n" in shown
    assert (
        "S     192.168.7.0/24 [1/0] via 10.220.88.3\n                [1/0] via 10.220.88.2\n" in shown
        or "S     192.168.7.0/24 [1/0] via 10.220.88.2\n                [1/0] via 10.220.88.3\n" in shown
    )
    assert "88.4" not in shown
    assert "198.51.100.0" not in shown


def test_the_longest_prefix_wins(lan: ConsoleDriver) -> None:
    found = routes(lan.router)
    route = lookup(found, IPv4Address("192.168.1.9"))
    assert route is not None
    assert (route.code, route.interface) == ("C", "Vlan1")
    default = lookup(found, IPv4Address("203.0.113.1"))
    assert default is not None
    assert default.code == "S"


def test_parts_of_the_table(lan: ConsoleDriver) -> None:
    lan.type("show ip route static")
    lan.sees("S*    0.0.0.0/0 [1/0] via 10.220.88.1\n")
    lan.sees_nothing_of("directly connected")


def test_ip_on_an_interface(lan: ConsoleDriver) -> None:
    lan.router.configuration.section("interface FastEthernet4").lines.update(
        {"ip nat outside": "ip nat outside", "ip access-group 101 in": "ip access-group 101 in"}
    )
    lan.type("show ip interface fa4").sees(
        "FastEthernet4 is up, line protocol is up\n  Internet address is 10.220.88.20/24\n",
        "  Address determined by setup command\n",
        "  Inbound  access list is 101\n",
        "  Network address translation is enabled, interface in domain outside\n",
    )
    lan.type("show ip interface fastethernet 0").sees("  Internet protocol processing disabled\n")


@pytest.mark.parametrize("command", ["show ip ospf neighbor", "show ip bgp summary", "show ip eigrp neighbors"])
def test_protocols_that_the_level_lacks_are_unknown(console: ConsoleDriver, command: str) -> None:
    console.type(command).sees("% Invalid input detected")


def test_vlans_and_ports(console: ConsoleDriver) -> None:
    configuration = console.router.configuration
    configuration.section("vlan 20").lines["name"] = "name GUESTS"
    configuration.section("interface FastEthernet2").lines["switchport access vlan"] = "switchport access vlan 20"
    configuration.section("interface FastEthernet3").lines["switchport mode"] = "switchport mode trunk"
    console.type("show vlan-switch").sees(
        "1    default                          active    Fa0, Fa1\n",
        "20   GUESTS                           active    Fa2\n",
        "20   enet  100020     1500",
    )
    console.type("show vtp status").sees("Maximum VLANs supported locally : 8\n", "existing VLANs        : 6\n")
    console.type("show interfaces status").sees("Fa2                          notconnect   20 ", "Fa3    ", "trunk")


def test_a_secondary_address_is_seen_everywhere(lan: ConsoleDriver) -> None:
    lan.type("configure terminal", "interface vlan 1", "ip address 172.16.3.1 255.255.255.128 secondary", "end")
    lan.type("show ip interface vlan 1").sees(
        "  Directed broadcast forwarding is disabled\n  Secondary address 172.16.3.1/25\n  Outgoing access list"
    )
    shown = table(lan)
    assert "C        172.16.3.0/25 is directly connected, Vlan1\n" in shown
    assert "L        172.16.3.1/32 is directly connected, Vlan1\n" in shown
    lan.type("show arp").sees("Internet  192.168.1.1  ", "Internet  172.16.3.1  ")
    lan.type("show ip interface brief").sees_nothing_of("172.16.3.1")


def test_what_is_passive_is_told(lan: ConsoleDriver) -> None:
    lan.type("configure terminal", "router rip", "network 192.168.1.0", "end", "show ip protocols")
    lan.sees_nothing_of("Passive")
    lan.type("configure terminal", "router rip", "passive-interface vlan 1", "end", "show ip protocols")
    lan.sees("    192.168.1.0\n  Passive Interface(s):\n    Vlan1\n  Routing Information Sources:\n")
    lan.type("configure terminal", "router rip", "passive-interface default", "no passive-interface vlan 1", "end")
    lan.type("show ip protocols").sees("  Passive Interface(s):\n    FastEthernet4\n  Routing Information Sources:\n")
