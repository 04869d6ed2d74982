"""Breaks, crashes and a flash that is not recognized, as hands at the bench bring them about."""

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
    assert "will not be recognized at its next start" in bench.succeeds("fault R1 flash")
    assert router.state.flash_health is FlashHealth.TIRED
    bench.succeeds("power R1 cycle")
    bench.world.clock.run_to(60_000)
    assert router.state.flash_health is FlashHealth.UNRECOGNISED
    assert router.state.board.phase is BoardPhase.ROMMON


def test_a_full_flash_takes_nothing_and_can_be_freed(console: ConsoleDriver, bench: BenchDriver) -> None:
    shown = bench.succeeds("fill R1")
    assert shown.endswith("0 bytes are free\n") or int(shown.rpartition("; ")[2].split()[0]) < 4096
    console.type("copy running-config flash:saved", "")
    console.sees("Not enough space on device")
    assert "; 8192 bytes are free" in bench.succeeds("fill R1 leaving 8192")
    console.type("copy running-config flash:saved", "")
    console.sees("bytes copied in")


def test_a_server_that_is_down_does_not_answer(console: ConsoleDriver, bench: BenchDriver) -> None:
    console.type("configure terminal", "interface Vlan1", "ip address 192.0.2.1 255.255.255.0", "end")
    bench.succeeds("server tftp down")
    console.type("copy running-config tftp://192.0.2.10/saved", "")
    console.sees("%Error opening tftp://192.0.2.10/saved (Timed out)")
    bench.succeeds("server tftp up")
    console.type("copy running-config tftp://192.0.2.10/saved", "")
    console.sees("bytes copied in")
    bench.succeeds("order L-880-AIS=")
    pak = bench.do("mail 1").partition("(PAK): ")[2].split()[0]
    bench.succeeds("server call-home down")
    console.type(f"license call-home install pak {pak}", "lab", "lab")
    console.sees_nothing_of("successfully")
    bench.succeeds("server call-home up")
    console.type(f"license call-home install pak {pak}", "lab", "lab", "yes")
    console.sees("1/1 licenses were successfully installed")


def test_a_closed_portal_refuses_until_it_opens(bench: BenchDriver) -> None:
    assert bench.succeeds("server portal closed 12d").startswith("the portal opens again on ")
    bench.succeeds("order L-880-AIS=")
    for verb in ("portal resend R1", "portal rma R1 R1", "portal lost-pak 1", "portal lookup R1", "portal audit"):
        assert bench.is_refused(verb).startswith("% the portal is closed until ")
    bench.succeeds("advance 12d")
    assert bench.succeeds("portal audit")
    bench.succeeds("server portal closed 1h")
    bench.succeeds("server portal open")
    assert bench.succeeds("portal audit")
    assert "is longer than a hundred years" in bench.is_refused("server portal closed 99999d")
