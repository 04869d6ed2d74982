"""No value touches its neighbour in any show that collectors type, with the longest names, addresses and counters.

R: IOS pads a column with `%-Ns` and a blank behind it, or cuts the value; it never joins two columns. The license
screens and their features are in `test_license_columns.py`.
"""

import re

import pytest
from msgspec.structs import fields

from emulator.router.interface_counters import InterfaceCounters, InterfaceRecord
from tests.collectors import groups
from tests.driver import ConsoleDriver, world_of

IMAGES = ("c880data-universalk9-mz.155-3.M8.bin", "c880data-universalk9-mz.150-1.M4.bin")
MOST = 2**32 - 1
"""Highest value of a counter."""
DESCRIBED = ("FastEthernet1", "FastEthernet4", "FastEthernet4.4094", "Loopback255", "Vlan1001")

SETTINGS = """
hostname {63}
username {40} privilege 15 secret lab
ip vrf {32}
 rd 65535:65535
ip host {60} 10.255.255.254
ip access-list extended {64}
 permit ip any any
ip prefix-list {63} permit 10.0.0.0/8
route-map {63}
 match ip address {64}
ip dhcp pool {40}
 network 192.168.200.0 255.255.255.0
class-map match-any {40}
 match access-group name {64}
policy-map {40}
 class {40}
zone security {40}
vtp domain {32}
vtp mode transparent
vlan 1001
 name {32}
crypto map {40} 65535 ipsec-isakmp
 set peer 192.168.222.222
 match address {64}
alias exec {20} show version
key chain {40}
 key 1
  key-string {20}
snmp-server community {32} RO
snmp-server location {80}
snmp-server contact {80}
interface FastEthernet4
 description {200}
 ip address 192.168.100.100 255.255.255.0
 ip nat outside
 no shutdown
interface FastEthernet4.4094
 encapsulation dot1Q 4094
 description {200}
 ip address 192.168.111.111 255.255.255.0
interface FastEthernet1
 description {200}
 switchport access vlan 1001
interface Virtual-Template200
 description {200}
interface Virtual-PPP2147483647
 description {200}
interface Vlan1001
 description {200}
 ip address 192.168.201.201 255.255.255.0
 standby 255 ip 192.168.201.254
interface Loopback255
 description {200}
 ip address 10.255.255.253 255.255.255.255
interface Tunnel255
 ip vrf forwarding {32}
 ip address 10.101.101.101 255.255.255.252
 tunnel source FastEthernet4.4094
ip nat pool {40} 192.168.100.200 192.168.100.250 netmask 255.255.255.0
ip nat inside source list {64} pool {40}
ip route 10.200.200.0 255.255.255.0 192.168.100.254
ip route vrf {32} 10.0.0.0 255.0.0.0 Tunnel255
ntp server 192.168.222.222
logging host 192.168.222.222
archive
 path flash:{20}
"""
"""Lines of a configuration; `{N}` is a name of N letters."""

LONG = (
    r"q{4,}",
    str(MOST),
    r"FastEthernet4\.4094",
    r"Fa4\.4094",
    r"Virtual-Template200",
    r"Vlan1001",
    r"Loopback255",
    r"Tunnel255",
    r"192\.168\.(?:100\.(?:100|2[05][04])|111\.111|201\.2[05][14]|222\.222)",
    r"10\.255\.255\.25[34]",
)
TOUCHING = re.compile(r"(?<=[A-Za-z0-9])(?<!q)(?:{0})|(?:{0})(?!q)(?=[A-Za-z0-9])".format("|".join(LONG)))
SHOWS = sorted({
    command.line
    for group in groups()
    if group.answer in {"always", "feature", "part"}
    for command in group.commands
    if command.line.startswith("show ")
})  # fmt: skip
SCREENS_WITH_NAMES = 25
"""Screens on which a long name stands, at least; fewer, and this looks at nothing."""


def filled(image: str) -> ConsoleDriver:
    """A router whose every name is as long as can be."""
    console = ConsoleDriver(world_of(image=image, factory=("advsecurity", "advipservices"))).boot()
    console.type("configure terminal")
    for line in SETTINGS.strip().splitlines():
        console.type(re.sub(r"\{(\d+)\}", lambda found: "q" * int(found[1]), line.strip()))
        console.sees_nothing_of("% I", "% A", "^\n")
    console.type("end", "terminal length 0")
    most = InterfaceCounters(**{each.name: MOST for each in fields(InterfaceCounters)})
    console.router.running.interfaces.update({name: InterfaceRecord(counters=most) for name in DESCRIBED})
    return console


@pytest.mark.parametrize("image", IMAGES)
def test_no_value_touches_the_next(image: str) -> None:
    console = filled(image)
    joined, named = [], 0
    for show in SHOWS:
        shown = console.type(show).shown
        named += "qqqq" in shown
        joined += [(show, line) for line in shown.splitlines() if TOUCHING.search(line)]
    assert joined == []
    assert named >= SCREENS_WITH_NAMES


@pytest.mark.parametrize(
    ("line", "touches"),
    [
        ("qqqqqqqq up", False),
        ("(qqqqqqqq) 4294967295, FastEthernet4.4094/1", False),
        ("qqqqqqqqup", True),
        ("12qqqqqqqq", True),
        ("4294967295Fa0", True),
        ("FastEthernet4.4094YES", True),
        ("YES192.168.111.111", True),
    ],
)
def test_a_touch_is_found(line: str, *, touches: bool) -> None:
    assert bool(TOUCHING.search(line)) is touches
