"""The captured configurations of real 881s: typed into a router, and read as they were found."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from emulator.console.configuration.layout import configuration_lines
from emulator.console.line.router_lines import RouterLines
from emulator.console.session.verbatim_reader import KeptLine, read_found
from emulator.kernel.time import MINUTE
from emulator.router.state import SavedConfiguration
from emulator.world.build import console_grammar
from tests.driver import ConsoleDriver, world_of

CAPTURES = Path(__file__).parents[3] / "captures"
CASES = [
    ("show-running-config.c881.15.4-3-M5.txt", "154-3.M5"),
    ("show-running-config.c881.15.5-3-M8.txt", "155-3.M8"),
    ("show-running-config.c881.cisco1.15.5-3-M8.txt", "155-3.M8"),
    ("show-running-config.c881.name-servers.15.4-2-T1.txt", "154-2.T1"),
    ("show-running-config.c881.logging-count.15.4-2-T1.txt", "154-2.T1"),
    ("show-running-config.c881.bgp-two-neighbors.15.4-2-T1.txt", "154-2.T1"),
    ("show-running-config.c881.helper-address.15.4-2-T1.txt", "154-2.T1"),
    ("show-running-config.c881.access-vlan-100.15.4-2-T1.txt", "154-2.T1"),
]
BASE_LEVEL = "show-running-config.c881.cisco2.15.5-3-M8.txt"
"""The configuration of a CISCO881-K9 at advsecurity; the others are of CISCO881-SEC-K9 units at advipservices."""
GENERATED = re.compile(
    r"version |license udi |memory-size iomem |boot-(start|end)-marker|multilink|ip forward-proto|!|$"
)

NEW_MAP = "% NOTE: This new crypto map will remain disabled until a peer\n"
"""The only thing that a router has to say to a captured line."""


def text_of(name: str) -> str:
    text = (CAPTURES / name).read_text(encoding="utf-8")
    return text[text.index("version 1") :].rstrip("\n") + "\n"


def router_with(release: str) -> ConsoleDriver:
    image = f"c880data-universalk9-mz.{release}.bin"
    levels = ("advsecurity", "advipservices")
    return ConsoleDriver(world_of(pid="CISCO881-SEC-K9", factory=levels, image=image)).boot()


def printed(console: ConsoleDriver) -> str:
    return "".join(f"{line}\n" for line in configuration_lines(console.router))


def found(console: ConsoleDriver, text: str) -> list[KeptLine]:
    line = RouterLines(console.router, console.world.clock, console.world.timekeeper).console
    return read_found(console.router, line, console_grammar(), text)


def own_serial(console: ConsoleDriver, text: str) -> str:
    return re.sub(r"(?<= sn )\S+", console.router.state.udi.serial, text)


@pytest.mark.parametrize(("name", "release"), [*CASES, (BASE_LEVEL, "155-3.M8")])
def test_a_saved_configuration_is_printed_as_captured(name: str, release: str) -> None:
    """Layout follows release and level: read at boot, it comes back with the separators that were captured."""
    console = router_with(release)
    if name == BASE_LEVEL:
        console = ConsoleDriver(world_of(image=f"c880data-universalk9-mz.{release}.bin")).boot()
    router, text = console.router, text_of(name)
    router.state.startup = SavedConfiguration(text, router.wall_time())
    router.power_off()
    router.power_on()
    console.pass_time(4 * MINUTE)
    shown = printed(console)
    assert shown[shown.index("version 1") :] == own_serial(console, text)


@pytest.mark.parametrize(("name", "release"), CASES)
def test_every_line_can_be_typed_and_is_printed_as_captured(name: str, release: str) -> None:
    console = router_with(release)
    console.type("configure terminal", "interface fa4", "no shutdown", "interface vlan 1", "no shutdown", "exit")
    for line in text_of(name).splitlines():
        if line.strip() == "end":
            break
        if not GENERATED.match(line.strip()):
            console.type(line.strip())
            noted = line.startswith("crypto map ") and line.endswith("ipsec-isakmp ")
            assert ("% " in console.shown) == noted, console.shown
            assert (NEW_MAP in console.shown) == noted
            console.sees_nothing_of("^\n")
    shown = printed(console)
    assert shown[shown.index("version 1") :] == own_serial(console, text_of(name))


@pytest.mark.parametrize(("name", "release"), CASES)
def test_a_found_configuration_is_understood_whole(name: str, release: str) -> None:
    console = router_with(release)
    assert found(console, text_of(name)) == []
    assert printed(console) == own_serial(console, text_of(name))


def test_a_change_changes_its_line_and_no_other() -> None:
    console = router_with("155-3.M8")
    name = CASES[1][0]
    found(console, text_of(name))
    before = printed(console).splitlines()
    console.type(
        "configure terminal", "hostname other", "interface fa4", "ip address 192.0.2.1 255.255.255.0",
        "no lldp run", "interface loopback 0", "ip route 198.51.100.0 255.255.255.0 Null0",
    )  # fmt: skip
    after = printed(console).splitlines()
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before and not line.startswith("! ")]
    assert gone == ["hostname pynet-rtr1", "lldp run", " ip address 10.220.88.20 255.255.255.0"]
    assert new == [
        "hostname other", "interface Loopback0", " ip address 192.0.2.1 255.255.255.0",
        "ip route 198.51.100.0 255.255.255.0 Null0",
    ]  # fmt: skip
    assert len(after) == len(before) - 1 + 4, "the interface, its `no ip address`, its `!` and the route"


ROUTER: dict[str, ConsoleDriver] = {}
LINES = [line for name, _ in CASES for line in text_of(name).splitlines()]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_found_is_printed_as_it_was(data: st.DataObject) -> None:
    """Lines of the captures shuffled, left out, put in twice, with other blanks and ends."""
    console = ROUTER.setdefault("one", router_with("155-3.M8"))
    lines = data.draw(st.lists(st.sampled_from(LINES), max_size=25))
    odd = st.sampled_from(
        ["", " ", "  ", "\t", "\r", "!", " !", "end x", "exit", "do reload", "foo bar", "banner motd #"]
    )
    for at in data.draw(st.lists(st.integers(0, 25), max_size=4)):
        lines.insert(min(at, len(lines)), data.draw(odd))
    ends = data.draw(st.sampled_from(["", "\r", " "]))
    lines = [f"{line}{ends}" for line in lines if line.strip() != "end" and not line.startswith("license udi")]
    assume(lines)
    text = "".join(f"{line}\n" for line in lines)
    found(console, text)
    assert printed(console) == text


@pytest.mark.parametrize(
    "text",
    [
        "no version vlan1\nhostname other",
        "hostname  other\n!\nline con 0",
        "hostname other\ninterface FastEthernet0\n!\ninterface Vlan1\n shutdown\n!\nline con 0\nline aux 0",
        "hostname other\ncrypto ipsec transform-set T esp-aes esp-sha-hmac \n!",
        "hostname other\nclock timezone CET 1\nclock summer-time CEST recurring",
    ],
)
def test_what_is_found_otherwise_than_ios_prints_it_is_understood_and_printed_so(text: str) -> None:
    console = router_with("154-3.M5")
    assert found(console, text) == []
    assert console.router.hostname == "other"
    assert printed(console) == text + "\n"


@pytest.mark.heavy
@pytest.mark.parametrize("name", [name for name, _ in CASES])
def test_no_missing_line_costs_the_others(name: str) -> None:
    console, lines = router_with("155-3.M8"), text_of(name).splitlines()
    for at, gone in enumerate(lines):
        if gone.startswith((" ", "hostname", "line", "no ")):
            left = "\n".join([*lines[:at], *lines[at + 1 :]])
            assert len(found(console, left)) < 25, gone
            assert printed(console).removesuffix("\n") in (own_serial(console, left), left), gone
