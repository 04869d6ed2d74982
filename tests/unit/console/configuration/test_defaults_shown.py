"""`show running-config all`: the lines that are on of themselves stand among the others, and change nothing."""

import pytest

from emulator.console.render.files.running_config import configuration_text, show_running_config
from tests.driver import ConsoleDriver, world_of
from tests.unit.twins.recordings import CAPTURES, twin_of

TYPED = ("interface fa4", "no ip redirects", "no cdp enable", "exit", "no ip source-route", "line vty 0 4", "no exec")
CAPTURE = (CAPTURES / "show-running-config.c881.15.5-3-M8.txt").read_text(encoding="utf-8")


def body(text: str) -> list[str]:
    return text[text.index("\nversion ") :].splitlines()


@pytest.mark.parametrize("pid", ["CISCO881-K9", "CISCO861-K9", "CISCO887VA-K9"])
def test_the_defaults_that_are_shown_change_nothing_when_they_are_typed(pid: str) -> None:
    console = ConsoleDriver(world_of("R1", pid=pid)).boot()
    console.type("configure terminal", *TYPED, "end")
    before = configuration_text(console.router)
    shown = show_running_config(console.router, defaults=True)
    assert set(body(before)) <= set(body(shown))
    console.screen = ""
    console.type("configure terminal", *(line for line in body(shown) if line.strip() not in {"", "!", "end"}), "end")
    console.sees_nothing_of("% Invalid input", "% Incomplete")
    assert body(configuration_text(console.router)) == body(before)


def test_a_default_that_was_taken_away_is_shown_as_that() -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    console.type("configure terminal", *TYPED, "end")
    shown = show_running_config(console.router, defaults=True)
    port = shown[shown.index("interface FastEthernet4") : shown.index("interface Vlan1")]
    assert " no ip redirects\n" in port
    assert "\n ip redirects\n" not in port
    assert " ip proxy-arp\n" in port
    assert "\nip source-route\n" not in shown


def test_defaults_stand_in_the_order_that_was_found_too() -> None:
    world, _ = twin_of(CAPTURE)
    router = world.router("R1")
    whole, shown = configuration_text(router).splitlines(), show_running_config(router, defaults=True).splitlines()
    assert "ip routing" in shown
    assert [line for line in whole if line not in shown] == []
