"""Reloads that are scheduled."""

import pytest

from emulator.hardware.board import BoardPhase
from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND
from emulator.router.state import DeferredTask
from emulator.world.world import World
from tests.driver import BenchDriver, ConsoleDriver
from tests.unit.router.records import restored, saved


def due(console: ConsoleDriver) -> int | None:
    """Time until it reloads."""
    at = console.router.running.due.get(DeferredTask.RELOAD)
    return None if at is None else at - console.world.now


@pytest.mark.parametrize(
    ("typed", "delay", "words"),
    [
        ("1", MINUTE, "1 minute"),
        ("90", 90 * MINUTE, "1 hour and 30 minutes"),
        ("2:00", 2 * HOUR, "2 hours"),
        ("576:00", 24 * DAY, "576 hours"),
    ],
)
def test_a_reload_in_a_while(console: ConsoleDriver, typed: str, delay: int, words: str) -> None:
    console.type(f"reload in {typed}").sees(f"Reload scheduled in {words} by console\n")
    assert due(console) is None, "it is not confirmed yet"
    console.type("")
    assert due(console) == delay
    copy = ConsoleDriver(restored(saved(console.world)))
    copy.pass_time(delay - SECOND)
    assert copy.router.state.board.phase is BoardPhase.RUNNING
    copy.pass_time(SECOND)
    assert copy.router.state.board.phase is BoardPhase.BOOTING


@pytest.mark.parametrize("typed", ["0", "0:00", "576:01", "34561", "x", "1:2:3", "99999999"])
def test_a_delay_that_is_none_is_refused(console: ConsoleDriver, typed: str) -> None:
    console.type(f"reload in {typed}").sees("% Invalid input detected at '^' marker.")
    assert due(console) is None


@pytest.mark.parametrize(("at", "delay"), [("10:30", 30 * MINUTE), ("9:59", DAY - MINUTE), ("10:00", DAY)])
def test_a_reload_at_a_time_of_day(console: ConsoleDriver, at: str, delay: int) -> None:
    console.type(f"reload at {at}").sees_exactly("The date and time must be set first.\n")
    console.type("clock set 10:00:00 1 february 2011", f"reload at {at}", "")
    assert due(console) == delay


@pytest.mark.parametrize("typed", ["24:00", "10:60", "10", "10:5"])
def test_a_time_that_is_none_is_refused(console: ConsoleDriver, typed: str) -> None:
    console.type("clock set 10:00:00 1 february 2011", f"reload at {typed}").sees("% Invalid input")


def test_a_reason_is_told_when_the_time_comes(console: ConsoleDriver) -> None:
    console.type("clock set 10:00:00 1 february 2011", "reload in 1 other image", "").pass_time(MINUTE)
    console.sees("%SYS-5-RELOAD: Reload requested by console. Reload Reason: other image.\n")
    console.log_in()
    console.type("show version").sees("Last reload reason: other image\n")


def test_a_cancelled_reload_does_not_happen(console: ConsoleDriver) -> None:
    console.type("reload in 5", "", "reload cancel").sees("*** --- SHUTDOWN ABORTED ---\n")
    console.type("reload cancel").sees_exactly("%No reload is scheduled.\n")
    console.pass_time(HOUR)
    assert console.router.state.board.phase is BoardPhase.RUNNING


def test_a_refused_reload_is_not_scheduled(console: ConsoleDriver) -> None:
    console.type("reload in 5", "n", "show reload").sees_exactly("No reload is scheduled.\n")


def test_a_changed_configuration_is_asked_about_first(console: ConsoleDriver) -> None:
    console.type("configure terminal", "hostname lab", "end", "reload in 5")
    assert console.prompt == "\nSystem configuration has been modified. Save? [yes/no]: "
    console.type("yes").sees("Building configuration...\n[OK]\n", "Reload scheduled in 5 minutes by console\n")
    console.type("")
    assert due(console) == 5 * MINUTE
    assert console.router.state.startup is not None


def test_a_power_cut_forgets_it(console: ConsoleDriver) -> None:
    console.type("reload in 5", "")
    BenchDriver(console.world).succeeds("power R1 cycle")
    console.log_in()
    console.type("show reload").sees_exactly("No reload is scheduled.\n")


@pytest.mark.parametrize("left", [1, 500, 999])
def test_a_start_is_not_told_once_a_reload_is_asked_for(world: World, left: int) -> None:
    """The router still waits a second before it goes down, in which the messages of its start would come."""
    console = ConsoleDriver(world)
    console.router.power_on()
    world.clock.settle()
    console.wait()
    console.type("no", "", "enable", "reload")
    console.pass_time(console.router.running.due[DeferredTask.TELL_RESTART] - left - world.now)
    console.screen = ""
    console.type("")
    before, _, _ = console.screen.partition("System Bootstrap")
    assert "%SYS-5-RELOAD" in before
    assert "%SYS-5-RESTART" not in before
    assert "%SNMP-5-COLDSTART" not in before
    console.log_in()
    assert console.screen.count("%SYS-5-RESTART") == 1, "the next start is told"
