"""A replacement makes the running configuration that of the file, whatever stood there before."""

from itertools import permutations
from pathlib import Path

import pytest

from emulator.console.configuration.difference import commands_between, differences, entries, only_in
from emulator.console.render.files.running_config import configuration_text
from emulator.kernel.time import MINUTE
from tests.driver import ConsoleDriver, world_of

CAPTURES = Path(__file__).parents[3] / "captures"
FOUND = sorted(CAPTURES.glob("show-running-config.c881.*.txt"))
BARE = "hostname Bare\nend\n"


def console_with(text: str) -> ConsoleDriver:
    """A router that booted with a configuration."""
    image, levels = "c880data-universalk9-mz.155-3.M8.bin", ("advsecurity", "advipservices")
    return ConsoleDriver(world_of(pid="CISCO881-SEC-K9", image=image, factory=levels, startup=text)).boot()


def texts() -> dict[str, str]:
    return {"bare": BARE} | {file.stem: file.read_text(encoding="utf-8") for file in FOUND}


@pytest.mark.parametrize(("first", "second"), list(permutations(texts(), 2)))
def test_one_configuration_becomes_another(first: str, second: str) -> None:
    wanted = configuration_text(console_with(texts()[second]).router)
    console = console_with(texts()[first])
    console.router.context.reader.replace("R1", wanted)
    reached = configuration_text(console.router)
    assert only_in(entries(wanted), entries(reached)) == []
    assert only_in(entries(reached), entries(wanted)) == []


@pytest.mark.parametrize("name", list(texts()))
def test_a_configuration_does_not_differ_from_itself(name: str) -> None:
    text = texts()[name]
    assert differences(text, text).splitlines()[1:] == ["!No changes were found"]
    assert commands_between(text, text) == ""


def test_a_line_that_is_refused_takes_everything_back(console: ConsoleDriver) -> None:
    before = configuration_text(console.router)
    wrong = b"hostname R9\nno such line\nend\n"
    console.router.state.flash.write("wrong.cfg", wrong, 0)
    console.type("configure replace flash:wrong.cfg force revert trigger error")
    console.sees("original configuration has been successfully restored")
    assert entries(configuration_text(console.router)) == entries(before)


def test_what_is_no_configuration_changes_nothing(console: ConsoleDriver) -> None:
    before = configuration_text(console.router)
    console.router.state.flash.write("note.txt", b"hostname R9\n", 0)
    console.type("configure replace flash:note.txt force")
    console.sees("not a valid config file")
    assert configuration_text(console.router) == before


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_change_on_trial_stays_only_if_it_is_confirmed(console: ConsoleDriver, *, confirmed: bool) -> None:
    console.type("configure terminal", "archive", "path flash:kept", "end")
    console.type("configure terminal revert timer 2", "hostname R9", "end")
    if confirmed:
        console.type("configure confirm")
    console.pass_time(2 * MINUTE)
    assert console.router.hostname == ("R9" if confirmed else "Router")
