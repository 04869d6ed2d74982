"""Scripts of the golden screens of routing protocols, multicast and redundancy, at the level that has them all.

Each configures a protocol and shows all that follows from it; `screens.py` plays them.
"""

from collections.abc import Callable

from emulator.hardware.platform import Card
from emulator.hardware.unit import Unit
from tests.driver import BenchDriver, ConsoleDriver

Script = Callable[[ConsoleDriver, BenchDriver], object]

CONNECTED = (
    "interface fa4",
    "ip address 10.220.88.20 255.255.255.0",
    "no shutdown",
    "interface vlan 1",
    "ip address 192.168.1.1 255.255.255.0",
    "interface loopback 0",
    "ip address 10.1.1.1 255.255.255.255",
    "exit",
)


def configured(*lines: str, shows: tuple[str, ...]) -> Script:
    """A script of a router at the highest level: connected, configured, asked."""

    def script(console: ConsoleDriver, bench: BenchDriver) -> None:
        file = bench.license_on_stick()
        console.type("write", f"license install usbflash0:{file}", "reload", "", "", "enable", "terminal length 0")
        console.type("configure terminal", *CONNECTED, *lines, "end")
        console.pass_time(60_000)
        console.screen = ""
        console.type(*shows)

    return script


def with_a_power_card(console: ConsoleDriver, bench: BenchDriver) -> None:
    card = Card("ESW Power Daughter Card", "4-Port ESW Power Daughter Card", "800-IL-PM-2", "V01", "FOC14126A57")
    console.type("show power inline")
    console.router.platform = Unit(cards=(card,)).fitted(console.router.platform)
    console.type("show power inline", "show power inline fa0")


