"""The board: power, and the way from power on to a running IOS as a SimPy process over the table `boot.toml`.

What a stage *means* belongs to the firmware (the router); the board only walks, waits and can be cut off at any
instant. It records its stage and when that ends, so that a saved world goes on from there.
"""

from collections.abc import Callable, Generator
from enum import StrEnum
from typing import Any, Protocol

import msgspec
import simpy

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
from emulator.hardware.stages import BootStage, StageName, boot_stages, load_stage
from emulator.kernel.effects import Abandoned
from emulator.kernel.events import Event
from emulator.kernel.time import Duration, Instant
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import Timekeeper


class BoardPhase(StrEnum):
    OFF = "off"
    BOOTING = "booting"
    ROMMON = "rommon"
    RUNNING = "running"


class ResetCause(StrEnum):
    """The cause of a router's last reset."""

    POWER_ON = "power-on"
    RELOAD = "reload"
    SIGTRAP = "SIGTRAP exception"
    BUS_ERROR = "bus error"
    FORCED_CRASH = "Software forced crash"
    USER_BREAK = "user break"


class BoardState(msgspec.Struct):
    """The current activity of the board.

    Attributes:
        stage, stage_ends: while booting, the stage and the instant of its end (None: it has not begun).
        cause: the cause of this boot.
        began: the instant at which this boot began.
        break_heard: a break came before anything ran that could stop for it.
    """

    phase: BoardPhase = BoardPhase.OFF
    stage: int = 0
    stage_ends: Instant | None = None
    cause: ResetCause = ResetCause.POWER_ON
    began: Instant = 0
    break_heard: bool = False


class Halt(Exception):
    """The firmware cannot go on: the reason, and the file and its device where one is concerned."""

    def __init__(self, reason: str, file: str = "", device: str = "flash") -> None:
        super().__init__(reason, file, device)
        self.reason, self.file, self.device = reason, file, device


class BoardFirmware(Protocol):
    """The software that runs on the board."""

    def enter(self, stage: StageName) -> None:
        """Begin a stage.

        Raises:
            Halt: ROMMON must stop here.
        """

    def leave(self, stage: StageName) -> None:
        """End a stage.

        Raises:
            Halt: the stage failed.
        """

    def take_over(self) -> None:
        """Give ROMMON its memory, as it has control from now on."""

    def image_bytes(self) -> int:
        """Size of the image being started, in bytes."""

    def configuration_lines(self) -> int:
        """Number of lines of the startup configuration."""


class Board:
    """The board of one router, which walks through the boot stages."""

    def __init__(
        self,
        name: str,
        state: BoardState,
        clock: SimClock,
        timekeeper: Timekeeper,
        firmware: BoardFirmware,
        publish: Callable[[Event], None],
    ) -> None:
        self.state = state
        self._name, self._clock, self._timekeeper = name, clock, timekeeper
        self._firmware, self._publish = firmware, publish
        self._walk = 0
        if state.phase is BoardPhase.BOOTING:
            clock.process(self._boot(self._walk))

    def power_on(self) -> None:
        """Start from cold; without effect on a board that has power."""
        if self.state.phase is BoardPhase.OFF:
            self._tell(PoweredOn)
            self._start(ResetCause.POWER_ON)

    def power_off(self) -> None:
        """Cut the power, in any phase."""
        if self.state.phase is not BoardPhase.OFF:
            self._stop()
            self.state.phase = BoardPhase.OFF
            self._tell(PoweredOff)

    def reset(self) -> None:
        """Start again without losing power: `reload`, or `reset` in ROMMON."""
        self._stop()
        self._tell(ResetBegan)
        self._start(ResetCause.RELOAD)

    def load(self) -> None:
        """Continue from the stage that loads an image, without a reset: ROMMON's `boot`.

        Raises:
            RuntimeError: ROMMON is not in control.
        """
        if self.state.phase is not BoardPhase.ROMMON:
            raise RuntimeError(f"{self._name} is not in ROMMON")
        self._tell(LoadBegan)
        self.state.began = self._clock.now
        self._walk_from(load_stage())

    def halt(self, halt: Halt) -> None:
        """Give the board to ROMMON, whatever is going on."""
        self._stop()
        self.state.phase = BoardPhase.ROMMON
        self._firmware.take_over()
        self._tell(BootHalted, reason=halt.reason, file=halt.file, device=halt.device)

    def go_on(self) -> None:
        """Give the board back to IOS, as it was stopped: ROMMON's `cont`.

        Raises:
            RuntimeError: ROMMON is not in control.
        """
        if self.state.phase is not BoardPhase.ROMMON:
            raise RuntimeError(f"{self._name} is not in ROMMON")
        self.state.phase = BoardPhase.RUNNING
        self._tell(IosContinued)

    def _tell(self, kind: type[Event], **facts: Any) -> None:
        self._publish(kind(at=self._clock.now, router=self._name, **facts))

    def _start(self, cause: ResetCause) -> None:
        self.state.cause, self.state.began, self.state.break_heard = cause, self._clock.now, False
        self._walk_from(0)

    def _walk_from(self, stage: int) -> None:
        self.state.phase = BoardPhase.BOOTING
        self.state.stage, self.state.stage_ends = stage, None
        self._clock.process(self._boot(self._walk))

    def _stop(self) -> None:
        """End a walk that is under way: at its next step it finds that it is no longer the board's."""
        self._walk += 1

    def _boot(self, walk: int) -> Generator[simpy.Event, Any, None]:
        stages, state = boot_stages(), self.state
        while walk == self._walk and state.stage < len(stages):
            stage = stages[state.stage]
            try:
                if state.stage_ends is None:
                    self._firmware.enter(stage.name)
                    state.stage_ends = self._clock.now + self._duration(stage)
                    self._tell(StageEntered, stage=stage.name)
                yield self._timekeeper.until((self._name, "boot"), state.stage_ends)
                if walk != self._walk:
                    return
                self._firmware.leave(stage.name)
            except Halt as halt:
                self.halt(halt)
                return
            except Abandoned:
                return
            state.stage, state.stage_ends = state.stage + 1, None
        if walk != self._walk:
            return
        state.phase = BoardPhase.RUNNING
        self._tell(BootFinished)

    def _duration(self, stage: BootStage) -> Duration:
        fixed = stage.fixed
        if stage.after_reload is not None and self.state.cause is ResetCause.RELOAD:
            fixed = stage.after_reload
        duration = fixed
        if stage.per_image_megabyte:
            duration += stage.per_image_megabyte * self._firmware.image_bytes() // 1_000_000
        if stage.per_configuration_line:
            duration += stage.per_configuration_line * self._firmware.configuration_lines()
        return duration
