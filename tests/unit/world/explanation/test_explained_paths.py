"""Commands that are named mend what is missing on a way, whatever it is."""

from ipaddress import IPv4Address

import pytest

from emulator.router.network.reachability import way_out
from emulator.world.explanation.paths import explain_path
from emulator.world.explanation.view import BENCH, LinkState
from emulator.world.site_network import SERVICE_ADDRESS
from tests.driver import BenchDriver, ConsoleDriver

WAN = "interface FastEthernet4"
STATIC = ("ip address 203.0.113.2 255.255.255.0", "no shutdown", "exit")
STARTS = [
    (),
    (WAN, "no shutdown"),
    (WAN, "ip address dhcp"),
    (WAN, "ip address dhcp", "no shutdown", "exit", "no ip domain lookup"),
    (WAN, *STATIC),
    (WAN, *STATIC, "ip name-server 198.51.100.99"),
    (WAN, *STATIC, "ip route 0.0.0.0 0.0.0.0 203.0.113.1"),
    ("interface Vlan1", "ip address 10.0.0.1 255.255.255.0"),
]
BENCHES = [(), ("cable R1 FastEthernet4 out",), ("internet R1 off",), ("cable R1 FastEthernet0 out",)]


@pytest.mark.parametrize("acts", BENCHES)
@pytest.mark.parametrize("lines", STARTS)
@pytest.mark.parametrize("way", ["call-home", "tftp"])
def test_the_way_is_mended(
    console: ConsoleDriver, bench: BenchDriver, way: str, lines: tuple[str, ...], acts: tuple[str, ...]
) -> None:
    console.type("configure terminal", *lines, "end")
    for act in acts:
        bench.succeeds(act)
    console.pass_time(20_000)
    for _ in range(7):
        found = explain_path(bench.world, "R1", way)
        if way == "call-home" and any(link.name == "route" and link.state is LinkState.OK for link in found.links):
            assert way_out(console.router, IPv4Address(SERVICE_ADDRESS)) is not None
        for step in found.next:
            if step.place == BENCH:
                bench.succeeds(step.line)
            else:
                console.type(step.line)
        console.pass_time(20_000)
    assert found.holds, found
    if way == "call-home":
        assert console.router.call_home.connected("R1")
    else:
        assert bench.world.reach("R1", "192.0.2.10") is not None
