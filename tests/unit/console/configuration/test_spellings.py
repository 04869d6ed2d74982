"""Lines that can be typed in several spellings: whichever was typed, each takes it back."""

from itertools import product

import pytest

from tests.driver import ConsoleDriver, world_of

LINES = (
    ("boot system flash x.bin", "boot system flash:x.bin", "boot system flash:/x.bin"),
    ("boot system tftp x.bin 192.0.2.1", "boot system tftp://192.0.2.1/x.bin"),
    ("ip domain name example.com", "ip domain-name example.com"),
)


@pytest.fixture
def config() -> ConsoleDriver:
    console = ConsoleDriver(world_of()).boot()
    console.type("configure terminal")
    return console


def kept(console: ConsoleDriver, line: str) -> bool:
    return line.replace("domain-name", "domain name") in console.router.configuration.lines.values()


@pytest.mark.parametrize(
    ("typed", "back"), [pair for spellings in LINES for pair in product(spellings, spellings)]
)  # fmt: skip
def test_either_spelling_takes_the_line_back(config: ConsoleDriver, typed: str, back: str) -> None:
    config.type(typed)
    assert kept(config, typed)
    config.type(f"no {back}")
    assert not kept(config, typed)


@pytest.mark.parametrize("line", LINES[0] + LINES[1])
def test_a_line_without_its_image_takes_all_back(config: ConsoleDriver, line: str) -> None:
    config.type(line, "boot system flash other.bin", "no boot system")
    assert not [each for each in config.router.configuration.lines.values() if each.startswith("boot system")]


@pytest.mark.parametrize("line", LINES[0] + LINES[1])
def test_another_image_stays(config: ConsoleDriver, line: str) -> None:
    config.type("boot system flash other.bin", line, f"no {line}")
    lines = [each for each in config.router.configuration.lines.values() if each.startswith("boot system")]
    assert lines == ["boot system flash other.bin"]