VRF = ("ip vrf RED", "rd 1:1", "exit")
ROUTING_SCRIPTS: dict[str, Script] = {
    "show_forwarding": configured(
        *VRF,
        "ip route 0.0.0.0 0.0.0.0 10.220.88.1",
        "ip route 198.51.100.0 255.255.255.0 Null0",
        shows=(
            "ping 10.220.88.1",
            "show ip cef",
            "show ip cef detail",
            "show ip cef vrf RED",
            "show adjacency",
            "configure terminal",
            "no ip cef",
            "do show ip cef",
        ),
    ),
    "show_configured_services": configured(
        "ip host printer 10.1.1.9",
        "ip domain name example.com",
        "tacacs-server host 192.0.2.7 port 50",
        "ip flow-top-talkers",
        "top 5",
        "sort-by packets",
        "object-group network SERVERS",
        "host 192.0.2.1",
        "description all of them",
        "ipv6 access-list V6",
        "permit tcp any any eq 22",
        "remark and no more",
        "deny ipv6 any any",
        "policy-map SHAPE",
        "class class-default",
        "shape average 512000",
        "interface fa4",
        "vrrp 7 ip 10.220.88.1",
        "vrrp 7 priority 120",
        "no vrrp 7 preempt",
        "interface fa4.10",
        "encapsulation dot1Q 10",
        "ip address 10.10.0.1 255.255.255.0",
        "interface vlan 1",
        "vrrp 1 ip 192.168.1.254",
        shows=(
            "show hosts summary",
            "show tacacs",
            "show ip flow top-talkers",
            "show ip http server status",
            "show object-group",
            "show ipv6 access-list",
            "show policy-map",
            "show vlans",
            "show vrrp",
            "show vrrp brief",
            "show dmvpn",
        ),
    ),
    "debug_ip": configured(
        "ip route 0.0.0.0 0.0.0.0 10.220.88.1",
        shows=(
            "debug ip packet",
            "debug ip icmp",
            "show debugging",
            "ping 10.220.88.1 repeat 2",
            "debug ip packet detail",
            "show debugging",
            "ping 10.220.88.1 repeat 1",
            "ping 203.0.113.9 repeat 1",
            "no debug ip packet",
            "ping 10.220.88.1 repeat 1",
            "undebug ip icmp",
            "show debugging",
            "ping 10.220.88.1 repeat 1",
            "show ip traffic",
        ),
    ),
    "show_ospf": configured(
        "router ospf 1",
        "auto-cost reference-bandwidth 1000",
        "network 10.0.0.0 0.255.255.255 area 0",
        "network 192.168.1.0 0.0.0.255 area 5",
        "passive-interface vlan 1",
        "area 5 stub",
        shows=(
            "show ip ospf",
            "show ip ospf interface",
            "show ip ospf interface fa0",
            "show ip ospf interface brief",
            "show ip ospf database",
            "show ip ospf database router",
            "show ip ospf 7",
        ),
    ),
    "show_eigrp": configured(
        *VRF,
        "ipv6 unicast-routing",
        "router eigrp 10",
        "network 10.0.0.0",
        "passive-interface loopback 0",
        "ipv6 router eigrp 20",
        "interface fa4",
        "ip hello-interval eigrp 10 7",
        "ipv6 eigrp 20",
        shows=(
            "show ip eigrp interfaces",
            "show ip eigrp interfaces detail",
            "show ip eigrp interfaces vlan 1",
            "show ip eigrp neighbors",
            "show ip eigrp topology",
            "show ip eigrp vrf RED interfaces",
            "show ipv6 eigrp interfaces detail",
            "show ipv6 eigrp neighbors",
        ),
    ),
    "show_multicast_interfaces": configured(
        *VRF,
        "ip multicast-routing",
        "ipv6 unicast-routing",
        "ipv6 multicast-routing",
        "interface fa4",
        "ip pim sparse-mode",
        "ip igmp version 3",
        "ipv6 address 2001:db8:1::1/64",
        "interface vlan 1",
        "ip igmp join-group 239.1.1.1",
        shows=(
            "show ip multicast",
            "show ip pim interface",
            "show ip pim interface detail",
            "show ip pim interface df",
            "show ip igmp interface fa4",
            "show ip igmp interface vlan 1",
            "show ip igmp interface fa0",
            "show ip igmp ssm-mapping 239.1.1.1",
            "show ip rpf 10.220.88.9",
            "show ip rpf 192.168.1.9",
            "show ip pim vrf RED interface",
            "show ipv6 mld interface",
            "show ipv6 mld ssm-map ff0e::1",
            "show ipv6 pim interface",
            "show ipv6 pim bsr election",
        ),
    ),
    "show_ipv6_protocols": configured(
        "ipv6 unicast-routing",
        "ipv6 route 2001:db8:9::/48 2001:db8:1::9",
        "ipv6 route 2001:db8:8::/48 2001:db8:77::9",
        "ipv6 router rip LAB",
        "redistribute static",
        "ipv6 router ospf 1",
        "ipv6 router eigrp 20",
        "interface fa4",
        "ipv6 address 2001:db8:1::1/64",
        "ipv6 rip LAB enable",
        "ipv6 ospf 1 area 0",
        "ipv6 eigrp 20",
        shows=(
            "show ipv6 protocols",
            "show ipv6 rip",
            "show ipv6 rip database",
            "show ipv6 static detail",
            "show ipv6 route updated",
            "show ipv6 route vrf RED",
        ),
    ),
    "show_standby": configured(
        "interface vlan 1",
        "standby 1 ip 192.168.1.254",
        "standby 1 priority 110",
        "standby 1 preempt",
        "standby 2 ip",
        "standby delay minimum 10 reload 60",
        shows=(
            "show standby",
            "show standby all",
            "show standby brief",
            "show standby delay",
            "show standby internal",
            "show glbp",
            "configure terminal",
            "interface fa4",
            "glbp 1 ip 10.220.88.253",
            "glbp 1 priority 120",
            "interface vlan 1",
            "glbp 2 ip 192.168.1.253",
            "end",
            "show glbp",
            "show glbp brief",
        ),
    ),
    "show_ip_rip_database": configured(
        *VRF,
        "router rip",
        "version 2",
        "network 10.0.0.0",
        "network 192.168.1.0",
        shows=(
            "show ip rip database",
            "show ip rip database vrf RED",
            "show ip protocols vrf RED",
            "show ip static route vrf NONE",
        ),
    ),
    "show_power_inline": with_a_power_card,
}
