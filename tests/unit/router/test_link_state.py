"""Messages of a router about its links: shut by the configuration, without a cable, and behind a modem."""

import pytest

from emulator.kernel.time import SECOND
from tests.driver import ConsoleDriver, world_of

SETTLED = 10 * SECOND
SHUT = "%LINK-5-CHANGED: Interface {}, changed state to administratively down"
UP, DOWN = (f"%LINK-3-UPDOWN: Interface {{}}, changed state to {state}" for state in ("up", "down"))
CARRIES, LOST = (
    f"%LINEPROTO-5-UPDOWN: Line protocol on Interface {{}}, changed state to {state}" for state in ("up", "down")
)


def told(console: ConsoleDriver, *lines: str, of: str = "") -> list[str]:
    """Messages that lines have on the console until the links have settled, without their times; `of` one port."""
    console.type(*lines)
    console.pass_time(SETTLED)
    return [line.partition(": ")[2] for line in console.shown.splitlines() if ": %" in line and of in line]


def test_a_boot_tells_of_ports_that_are_shut() -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    console.type("show logging | include LINK-5")
    console.sees(SHUT.format("FastEthernet4"))


@pytest.mark.parametrize(
    ("port", "shut", "released"),
    [
        ("FastEthernet0", [SHUT, LOST], [UP, CARRIES]),
        ("FastEthernet1", [SHUT], [DOWN]),
        ("Vlan1", [SHUT, LOST], [UP, CARRIES]),
    ],
)
def test_a_port_is_shut_and_released(port: str, shut: list[str], released: list[str]) -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    console.type("configure terminal", f"interface {port}")
    assert told(console, "shutdown", of=port) == [each.format(port) for each in shut]
    assert told(console, "shutdown") == []
    assert told(console, "no shutdown", of=port) == [each.format(port) for each in released]


def test_a_modem_is_told_before_the_link_behind_it() -> None:
    world = world_of("R1", pid="CISCO887VA-K9")
    console = ConsoleDriver(world).boot()
    console.type("configure terminal", "interface ATM0", "no shutdown", "exit", "controller VDSL 0")
    up, down = (f"%CONTROLLER-5-UPDOWN: Controller VDSL 0, changed state to {state}" for state in ("up", "down"))
    world.routers["R1"].plug("ATM0", cable=True)
    console.pass_time(SETTLED)
    assert told(console, "shutdown")[:2] == [down, DOWN.format("ATM0")]
    assert told(console, "no shutdown")[:2] == [up, UP.format("ATM0")]
    assert told(console, "do show controllers vdsl 0 | include Controller VDSL") == []
    console.sees("Controller VDSL 0 is UP")
