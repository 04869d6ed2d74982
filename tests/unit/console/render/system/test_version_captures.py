"""`show version` of twins with the facts of captured routers, byte for byte."""

import re
from datetime import UTC, datetime
from pathlib import Path

from emulator.hardware.board import ResetCause
from emulator.kernel.time import DAY, HOUR, MINUTE, WEEK
from emulator.licensing.udi import Udi
from emulator.router.clocks import Calendar, WallTime
from emulator.router.state import ResetRecord
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from tests.driver import ConsoleDriver

CAPTURES = Path(__file__).parents[4] / "captures"


def capture(name: str) -> str:
    return (CAPTURES / name).read_text(encoding="utf-8")


def wall(zone: str, offset_hours: int, *moment: int) -> WallTime:
    local = datetime(*moment, tzinfo=UTC)  # type: ignore[misc, arg-type]
    return WallTime(int(local.timestamp() * 1000) - offset_hours * HOUR, zone, offset_hours * 60)


def show_version(
    recipe: RouterRecipe,
    hostname: str,
    uptime: int,
    reset: ResetRecord,
    restarted: WallTime,
    flash_kib: int = 126000,
    serial: str | None = None,
) -> str:
    """Output of a twin that was set up with these facts; `serial` is one that was made anonymous."""
    console = ConsoleDriver(new_world(WorldRecipe(routers={"R1": recipe}))).boot()
    state, running = console.router.state, console.router.running
    state.udi = Udi(state.udi.pid, serial or state.udi.serial)
    running.configuration.lines["hostname"] = f"hostname {hostname}"
    running.booted = console.world.now - uptime
    running.restarted, state.reset, state.flash_kib = restarted, reset, flash_kib
    running.calendar = Calendar(0, is_set=True)
    console.type("show version")
    return console.shown


def test_an_881_at_advsecurity_with_15_4_2_t1() -> None:
    screen = show_version(
        RouterRecipe(serial="FTX1829800Q", image="c880data-universalk9-mz.154-2.T1.bin"),
        "pynet-rtr2",
        30 * WEEK + 3 * DAY + 5 * HOUR + 43 * MINUTE,
        ResetRecord(ResetCause.RELOAD, wall("UTC", 0, 2016, 7, 7, 19, 10, 0)),
        wall("PDT", -7, 2016, 7, 7, 12, 35, 53),
        flash_kib=125440,
    )
    assert screen == capture("show-version.c881.advsecurity.15.4-2-T1.txt")


def test_an_881_sec_at_advipservices_after_power_on_with_15_4_2_t1() -> None:
    screen = show_version(
        RouterRecipe("CISCO881-SEC-K9", "FTX1512038X", image="c880data-universalk9-mz.154-2.T1.bin"),
        "pynet-rtr1",
        12 * WEEK + DAY + 5 * HOUR + 28 * MINUTE,
        ResetRecord(ResetCause.POWER_ON),
        wall("PST", -8, 2016, 2, 4, 11, 26, 35),
    )
    captured = capture("show-version.c881.advipservices.power-on.15.4-2-T1.txt")
    assert screen == captured + "\n", "the capture ends before the blank line"


def test_an_881_sec_at_advipservices_with_15_0_1_m4() -> None:
    """The capture was edited: blanks in place of the tabs of the UDI table, the command and the prompt around it."""
    screen = show_version(
        RouterRecipe("CISCO881-SEC-K9"),
        "rtr-sf-881",
        12 * WEEK + 5 * DAY + HOUR + 4 * MINUTE,
        ResetRecord(ResetCause.RELOAD, wall("PST", -8, 2014, 2, 28, 15, 33, 36)),
        wall("PST", -8, 2014, 2, 28, 15, 34, 9),
        serial="FTX1000008X",
    )
    lines = capture("show-version.c881.advipservices.15.0-1-M4.txt").splitlines(keepends=True)
    captured = [line for line in lines if not line.startswith("rtr-sf-881#")]
    assert [squeezed(line) for line in screen.splitlines(keepends=True)] == [squeezed(line) for line in captured]


def squeezed(line: str) -> str:
    return re.sub(r"[ \t]+", " ", line) if line.startswith(("Device#", "*0")) else line


def test_the_881_of_15_0_leaves_the_reason_out_after_power_on(console: ConsoleDriver) -> None:
    """C for 15.0(1)M7."""
    console.type("show version")
    console.sees("System returned to ROM by power-on\n", "Last reload type: Normal Reload\n\n\nThis product")
    console.sees_nothing_of("Last reload reason", "System restarted")
