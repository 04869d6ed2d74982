"""Interfaces: hardware, MTU and bandwidth of each kind; a VLAN that follows its ports; NVRAM in all screens."""

import re

import pytest

from emulator.hardware.platform import PlatformCatalogue
from tests.driver import BenchDriver, ConsoleDriver, world_of

KINDS = {
    "Loopback0": ("Loopback", 1514, 8_000_000),
    "Tunnel0": ("Tunnel", 17916, 100),
    "Dialer0": ("Unknown", 1500, 56),
    "Vlan1": ("EtherSVI", 1500, 100_000),
    "FastEthernet4.5": ("PQII_PRO_UEC", 1500, 100_000),
    "FastEthernet0": ("Fast Ethernet", 1500, 100_000),
}
SHOWN = re.compile(r"Hardware is ([\w ]+?)(?:, address .*)?\n(?:.*\n)*?  MTU (\d+) bytes, BW (\d+) Kbit")


def shown(console: ConsoleDriver, name: str) -> tuple[str, int, int]:
    console.type("terminal length 0", f"show interfaces {name}")
    found = SHOWN.search(console.shown)
    assert found is not None, console.shown
    return found[1], int(found[2]), int(found[3])


def test_each_kind_of_interface_has_its_own_hardware() -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    console.type("configure terminal", *(f"interface {name}" for name in KINDS), "end")
    assert {name: shown(console, name) for name in KINDS} == KINDS


@pytest.mark.parametrize(("name", "line"), [("FastEthernet4", "mtu 1400"), ("Vlan1", "mtu 1400")])
def test_an_mtu_takes_effect(name: str, line: str) -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    console.type("configure terminal", f"interface {name}", line, "end")
    assert shown(console, name)[1] == 1400
    console.type("configure terminal", f"interface {name}", f"no {line}", "end")
    assert shown(console, name)[1] == 1500


def test_a_vlan_interface_follows_its_ports() -> None:
    world = world_of("R1")
    console, bench = ConsoleDriver(world).boot(), BenchDriver(world)
    console.type("show interfaces vlan 1")
    console.sees("Vlan1 is up, line protocol is up")
    bench.succeeds("cable R1 FastEthernet0 out")
    console.pass_time(60_000)
    console.type("show interfaces vlan 1")
    console.sees("line protocol is down")
    console.type(
        "configure terminal", "vlan 7", "exit", "interface fa1", "switchport access vlan 7", "interface vlan 7"
    )
    console.type("no shutdown", "end")
    bench.succeeds("cable R1 FastEthernet1 in")
    console.pass_time(60_000)
    console.type("show interfaces vlan 7")
    console.sees("Vlan7 is up, line protocol is up")
    console.type("show interfaces vlan 1")
    console.sees("line protocol is down")


def test_a_static_route_to_a_connected_network_is_listed_once() -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    console.type("configure terminal", "interface vlan 1", "ip address 10.9.9.1 255.255.255.0", "exit")
    console.type("ip route 10.9.9.0 255.255.255.0 Null0", "end")
    console.screen = ""
    console.type("show ip route")
    assert console.shown.count("10.9.9.0/24") == 1
    console.type("configure terminal", "interface vlan 1", "shutdown", "end")
    console.pass_time(60_000)
    console.type("show ip route")
    console.sees("10.9.9.0 is directly connected, Null0")


@pytest.mark.parametrize(
    "pid", sorted({PlatformCatalogue().get(pid).family: pid for pid in PlatformCatalogue().pids()}.values())
)
def test_nvram_has_one_size_in_every_screen(pid: str) -> None:
    console = ConsoleDriver(world_of("R1", pid=pid)).boot()
    console.type("write memory")
    console.screen = ""
    console.type("terminal length 0", "show file systems", "dir nvram:", "show startup-config", "show version")
    text = console.screen
    sizes = {
        int(match)
        for pattern in (r"(\d+) +\d+ +nvram ", r"(\d+) bytes total \(\d+ bytes free\)", r"Using \d+ out of (\d+) bytes")
        for match in re.findall(pattern, text)
    }
    kib = int(re.findall(r"(\d+)K bytes of non-volatile", text)[0])
    assert len(sizes) == 1
    assert 0 <= kib * 1024 - sizes.pop() < 1024


def test_a_priority_that_stands_already_is_no_change() -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    console.type("license modify priority advipservices high")
    console.screen = ""
    console.type("license modify priority advipservices high", "")
    console.sees_nothing_of("%LICENSE-6-PRIORITY", "LICENSE_LEVEL")


def test_a_client_of_l2tp_is_up_while_its_pseudowire_leads_to_the_provider() -> None:
    console = ConsoleDriver(world_of("R1", image="c880data-universalk9-mz.155-3.M8.bin")).boot()
    client, port = "interface virtual-ppp 1", "interface fa4"
    changes = {
        (client, "ip address negotiated"): "down",
        (client, "pseudowire 192.0.2.9 1 pw-class A"): "down",
        (port, "no shutdown"): "up",
        (port, "shutdown"): "down",
        (port, "no shutdown", client, "no pseudowire"): "down",
    }
    for lines, state in changes.items():
        console.type("configure terminal", *lines, "end", "show interfaces virtual-ppp 1 | include line")
        console.sees(f"Virtual-PPP1 is {state}, line protocol is {state}")


@pytest.mark.parametrize(
    ("line", "state"), [("operating mode vdsl2", "up"), ("operating mode adsl2+", "down"), ("shutdown", "down")]
)
def test_a_port_behind_a_modem_is_up_where_the_controller_trains_its_line(line: str, state: str) -> None:
    console = ConsoleDriver(world_of("R1", pid="CISCO887VA-K9")).boot()
    console.type("configure terminal", "interface ethernet 0", "no shutdown", "controller vdsl 0", line, "end")
    console.type("show interfaces ethernet 0 | include line")
    console.sees(f"Ethernet0 is {state}, line protocol is {state}")
