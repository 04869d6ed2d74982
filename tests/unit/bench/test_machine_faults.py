"""Breaks, crashes and a flash that is not recognised, as hands at the bench bring them about."""

import pytest

from emulator.hardware.board import BoardPhase, ResetCause
from emulator.hardware.register import heeds_break
from emulator.router.state import FlashHealth
from tests.driver import BenchDriver, ConsoleDriver


def test_break_stops_a_boot_and_is_no_use_without_power(bench: BenchDriver) -> None:
    router = bench.world.routers["R1"]
    assert bench.succeeds("break R1") == "R1 does not heed a break now\n"
    bench.succeeds("power R1 on")
    assert bench.succeeds("break R1") == ""
    bench.world.clock.run_to(60_000)
    assert router.state.board.phase is BoardPhase.ROMMON


def test_break_needs_a_router(bench: BenchDriver) -> None:
    bench.is_refused("break R9")


@pytest.mark.parametrize("register", [0x2102, 0x2002])
def test_break_in_ios_depends_on_the_register(console: ConsoleDriver, register: int) -> None:
    console.router.state.config_register = register
    BenchDriver(console.world).succeeds("break R1")
    stopped = console.router.state.board.phase is BoardPhase.ROMMON
    assert stopped is heeds_break(register)


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("", ResetCause.SIGTRAP),
        (" sigtrap", ResetCause.SIGTRAP),
        (" bus-error", ResetCause.BUS_ERROR),
        (" forced", ResetCause.FORCED_CRASH),
    ],
)
def test_fault_crash_restarts_a_running_router(console: ConsoleDriver, words: str, cause: ResetCause) -> None:
    bench = BenchDriver(console.world)
    bench.succeeds(f"fault R1 crash{words}")
    assert console.router.state.board.phase is BoardPhase.BOOTING
    assert console.router.state.reset.cause is cause
    assert "R1 is not running" in bench.is_refused("fault R1 crash")


def test_fault_flash_waits_for_the_next_start(bench: BenchDriver) -> None:
    router = bench.world.routers["R1"]
    assert "will not be recognised at its next start" in bench.succeeds("fault R1 flash")
    assert router.state.flash_health is FlashHealth.TIRED
    bench.succeeds("power R1 cycle")
    bench.world.clock.run_to(60_000)
    assert router.state.flash_health is FlashHealth.UNRECOGNISED
    assert router.state.board.phase is BoardPhase.ROMMON
