"""Erasing, formatting and the clock: none of them touches a license."""

import pytest

from emulator.console.line.phases import LinePhase, PromptKind
from emulator.kernel.time import DAY
from tests.driver import ConsoleDriver
from tests.unit.console.papers import TOP, installed, line, unstamped

QUESTION = "Erasing the nvram filesystem will remove all configuration files! Continue? [confirm]"


@pytest.mark.parametrize("command", ["erase startup-config", "erase nvram:", "write erase"])
@pytest.mark.parametrize("key", ["", "y", "Y"])
def test_erase(console: ConsoleDriver, command: str, key: str) -> None:
    console.type("write", command)
    assert (console.prompt, console.line.prompt.kind) == (QUESTION, PromptKind.KEY)
    console.type(key)
    assert unstamped(console.shown) == (
        "[OK]\nErase of nvram: complete\n%SYS-7-NV_BLOCK_INIT: Initialized the geometry of nvram\n"
    )
    assert console.router.state.startup is None


def test_erase_is_not_confirmed(console: ConsoleDriver) -> None:
    console.type("write", "write erase", "n")
    console.sees_exactly("File system erase is not confirmed or Could not be completed\n")
    assert console.router.state.startup is not None


def test_erasing_leaves_the_licenses(console: ConsoleDriver) -> None:
    installed(console, line())
    before = console.router.activation.inventory.licenses
    console.type("write erase", "", "reload", "")
    assert console.prompt == "Would you like to enter the initial configuration dialog? [yes/no]: "
    console.type("no")
    assert console.router.activation.inventory.licenses == before
    assert console.router.running.level == TOP


def test_formatting_leaves_the_licenses_but_no_image(console: ConsoleDriver) -> None:
    before = console.router.activation.inventory.licenses
    console.type("format flash:")
    assert console.prompt == "Format operation may take a while. Continue? [confirm]"
    console.type("")
    assert console.prompt == 'Format operation will destroy all data in "flash:".  Continue? [confirm]'
    console.type("")
    console.sees("Format of flash: complete\n")
    assert console.router.state.flash.files == []
    assert console.router.activation.inventory.licenses == before
    assert console.router.running.level == "advsecurity", "what runs goes on"
    console.type("reload", "")
    assert console.line.phase is LinePhase.ROMMON


@pytest.mark.parametrize("keys", [("n",), ("", "n")])
def test_formatting_is_not_confirmed(console: ConsoleDriver, keys: tuple[str, ...]) -> None:
    console.type("format flash:", *keys)
    console.sees_exactly("File system erase is not confirmed or Could not be completed\n")
    assert console.router.state.flash.files


def test_formatting_what_is_not_there(console: ConsoleDriver) -> None:
    console.type("format usbflash0:")
    console.sees_exactly("%Error opening usbflash0: (No such device)\n")


@pytest.mark.parametrize(
    "date", ["1 february 2011", "february 1 2011", "1 feb 2011", "Feb 01 2011", "01 FEBRUARY 2011"]
)
def test_the_clock(console: ConsoleDriver, date: str) -> None:
    console.type(f"clock set 9:05:00 {date}")
    console.sees(
        "Feb  1 09:05:00.000: %SYS-6-CLOCKUPDATE: System clock has been updated from 00:00:41 UTC Fri Mar 1 2002 "
        "to 09:05:00 UTC Tue Feb 1 2011, configured from console by console.\n"
    )
    console.type("show clock")
    console.sees_exactly("09:05:00.000 UTC Tue Feb 1 2011\n")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("clock set 24:00:00 1 feb 2011", "% Invalid input detected"),
        ("clock set 9:60:00 1 feb 2011", "% Invalid input detected"),
        ("clock set 9:00 1 feb 2011", "% Invalid input detected"),
        ("clock set 9:00:00 32 feb 2011", "% Invalid input detected"),
        ("clock set 9:00:00 1 ju 2011", "% Invalid input detected"),
        ("clock set 9:00:00 1 feb 1992", "% Invalid input detected"),
        ("clock set 9:00:00 1 feb", "% Incomplete command."),
        ("clock set 9:00:00 30 feb 2011", "% Error: There is no such day\n"),
    ],
)
def test_a_time_that_is_none(console: ConsoleDriver, text: str, answer: str) -> None:
    console.type(text)
    console.sees(answer)
    assert not console.router.running.calendar.is_set


@pytest.mark.parametrize("year", [1993, 2035])
def test_the_clock_does_not_move_an_evaluation(console: ConsoleDriver, year: int) -> None:
    console.type("configure terminal", "license boot module c880-data level advipservices", "yes", "end")
    console.reload().world.clock.run_to(console.router.running.booted + 10 * DAY)
    console.type(f"clock set 0:0:0 1 jan {year}", "show license | include Period left: [0-9]")
    console.sees_exactly("\tPeriod left: 7  weeks 1  day\n")
