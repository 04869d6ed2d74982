"""Lines that the router prints by itself: typed, they are taken without a word; what it never tells of stays hidden."""

import pytest

from emulator.console.configuration.layout import configuration_lines
from tests.driver import ConsoleDriver, world_of

HIDDEN = ("boot-start-marker", "boot-end-marker", "version 15.4", "license udi pid CISCO881-K9 sn FTX1405YDC7")
SHOWN = ("multilink bundle-name authenticated", "ip forward-protocol nd", "memory-size iomem 10")


@pytest.fixture
def config() -> ConsoleDriver:
    return ConsoleDriver(world_of(factory=("advsecurity", "advipservices"))).boot().type("configure terminal")


def lines(console: ConsoleDriver) -> list[str]:
    return [line for line in configuration_lines(console.router) if not line.startswith("! ")]


@pytest.mark.parametrize("line", [*HIDDEN, *SHOWN])
@pytest.mark.parametrize("word", ["", "default "])
def test_typing_it_says_nothing_and_prints_nothing_twice(config: ConsoleDriver, line: str, word: str) -> None:
    config.type("end", "configure terminal")
    before = [text for text in lines(config) if text != "!"]
    config.type(word + line).sees_exactly("")
    assert [text for text in lines(config) if text != "!"] == before


@pytest.mark.parametrize("line", HIDDEN)
def test_what_is_hidden_is_neither_helped_nor_completed_nor_abbreviated(config: ConsoleDriver, line: str) -> None:
    words = line.split()
    at = words.index("udi") if "udi" in words else 0
    before, hidden = " ".join(words[:at]), words[at]
    offered = [entry.split()[0] for entry in config.session.help(f"{before} ".lstrip()).splitlines()]
    assert hidden not in offered
    begun = f"{before} {hidden[:-1]}".strip()
    assert hidden not in config.session.help(begun)
    assert config.session.complete(begun) == begun
    config.type(" ".join([begun, *words[at + 1 :]])).sees("% Invalid input detected at '^' marker.")


def test_the_others_have_help(config: ConsoleDriver) -> None:
    assert "  iomem  IO memory" in config.session.help("memory-size ")
    assert [line.split()[0] for line in config.session.help("multilink bundle-name ").splitlines()] == [
        "authenticated", "both", "endpoint",
    ]  # fmt: skip


def test_they_can_be_said_otherwise(config: ConsoleDriver) -> None:
    config.type("multilink bundle-name endpoint", "no ip forward-protocol nd")
    shown = lines(config)
    assert {"multilink bundle-name endpoint", "no ip forward-protocol nd"} <= set(shown)
    config.type("no multilink bundle-name", "ip forward-protocol nd")
    shown = lines(config)
    assert {"multilink bundle-name authenticated", "ip forward-protocol nd"} <= set(shown)
    assert not [line for line in shown if line.startswith("no ip forward") or line.endswith("endpoint")]


def test_another_share_of_memory_stays(config: ConsoleDriver) -> None:
    config.type("memory-size iomem 20", "end", "write").reload()
    assert "memory-size iomem 20" in lines(config)


def test_a_port_is_told_apart_only_where_all_are_passive(config: ConsoleDriver) -> None:
    config.type("router rip", "no passive-interface vlan1")
    assert " no passive-interface Vlan1" not in lines(config)
    config.type("passive-interface default", "no passive-interface vlan1")
    assert " no passive-interface Vlan1" in lines(config)


@pytest.fixture
def newer() -> ConsoleDriver:
    facts = {"factory": ("advsecurity", "advipservices"), "image": "c880data-universalk9-mz.154-3.M5.bin"}
    return ConsoleDriver(world_of(**facts)).boot().type("configure terminal")


def test_an_instance_of_any_protocol_stands_behind_the_boot_markers(newer: ConsoleDriver) -> None:
    newer.type("vrf definition A", "rd 1:1", "address-family ipv4", "route-target import 1:1", "exit-address-family")
    newer.type("address-family ipv6", "exit", "exit", "ip vrf B", "interface Vlan1", "vrf forwarding A", "end", "write")
    printed = lines(newer)
    section = ["vrf definition A", " rd 1:1", " !", " address-family ipv4", "  route-target import 1:1",
               " exit-address-family", " !", " address-family ipv6", " exit-address-family", "!"]  # fmt: skip
    at = printed.index("vrf definition A")
    assert printed[at - 3 : at + len(section)] == ["boot-end-marker", "!", "!", *section]
    assert at < printed.index("ip vrf B")
    assert " vrf forwarding A" in printed
    newer.reload()
    assert lines(newer)[1:] == printed[2:], "but for the line about changes and its separator"
    newer.type("configure terminal", "no vrf definition A")
    assert "vrf definition A" not in lines(newer)


def test_an_older_release_has_only_instances_of_ip() -> None:
    facts = {"factory": ("advsecurity", "advipservices"), "image": "c880data-universalk9-mz.124-24.T4.bin"}
    console = ConsoleDriver(world_of(**facts)).boot().type("configure terminal", "vrf definition A")
    console.sees("^\n% Invalid input detected")
    console.type("ip vrf A").sees_exactly("")


def test_netconf_stands_at_the_end(newer: ConsoleDriver) -> None:
    newer.type("netconf ssh acl 5", "netconf max-sessions 8", "netconf lock-time 60")
    assert lines(newer)[-5:] == ["netconf max-sessions 8", "netconf lock-time 60", "netconf ssh acl 5", "!", "end"]


def test_the_lines_of_the_ssh_server_stand_together(newer: ConsoleDriver) -> None:
    """C: `version` and `pubkey-chain` behind the static routes; R: the order of the others."""
    typed = ["ip ssh version 2", "ip ssh time-out 60", "ip ssh source-interface Vlan1", "ip ssh rsa keypair-name X",
             "ip ssh authentication-retries 2", "ip ssh logging events", "ip ssh dh min size 2048",
             "ip ssh maxstartups 4", "ip ssh port 2222 rotary 1"]  # fmt: skip
    newer.type("ip route 0.0.0.0 0.0.0.0 192.0.2.1", *typed)
    printed = lines(newer)
    at = printed.index("ip route 0.0.0.0 0.0.0.0 192.0.2.1") + 1
    assert printed[at : at + len(typed)] == [
        "ip ssh maxstartups 4", "ip ssh time-out 60", "ip ssh authentication-retries 2", "ip ssh port 2222 rotary 1",
        "ip ssh source-interface Vlan1", "ip ssh logging events", "ip ssh rsa keypair-name X", "ip ssh version 2",
        "ip ssh dh min size 2048",
    ]  # fmt: skip
    assert sum(line.startswith("ip ssh") for line in printed) == len(typed)
