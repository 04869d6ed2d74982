"""`?` on an empty line tells above the list whose commands they are; on a line that was begun it does not."""

import pytest

from tests.driver import ConsoleDriver, world_of


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ((), "Exec commands:"),
        (("configure terminal",), "Configure commands:"),
        (("configure terminal", "interface vlan 1"), "Interface configuration commands:"),
        (("configure terminal", "interface range fa0 - 1"), "Interface configuration commands:"),
        (("configure terminal", "line console 0"), "Line configuration commands:"),
        (("configure terminal", "router rip"), "Router configuration commands:"),
        (("configure terminal", "ip dhcp pool LAN"), "DHCP pool configuration commands:"),
    ],
)
def test_the_list_has_the_heading_of_its_mode(typed: tuple[str, ...], heading: str) -> None:
    console = ConsoleDriver(world_of(factory=("advsecurity", "advipservices"))).boot().type(*typed)
    for text in ("", "  "):
        first, second, *_ = console.session.help(text).splitlines()
        assert first == heading
        assert second.startswith("  ")
    assert heading not in console.session.help("ex")
    assert heading not in console.session.help("do show ")
