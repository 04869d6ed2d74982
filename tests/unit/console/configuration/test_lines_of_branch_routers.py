"""Lines that public configurations of this family and of branch routers have: typed, they are printed as they stand."""

import re

import pytest

from emulator.console.render.files.running_config import configuration_text
from tests.driver import ConsoleDriver, world_of

IMAGE = "c880data-universalk9-mz.155-3.M8.bin"
HASH_8, HASH_9 = (
    "$8$dsYGNam3K1SIJO$7nv/35M/qr6t.dVc7UY9zrJDWRVqncHub1PE9UlMQFs",
    "$9$nhEmQVczB7dqsO$X.HsgL6x1il0RxkOSSvyQYwucySCt7qFm4v7pqCxkKM",
)
HASH_4 = "tnhtc92DXBhelxjYk8LWJrPV36S2i4ntXrpb4RFmfqY"

LINES = {
    "built-in switch": (
        "errdisable recovery cause bpduguard",
        "logging rate-limit console all 9 except warnings",
        "snmp-server trap-timeout 10",
        "ntp access-group peer 7 kod",
        "ntp access-group serve CLOCKS kod",
        "mac-address-table aging-time 600",
        "interface FastEthernet0\n storm-control broadcast level 20",
    ),
    "clocks, processes and memory": (
        "process cpu threshold type total rising 80 interval 5",
        "memory free low-watermark processor 20000",
        "scheduler allocate 20000 1000",
        "clock summer-time CEST recurring last Sun Mar 2:00 last Sun Oct 3:00",
    ),
    "NAT": (
        "ip nat source list 1 interface FastEthernet4 overload",
        "ip nat pool apart prefix-length 24\n address 10.1.2.3 10.1.2.9\n address 10.1.3.3 10.1.3.9",
        "ip name-server vrf A 192.0.2.53",
        "ip dhcp relay information policy keep",
        "no ip dhcp relay information check",
        "vrf definition A\n ipv4 multicast multitopology",
        "ip nat inside source static tcp 192.168.1.5 22 interface FastEthernet4 1415",
        "ip nat inside source static 192.168.1.6 198.51.100.6 route-map OUT reversible",
        "ip nat inside source route-map OUT pool SPARE mapping-id 10 reversible",
        "ip nat inside source static 192.168.1.7 198.51.100.7 vrf A match-in-vrf",
        "ip nat inside source static network 192.168.2.0 198.51.102.0 /24",
        "ip nat outside source static network 198.51.103.0 192.168.3.0 /28",
    ),
    "AAA and privileges": (
        "aaa authorization config-commands",
        "aaa group server ldap OFFICE",
        "privilege exec level 2 show ip route",
        "privilege exec all level 6 show running-config",
        "aaa authentication login privilege-mode",
        "radius-server authorization permit missing Service-Type",
        "aaa server radius dynamic-author\n client 192.0.2.5 server-key secret",
        "aaa server radius dynamic-author\n client 192.0.2.6 vrf A server-key secret",
        "aaa server radius dynamic-author\n port 1700",
        "aaa server radius dynamic-author\n ignore session-key",
    ),
    "dialing": (
        "map-class dialer far\n dialer idle-timeout 360",
        "map-class dialer far\n dialer isdn speed 56 spc",
        "map-class dialer far\n dialer voice-call",
    ),
    "OSPF": (
        "router ospf 1\n no capability lls",
        "router ospf 1\n no capability transit",
        "router ospf 1\n capability vrf-lite",
    ),
    "interfaces": (
        "interface FastEthernet4\n ip load-sharing per-packet",
        "interface FastEthernet4\n ip tcp header-compression ietf-format",
        "crypto dynamic-map wide 10\n set transform-set A B C D E F ",
    ),
    "BGP and tracking": (
        "ip bgp-community new-format",
        "router bgp 65000\n bgp dynamic-med-interval 600",
        "router bgp 65000\n bgp asnotation dot",
        "router bgp 65000\n no bgp client-to-client reflection",
        "router bgp 65000\n no bgp regexp deterministic",
        "router bgp 65000\n no bgp transport path-mtu-discovery",
        "router bgp 65000\n neighbor 192.0.2.1 unsuppress-map X",
        "router bgp 65000\n neighbor 192.0.2.1 advertise-map A exist-map B",
        "router bgp 65000\n neighbor 192.0.2.1 transport connection-mode passive",
        "ip local policy route-map X",
        "track 6 list threshold weight\n object 2 weight 20",
    ),
    "QoS": (
        "policy-map WAN\n class class-default\n  fair-queue",
        "policy-map WAN\n class bulk\n  police cir percent 10\n   conform-action transmit",
    ),
    "probes": ("ip sla 9\n path-echo 192.0.2.1 source-ip 192.0.2.2\n samples-of-history-kept 10",),
    "files, logs and lists": (
        "ip http help-path http://192.0.2.5/help", "logging queue-limit 100",
        "access-list dynamic-extended",
    ),
    "NTP": ("ntp server 192.0.2.9 minpoll 8", "ntp source Vlan1"),
}  # fmt: skip


