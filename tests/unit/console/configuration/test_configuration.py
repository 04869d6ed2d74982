"""Configuration: passwords, lines that need a level, saving, restarting, what a lost level does to saved lines."""

import pytest

from emulator.console.line.phases import PromptKind
from emulator.router.events import ConfigurationLineRejected
from tests.driver import ConsoleDriver, world_of
from tests.unit.router.records import recorded

MARKER = "% Invalid input detected at '^' marker.\n\n"

GATED = [
    ("router ospf 1", "7:o"),
    ("router bgp 65000", "7:b"),
    ("router eigrp 100", "7:e"),
    ("ip vrf CUSTOMER", "3:v"),
    ("ip multicast-routing", "3:m"),
    ("ipv6 unicast-routing", "5:u"),
]


@pytest.fixture
def upgraded() -> ConsoleDriver:
    """R1 with both levels from the factory."""
    return ConsoleDriver(world_of(factory=("advsecurity", "advipservices"))).boot()


@pytest.mark.parametrize(("text", "place"), GATED)
def test_below_its_level_a_line_does_not_exist(console: ConsoleDriver, text: str, place: str) -> None:
    console.type("configure terminal")
    column = int(place.split(":", maxsplit=1)[0])
    shown = " " * (len("Router(config)#") + column) + "^\n" + MARKER
    assert text[column] == place.split(":")[1]
    console.type(text)
    console.sees_exactly(shown)
    assert text.rsplit(maxsplit=1)[-1] not in console.session.help(text[:column])


@pytest.mark.parametrize(("text", "place"), GATED)
def test_at_its_level_a_line_is_kept_and_taken_back(upgraded: ConsoleDriver, text: str, place: str) -> None:
    upgraded.type("configure terminal", text)
    upgraded.sees_exactly("")
    upgraded.type("end", "show running-config")
    upgraded.sees(f"\n{text}\n")
    upgraded.type("configure terminal", f"no {text}", "end", "show running-config")
    upgraded.sees_nothing_of(f"\n{text}\n")


def test_help_offers_only_what_the_level_has(console: ConsoleDriver, upgraded: ConsoleDriver) -> None:
    for each in (console, upgraded):
        each.type("configure terminal")
    assert console.session.help("router ") == "  rip  Routing Information Protocol (RIP)\n"
    assert [line.split()[0] for line in upgraded.session.help("router ").splitlines()] == [
        "bgp",
        "eigrp",
        "ospf",
        "rip",
    ]


def test_a_section_and_its_statements(upgraded: ConsoleDriver) -> None:
    upgraded.type(
        "configure terminal", "router ospf 1", "network 10.0.0.0  0.255.255.255 area 0",
        "network 1.0.0.0 0.0.0.255 area 1", "no network 1.0.0.0 0.0.0.255 area 1",
        "router bgp 65000", "neighbor 192.0.2.1 remote-as 65001", "end", "show running-config",
    )  # fmt: skip
    upgraded.sees(
        "router ospf 1\n network 10.0.0.0 0.255.255.255 area 0\n!\n"
        "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n!\n"
    )
    upgraded.sees_nothing_of("1.0.0.0 0.0.0.255")


def test_the_byte_count_of_a_configuration(console: ConsoleDriver) -> None:
    """C: from the first `!` through `end`, without the end of that line, plus 2."""
    console.type("show running-config")
    head, _, body = console.shown.partition(" bytes\n")
    assert body.startswith("!\n")
    assert body.endswith("end\n\n")
    assert int(head.split(" : ")[1]) == len(body.removesuffix("\n\n")) + 2


def test_hostname(console: ConsoleDriver) -> None:
    console.type("configure terminal", "hostname Lab")
    assert console.prompt == "Lab(config)#"
    console.type("no hostname")
    assert console.prompt == "Router(config)#"


# --- enable secret ------------------------------------------------------------------------------------------------


def test_without_a_secret_enable_asks_nothing(console: ConsoleDriver) -> None:
    console.type("disable", "enable")
    console.sees_exactly("")
    assert console.prompt == "Router#"


def test_the_right_secret_opens(console: ConsoleDriver) -> None:
    console.type("configure terminal", "enable secret cisco", "end", "disable", "enable")
    assert console.line.prompt.text == "Password: "
    assert console.line.prompt.hidden
    console.type("cisco")
    assert console.prompt == "Router#"


