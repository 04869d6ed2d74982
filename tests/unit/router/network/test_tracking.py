"""Static routes that hang on tracked objects, which hang on routes."""

import pytest

from emulator.router.network.routes import routes
from tests.driver import ConsoleDriver

PROBE = ("ip sla 1", "icmp-echo 192.168.1.1", "exit", "ip sla schedule 1 life forever start-time now")


def configure(console: ConsoleDriver, *lines: str) -> None:
    console.type("configure terminal", *lines, "end")


def held(console: ConsoleDriver) -> list[str]:
    """Networks of the static routes that hold."""
    return [str(route.network) for route in routes(console.router) if route.code == "S"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("track 1 interface Loopback0 line-protocol", "exit"), ["10.1.0.0/16"]),
        (("track 1 interface FastEthernet4 line-protocol", "exit"), []),
        (("track 2 interface FastEthernet4 line-protocol", "exit"), []),
        ((*PROBE, "track 1 ip sla 1 reachability", "exit"), ["10.1.0.0/16"]),
        (("track 1 ip route 10.1.0.0 255.255.0.0 reachability", "exit"), []),
        (("track 1 ip route 192.168.1.0 255.255.255.0 reachability", "exit"), ["10.1.0.0/16"]),
        (
            ("track 2 ip route 10.1.0.0 255.255.0.0 reachability", "exit", "track 1 list boolean and", "object 2 not"),
            [],
        ),
        (("track 1 list boolean or", "object 1", "exit"), []),
    ],
    ids=["up", "down", "missing", "probe", "its own ground", "a network", "never at rest", "itself"],
)
def test_a_route_holds_while_its_object_is_up(
    console: ConsoleDriver, lines: tuple[str, ...], expected: list[str]
) -> None:
    own = ("interface Loopback0", "ip address 192.168.1.1 255.255.255.0", "exit")
    configure(console, *own, *lines, "ip route 10.1.0.0 255.255.0.0 Null0 track 1")
    assert held(console) == expected
    console.type("show track").sees(" is Up" if expected else " is Down")


def test_a_route_goes_with_its_object_and_the_next_best_takes_its_place(console: ConsoleDriver) -> None:
    configure(
        console,
        "interface Loopback0",
        "track 1 interface Loopback0 line-protocol",
        "ip route 0.0.0.0 0.0.0.0 Null0 name track track 1",
        "ip route 0.0.0.0 0.0.0.0 Dialer9 250 permanent",
    )
    assert [route.interface for route in routes(console.router) if route.code == "S"] == ["Null0"]
    shown = " ip route 0.0.0.0 0.0.0.0 Null0 name track track 1 state is [{}]\n"
    console.type("show ip route track-table").sees_exactly(shown.format("up"))
    configure(console, "interface Loopback0", "shutdown")
    console.type("show ip route track-table").sees_exactly(shown.format("down"))
    assert [route.interface for route in routes(console.router) if route.code == "S"] == ["Dialer9"]