@pytest.fixture(scope="module")
def branch() -> ConsoleDriver:
    console = ConsoleDriver(world_of("R1", image=IMAGE, factory=("advsecurity", "advipservices"))).boot()
    return console.type("configure terminal", "track 2 interface Vlan1 line-protocol", "exit")


@pytest.mark.parametrize("lines", [line for topic in LINES.values() for line in topic])
def test_a_line_is_known_and_printed(branch: ConsoleDriver, lines: str) -> None:
    for line in lines.split("\n"):
        branch.type(line.strip())
        branch.sees_nothing_of("% ")
    branch.type("end", "configure terminal")
    assert f"\n{lines.rpartition(chr(10))[2]}\n" in configuration_text(branch.router)


@pytest.mark.parametrize(("kind", "text"), [(8, HASH_8), (9, HASH_9), (4, HASH_4)])
def test_a_secret_that_is_a_hash_is_kept(branch: ConsoleDriver, kind: int, text: str) -> None:
    branch.type(f"enable secret {kind} {text}", f"username u{kind} secret {kind} {text}")
    printed = configuration_text(branch.router)
    assert f"\nenable secret {kind} {text}\n" in printed
    assert f"\nusername u{kind} secret {kind} {text}\n" in printed


L2TP = """\
l2tp-class PROVIDER
 hello 30
pseudowire-class TO-PROVIDER
 encapsulation l2tpv2
 protocol l2tpv2 PROVIDER
 ip local interface FastEthernet4
interface Virtual-PPP1
 ip address negotiated
 ip mtu 1460
 ip nat outside
 ip virtual-reassembly in
 ppp authentication chap callin
 ppp chap hostname anna
 ppp ipcp route default
 pseudowire 192.0.2.9 1 encapsulation l2tpv2 pw-class TO-PROVIDER
 no cdp enable"""
"""A client of L2TP as public configurations of an 871W and a CISCO1941 have it, in the order of their lines."""

PPPOE = """\
interface FastEthernet4
 pppoe-client dial-pool-number 1
 no cdp enable
interface Dialer1
 mtu 1492
 ip address negotiated
 encapsulation ppp
 dialer pool 1
 ppp chap hostname anna
 no cdp enable"""
"""A client of PPPoE as a CISCO3825 of 15.1 prints it, and `mtu` where a public configuration of 15.5 has it; 15.6
has the line about CDP before those about PPP (867VAE)."""


def test_a_client_of_l2tp_is_printed_in_the_order_of_public_configurations(branch: ConsoleDriver) -> None:
    assert as_printed(branch, L2TP) == L2TP.split("\n")


def test_the_line_about_cdp_is_behind_those_about_ppp_or_before_them_by_release(branch: ConsoleDriver) -> None:
    assert as_printed(branch, PPPOE) == PPPOE.split("\n")
    later = (
        ConsoleDriver(world_of("R1", image="c880data-universalk9-mz.158-3.M6.bin")).boot().type("configure terminal")
    )
    (port, client, cdp), (dialer, *lines, _) = PPPOE.split("\n")[:3], PPPOE.split("\n")[3:]
    assert as_printed(later, PPPOE) == [port, cdp, client, dialer, *lines[:-1], cdp, lines[-1]]


def as_printed(console: ConsoleDriver, lines: str) -> list[str]:
    """Return those of the lines that their sections print, in their order, after they were typed."""
    console.type(
        "end", "configure terminal", *(line.strip() for line in lines.split("\n")), "end", "configure terminal"
    )
    sections = re.findall(r"^\S.*\n(?: .*\n)*", configuration_text(console.router), re.MULTILINE)
    wanted = lines.split("\n")
    ours = (section.splitlines() for section in sections if section.split("\n")[0] in wanted)
    return [line for section in ours for line in section if line in wanted]
