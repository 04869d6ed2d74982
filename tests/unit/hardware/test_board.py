"""The walk through the boot stages, with a firmware that only takes notes."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from emulator.hardware.board import Board, BoardPhase, BoardState, Halt
from emulator.hardware.events import (
    BootFinished,
    BootHalted,
    IosContinued,
    LoadBegan,
    PoweredOff,
    PoweredOn,
    ResetBegan,
    StageEntered,
)
from emulator.hardware.stages import StageName, boot_stages
from emulator.kernel.effects import Abandoned
from emulator.kernel.events import Event
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import Timekeeper

STAGES = [stage.name for stage in boot_stages()]
IMAGE, LINES = 10_000_000, 100
COLD = [3_000, 1_000, 4_200, 4_000, 8_000, 10_000, 1_500]
WARM = [1_000, *COLD[1:]]


class Notes:
    """A firmware that notes what it is told, and halts where it is asked to."""

    def __init__(self, halts_at: StageName | None = None) -> None:
        self.halts_at = halts_at
        self.left: list[str] = []
        self.on_leave: Callable[[str], None] = self.left.append

    def enter(self, stage: str) -> None:
        if stage == self.halts_at:
            raise Halt("bad magic", "x.bin")

    def leave(self, stage: str) -> None:
        self.on_leave(stage)

    def take_over(self) -> None:
        self.taken_over = True

    def image_bytes(self) -> int:
        return IMAGE

    def configuration_lines(self) -> int:
        return LINES


class Bench:
    def __init__(self, state: BoardState | None = None, now: int = 0, halts_at: StageName | None = None) -> None:
        self.clock = SimClock(now)
        self.events: list[Event] = []
        self.firmware = Notes(halts_at)
        keeper = Timekeeper(self.clock, self.events.append)
        self.board = Board("R1", state or BoardState(), self.clock, keeper, self.firmware, self.events.append)

    def stages(self) -> list[tuple[str, int]]:
        return [(event.stage, event.at) for event in self.events if isinstance(event, StageEntered)]

    def phase(self) -> BoardPhase:
        return self.board.state.phase


def starts(durations: list[int], begin: int = 0) -> list[tuple[str, int]]:
    return [(name, begin + sum(durations[:number])) for number, name in enumerate(STAGES)]


def test_stages_follow_each_other_with_their_durations() -> None:
    bench = Bench()
    bench.board.power_on()
    bench.clock.run_to(10**6)
    assert bench.stages() == starts(COLD)
    assert bench.firmware.left == STAGES
    assert bench.events[0] == PoweredOn(at=0, router="R1")
    assert bench.events[-1] == BootFinished(at=sum(COLD), router="R1")
    assert bench.phase() is BoardPhase.RUNNING


def test_after_a_reload_the_self_test_is_shorter() -> None:
    bench = Bench()
    bench.board.power_on()
    bench.clock.run_to(100_000)
    bench.events.clear()
    bench.board.reset()
    bench.clock.run_to(10**6)
    assert bench.events[0] == ResetBegan(at=100_000, router="R1")
    assert bench.stages() == starts(WARM, 100_000)


def test_a_board_that_has_power_is_not_powered_on_again() -> None:
    bench = Bench()
    bench.board.power_on()
    bench.clock.run_to(2_000)
    bench.board.power_on()
    bench.clock.run_to(10**6)
    assert bench.stages() == starts(COLD)


def test_a_board_without_power_cannot_lose_it() -> None:
    bench = Bench()
    bench.board.power_off()
    assert bench.events == []


@pytest.mark.parametrize("stage", STAGES)
def test_firmware_may_stop_at_any_stage(stage: StageName) -> None:
    bench = Bench(halts_at=stage)
    bench.board.power_on()
    bench.clock.run_to(10**6)
    reached = STAGES.index(stage)
    assert [name for name, _ in bench.stages()] == STAGES[:reached]
    assert bench.events[-1] == BootHalted(at=sum(COLD[:reached]), router="R1", reason="bad magic", file="x.bin")
    assert bench.phase() is BoardPhase.ROMMON


@pytest.mark.parametrize("stage", STAGES)
def test_a_boot_whose_power_fails_from_within_ends_there(stage: StageName) -> None:
    """Cut the power as when a block of flash is being written: the firmware cuts its own board off."""
    bench = Bench()

    def leave(name: str) -> None:
        if name == stage:
            bench.board.power_off()
            raise Abandoned

    bench.firmware.on_leave = leave
    bench.board.power_on()
    bench.clock.run_to(10**6)
    end = sum(COLD[: STAGES.index(stage) + 1])
    assert bench.events[-1] == PoweredOff(at=end, router="R1")
    assert bench.phase() is BoardPhase.OFF
    bench.firmware.on_leave = bench.firmware.left.append
    bench.board.power_on()
    bench.clock.run_to(2 * 10**6)
    assert bench.phase() is BoardPhase.RUNNING


def test_from_rommon_a_reset_starts_over() -> None:
    bench = Bench(halts_at=StageName("load"))
    bench.board.power_on()
    bench.clock.run_to(10_000)
    bench.firmware.halts_at = None
    bench.board.reset()
    bench.clock.run_to(10**6)
    assert bench.phase() is BoardPhase.RUNNING


@given(st.integers(0, sum(COLD) + 5), st.integers(0, 20_000))
def test_power_may_be_cut_at_any_instant(cut: int, off: int) -> None:
    bench = Bench()
    bench.board.power_on()
    bench.clock.run_to(cut)
    before = list(bench.events)
    bench.board.power_off()
    assert bench.events == [*before, PoweredOff(at=cut, router="R1")]
    bench.clock.run_to(cut + off)
    assert bench.phase() is BoardPhase.OFF
    assert len(bench.events) == len(before) + 1, "nothing happens without power"
    bench.events.clear()
    bench.board.power_on()
    bench.clock.run_to(10**6)
    assert bench.stages() == starts(COLD, cut + off)
    assert bench.phase() is BoardPhase.RUNNING


def test_power_cut_before_anything_could_happen() -> None:
    bench = Bench()
    bench.board.power_on()
    bench.board.power_off()
    bench.clock.run_to(10**6)
    assert bench.phase() is BoardPhase.OFF
    assert bench.stages() == []


@given(st.integers(0, sum(COLD) + 5))
def test_a_saved_board_goes_on_from_where_it_was(cut: int) -> None:
    bench = Bench()
    bench.board.power_on()
    bench.clock.run_to(cut)
    saved, before = bench.board.state, list(bench.events)
    copy = Bench(replace(saved), cut)
    bench.clock.run_to(10**6)
    copy.clock.run_to(10**6)
    assert before + copy.events == bench.events
    assert copy.board.state == bench.board.state


def test_a_board_saved_in_the_instant_of_power_on_goes_through_every_stage() -> None:
    bench = Bench(now=5_000)
    bench.board.power_on()
    saved = bench.board.state
    copy = Bench(replace(saved), 5_000)
    copy.clock.run_to(10**6)
    assert copy.stages() == starts(COLD, 5_000)


def test_from_rommon_an_image_is_loaded_without_the_stages_before() -> None:
    bench = Bench(halts_at=StageName("load"))
    bench.board.power_on()
    bench.clock.run_to(10_000)
    bench.firmware.halts_at = None
    bench.events.clear()
    bench.board.load()
    bench.clock.run_to(10**6)
    assert bench.events[0] == LoadBegan(at=10_000, router="R1")
    assert bench.stages() == [(name, at + 6_000) for name, at in starts(COLD)[2:]]
    assert bench.phase() is BoardPhase.RUNNING


@pytest.mark.parametrize("act", ["load", "go_on"])
def test_what_rommon_does_only_rommon_can(act: str) -> None:
    bench = Bench()
    bench.board.power_on()
    with pytest.raises(RuntimeError, match="R1 is not in ROMMON"):
        getattr(bench.board, act)()


@given(st.integers(0, sum(COLD) + 5))
def test_rommon_may_take_the_board_at_any_instant_and_nothing_goes_on_behind_it(instant: int) -> None:
    bench = Bench()
    bench.board.power_on()
    bench.clock.run_to(instant)
    bench.board.halt(Halt("break"))
    seen = len(bench.events)
    assert bench.events[-1] == BootHalted(at=instant, router="R1", reason="break", file="")
    bench.clock.run_to(10**6)
    assert len(bench.events) == seen
    assert bench.phase() is BoardPhase.ROMMON
    bench.board.reset()
    bench.clock.run_to(2 * 10**6)
    assert bench.phase() is BoardPhase.RUNNING


def test_a_running_board_goes_on_where_rommon_took_it() -> None:
    bench = Bench()
    bench.board.power_on()
    bench.clock.run_to(100_000)
    bench.board.halt(Halt("break"))
    bench.board.go_on()
    assert bench.events[-1] == IosContinued(at=100_000, router="R1")
    assert bench.phase() is BoardPhase.RUNNING
