"""Scripts of the golden screens of services: VPN, probes, traffic policies, memory, sockets, and what nobody has used.

Each configures what it shows; `screens.py` plays them.
"""

from emulator.console.idle_screens import read_services
from tests.driver import BenchDriver, ConsoleDriver
from tests.routing_screens import Script, configured

IKEV2 = (
    "crypto ikev2 proposal STRONG",
    "encryption aes-cbc-256",
    "integrity sha256",
    "group 14",
    "crypto ikev2 policy P",
    "proposal STRONG",
    "crypto ikev2 profile PROF",
    "authentication local pre-share",
    "exit",
)


def showing_vpn(console: ConsoleDriver, bench: BenchDriver) -> None:
    configured(
        "crypto isakmp policy 10",
        "encr aes 256",
        "authentication pre-share",
        "group 5",
        "crypto isakmp policy 5",
        "hash md5",
        "crypto isakmp key SECRET address 198.51.100.9",
        "crypto isakmp key OTHER hostname peer.example",
        "crypto isakmp profile PEERS",
        "match identity address 198.51.100.9",
        "crypto ipsec transform-set TS esp-aes 256 esp-sha-hmac",
        "crypto ipsec profile TUNNELS",
        "set transform-set TS",
        "set pfs group5",
        "ip access-list extended VPN",
        "permit ip 10.0.0.0 0.0.0.255 10.1.0.0 0.0.0.255",
        "crypto dynamic-map DYN 5",
        "set transform-set TS",
        "crypto map M 10 ipsec-isakmp",
        "description branch",
        "set peer 198.51.100.9",
        "set transform-set TS",
        "set security-association lifetime seconds 7200",
        "match address VPN",
        "crypto map M 65000 ipsec-isakmp dynamic DYN",
        "interface fa4",
        "crypto map M",
        "crypto pki trustpoint CA",
        "enrollment url http://192.0.2.9",
        shows=(
            "show crypto isakmp policy",
            "show crypto isakmp key",
            "show crypto isakmp profile",
            "show crypto ipsec transform-set",
            "show crypto ipsec profile",
            "show crypto ipsec security-association lifetime",
            "show crypto dynamic-map",
            "show crypto map",
            "show crypto map tag NONE",
            "show crypto pki trustpoints",
        ),
    )(console, bench)
    before = console.screen
    bench.do("rack R2 CISCO881-SEC-K9 image c880data-universalk9-mz.154-2.T1.bin", "power R2 on")
    newer = ConsoleDriver(console.world, "R2").boot()
    newer.type("configure terminal", *IKEV2, "end")
    newer.screen = ""
    newer.type("show crypto isakmp policy", "show crypto ikev2 proposal", "show crypto ikev2 policy",
               "show crypto ikev2 profile", "show crypto ikev2 sa", "show crypto ikev2 session")  # fmt: skip
    console.screen = before + newer.screen


def showing_idle_services(console: ConsoleDriver, bench: BenchDriver) -> None:
    """Show each row of the table that the router has, those that ask for a line again, and those of a gateway."""
    rows = read_services("idle_services").screens
    configured(shows=())(console, bench)
    for row in rows:
        if not row.since and (not row.feature or console.router.has_feature(row.feature)):
            console.type(row.line.partition(" [")[0])
    console.type("configure terminal", "aaa new-model", "vpdn enable", "snmp-server community public", "end")
    console.type("show aaa sessions", "show vpdn", "show snmp pending", "show snmp sessions")
    shown = console.screen
    bench.do("rack R2 C881SRST-K9", "power R2 on")
    voice = ConsoleDriver(console.world, "R2").boot()
    voice.screen = ""
    for row in rows:
        if row.feature and voice.router.has_feature(row.feature) and not console.router.has_feature(row.feature):
            voice.type(row.line.partition(" [")[0])
    console.screen = shown + voice.screen


SERVICE_SCRIPTS: dict[str, Script] = {
    "show_vpn": showing_vpn,
    "show_idle_services": showing_idle_services,
    "show_probes": configured(
        "ip route 0.0.0.0 0.0.0.0 10.220.88.1",
        "ip sla 1",
        "icmp-echo 10.220.88.1 source-interface fa4",
        "frequency 10",
        "ip sla schedule 1 life forever start-time now",
        "ip sla 2",
        "http get http://192.0.2.222/index.html",
        "ip sla schedule 2 start-time pending",
        "ip sla 3",
        "icmp-echo 10.220.88.77",
        "tos 160",
        "ip sla schedule 3 life 100 start-time now",
        "ip sla responder",
        "track 1 ip sla 1 reachability",
        "delay down 5 up 20",
        "track 2 interface fa4 line-protocol",
        "track 3 list boolean and",
        "object 1",
        "object 5",
        "track 4 ip route 0.0.0.0 0.0.0.0 reachability",
        "track 5 ip sla 3",
        "track 6 interface loopback 0 ip routing",
        shows=(
            "show ip sla statistics",
            "show ip sla statistics 3",
            "show ip sla summary",
            "show ip sla configuration",
            "show ip sla configuration 9",
            "show ip sla responder",
            "show track",
            "show track 3",
            "show track brief",
        ),
    ),
    "show_traffic_policies": configured(
        "class-map match-any WEB",
        "match protocol http",
        "match ip dscp cs1",
        "class-map VOICE",
        "match dscp ef 26",
        "class-map type inspect match-any ALL",
        "match protocol tcp",
        "match protocol udp",
        "policy-map WAN",
        "class VOICE",
        "priority percent 30",
        "class WEB",
        "bandwidth 512",
        "set dscp af11",
        "class class-default",
        "fair-queue",
        "policy-map LIMIT",
        "class WEB",
        "police 128000 8000 conform-action transmit exceed-action drop",
        "class class-default",
        "shape average 1000000",
        "policy-map type inspect FW",
        "class type inspect ALL",
        "inspect",
        "class class-default",
        "drop log",
        "zone security IN",
        "zone security OUT",
        "zone-pair security ZP source IN destination OUT",
        "service-policy type inspect FW",
        "zone-pair security BACK source OUT destination IN",
        "ip inspect name CBAC tcp",
        "ip inspect name CBAC udp timeout 15",
        "parameter-map type inspect PM",
        "tcp idle-time 1800",
        "interface fa4",
        "service-policy output WAN",
        "ip nbar protocol-discovery",
        "ip inspect CBAC out",
        "ip access-group 101 in",
        "interface vlan 1",
        "service-policy input LIMIT",
        "control-plane",
        "service-policy input LIMIT",
        shows=(
            "show class-map",
            "show class-map VOICE",
            "show class-map type inspect",
            "show policy-map",
            "show policy-map interface",
            "show policy-map interface fa0",
            "show policy-map control-plane",
            "show policy-map type inspect",
            "show policy-map type inspect zone-pair",
            "show policy-map type inspect zone-pair ZP sessions",
            "show policy-map type inspect zone-pair sessions",
            "show ip inspect config",
            "show ip inspect interfaces",
            "show ip inspect all",
            "show ip nbar protocol-discovery",
            "show parameter-map type inspect",
        ),
    ),
    "show_buffers": configured(shows=("show buffers", "show region")),
    "show_sockets": configured(
        "no ip http server",
        shows=(
            "show tcp brief all",
            "configure terminal",
            "ip http server",
            "ip http secure-server",
            "ip http secure-port 4443",
            "snmp-server community public",
            "ntp server 192.0.2.9",
            "ip dhcp pool LAN",
            "exit",
            "end",
            "show tcp brief",
            "show tcp brief all",
            "show ip sockets",
            "show udp",
        ),
    ),
}
