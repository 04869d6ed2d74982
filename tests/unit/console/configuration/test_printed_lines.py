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