def test_a_wrong_secret_may_be_tried_three_times(console: ConsoleDriver) -> None:
    console.type("configure terminal", "enable secret 0 cisco", "end", "disable", "enable", "Cisco", "cisco ")
    assert console.prompt == "Password: "
    console.type("x")
    console.sees_exactly("% Bad secrets\n\n")
    assert console.prompt == "Router>"


def test_the_third_try_may_be_right(console: ConsoleDriver) -> None:
    console.type("configure terminal", "enable secret cisco", "end", "disable", "enable", "a", "b", "cisco")
    assert console.prompt == "Router#"


def test_the_secret_is_kept_as_a_hash_and_survives_a_reload(console: ConsoleDriver) -> None:
    console.type("configure terminal", "enable secret cisco", "end", "show running-config | include secret")
    hashed = console.shown.strip()
    assert hashed.startswith("enable secret 5 $1$")
    console.type(
        "write", "reload", "", "", "enable", "cisco", "terminal length 0", "show running-config | include secret"
    )
    assert console.shown.strip() == hashed


def test_a_hash_can_be_typed_in(console: ConsoleDriver) -> None:
    console.type("configure terminal", "enable secret cisco", "do show running-config | include secret")
    hashed = console.shown.strip()
    console.type("no enable secret", hashed, "end", "disable", "enable", "cisco")
    assert console.prompt == "Router#"


def test_what_is_no_hash_is_refused(console: ConsoleDriver) -> None:
    console.type("configure terminal", "enable secret 5 cisco")
    console.sees("ERROR: The secret you entered is not a valid encrypted secret.")
    console.type("end", "disable", "enable")
    assert console.prompt == "Router#"


def test_no_enable_secret_opens_the_router_again(console: ConsoleDriver) -> None:
    console.type("configure terminal", "enable secret cisco", "no enable secret", "end", "disable", "enable")
    assert console.prompt == "Router#"


# --- write, reload ------------------------------------------------------------------------------------------------


def test_reload_without_changes_asks_only_to_confirm(console: ConsoleDriver) -> None:
    console.type("reload")
    assert (console.prompt, console.line.prompt.kind) == ("Proceed with reload? [confirm]", PromptKind.KEY)
    console.sees_exactly("")


@pytest.mark.parametrize("key", ["n", "x", " "])
def test_another_key_does_not_reload(console: ConsoleDriver, key: str) -> None:
    console.type("reload", key)
    console.sees_exactly("")
    assert console.prompt == "Router#"


@pytest.mark.parametrize("key", ["", "y", "Y"])
def test_enter_or_y_reloads(console: ConsoleDriver, key: str) -> None:
    console.type("reload", key)
    assert console.shown.startswith("\n*Mar  1 00:")
    console.sees("%SYS-5-RELOAD: Reload requested by console. Reload Reason: Reload Command.\n", "System Bootstrap")


def test_reload_after_changes_asks_to_save(console: ConsoleDriver) -> None:
    console.type("configure terminal", "hostname Lab", "end", "reload")
    assert console.prompt == "\nSystem configuration has been modified. Save? [yes/no]: "
    console.type("perhaps")
    console.sees_exactly("% Please answer 'yes' or 'no'.\n")
    console.type("yes")
    console.sees_exactly("Building configuration...\n[OK]\n")
    assert console.prompt == "Proceed with reload? [confirm]"
    console.type("", "")
    assert console.prompt == "Lab>"


def test_reload_without_saving_forgets(console: ConsoleDriver) -> None:
    console.type("configure terminal", "hostname Lab", "end", "reload", "no", "")
    console.log_in()
    assert console.prompt == "Router#"


def test_write_saves_and_leaves_nothing_to_save(console: ConsoleDriver) -> None:
    console.type("configure terminal", "hostname Lab", "end", "write")
    console.sees_exactly("Building configuration...\n[OK]\n")
    console.type("reload")
    assert console.prompt == "Proceed with reload? [confirm]"


def test_copy_running_startup_asks_for_the_name(console: ConsoleDriver) -> None:
    console.type("copy running-config startup-config")
    assert console.prompt == "Destination filename [startup-config]? "
    console.type("")
    console.sees_exactly("Building configuration...\n[OK]\n")
    assert console.router.state.startup is not None


def test_without_a_startup_configuration(console: ConsoleDriver) -> None:
    console.type("show startup-config")
    console.sees_exactly("startup-config is not present\n")


def test_what_is_saved_is_what_runs_after_a_reload(upgraded: ConsoleDriver) -> None:
    upgraded.type(
        "configure terminal", "hostname Lab", "no ip domain lookup", "ip cef", "ip multicast-routing",
        "ipv6 unicast-routing", "ip vrf A", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0",
        "description the LAN", "interface fastethernet 4", "ip address dhcp", "no shutdown", "interface fa0",
        "shutdown", "router ospf 1", "network 10.0.0.0 0.255.255.255 area 0", "router rip", "network 10.0.0.0",
        "license boot module c880-data level advipservices", "enable secret cisco", "end", "write",
    )  # fmt: skip
    upgraded.type("show running-config | begin ^version")
    saved = upgraded.shown
    upgraded.type("reload", "")
    upgraded.sees_nothing_of("Invalid input")
    upgraded.type("", "enable", "cisco", "terminal length 0", "show running-config | begin ^version")
    upgraded.sees_exactly(saved)


@pytest.mark.parametrize(
    ("line", "taken_back"),
    [
        ("banner motd #keep out#", "default banner motd"),
        ("banner exec #hello#", "default banner exec"),
        ("username a privilege 15 secret x", "default username a"),
        ("enable secret x", "default enable secret"),
        ("enable password x", "default enable password"),
    ],
)
def test_a_default_takes_a_line_back(console: ConsoleDriver, line: str, taken_back: str) -> None:
    console.type("configure terminal")
    before = dict(console.router.configuration.lines)
    console.type(line)
    assert console.router.configuration.lines != before
    console.type(taken_back).sees_exactly("")
    assert console.router.configuration.lines == before


# --- a lost level -------------------------------------------------------------------------------------------------


@pytest.fixture
def downgraded(upgraded: ConsoleDriver) -> ConsoleDriver:
    """A saved configuration that needs advipservices, on a router that comes up without it."""
    upgraded.type(
        "configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "router ospf 1",
        "network 10.0.0.0 0.255.255.255 area 0", "ip multicast-routing", "router rip", "network 10.0.0.0",
        "license boot module c880-data level advsecurity", "end", "write",
    )  # fmt: skip
    events = recorded(upgraded.world)
    upgraded.type("reload", "")
    rejected = [event for event in events if isinstance(event, ConfigurationLineRejected)]
    assert [(event.line, event.column) for event in rejected] == [
        ("ip multicast-routing", 3),
        ("router ospf 1", 7),
        ("network 10.0.0.0 0.255.255.255 area 0", 3),
    ]
    upgraded.sees(
        "ip multicast-routing\n   ^\n" + MARKER,
        "router ospf 1\n       ^\n" + MARKER,
        "network 10.0.0.0 0.255.255.255 area 0\n   ^\n" + MARKER,
    )
    return upgraded.log_in()


def test_lines_of_a_lost_level_are_not_in_the_running_configuration(downgraded: ConsoleDriver) -> None:
    downgraded.type("show running-config")
    downgraded.sees_nothing_of("router ospf", "multicast", "area 0")
    downgraded.sees("router rip\n network 10.0.0.0\n", " ip address 192.0.2.1 255.255.255.0\n")


def test_they_stay_in_nvram_until_the_next_write(downgraded: ConsoleDriver) -> None:
    downgraded.type("show startup-config")
    downgraded.sees("router ospf 1\n network 10.0.0.0 0.255.255.255 area 0\n", "ip multicast-routing\n")
    downgraded.type("reload")
    assert downgraded.prompt == "Proceed with reload? [confirm]", "a rejected line is no change"
    downgraded.type("n", "write", "show startup-config")
    downgraded.sees_nothing_of("router ospf", "multicast")


def test_they_come_back_with_the_level(downgraded: ConsoleDriver) -> None:
    startup = downgraded.router.state.startup
    assert startup is not None
    startup.text = startup.text.replace("level advsecurity", "level advipservices")
    downgraded.reload()
    downgraded.type("show running-config")
    downgraded.sees("router ospf 1\n network 10.0.0.0 0.255.255.255 area 0\n", "ip multicast-routing\n")
