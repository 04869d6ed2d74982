"""Ways out of a running image and back: power, reload, crash, break, and ROMMON's `boot` and `cont`.

C: the reload reasons of power on, reload and a SIGTRAP exception. R: those of the other crashes and of a break, and
that a break in a running IOS stops it only where bit 8 of the register is clear. I: that an IOS which a break stopped
and `cont` lets go on has noticed nothing of the time between, so its clocks stood still; that one which was still
starting cannot go on; and that a crash saves no more than a power failure does. Left out: a `crashinfo` file.
"""

from typing import Protocol

from msgspec.structs import replace

from emulator.hardware.board import Board, BoardPhase, Halt, ResetCause
from emulator.hardware.events import BreakReceived, IosCrashed
from emulator.hardware.register import heeds_break
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.shifting import shift
from emulator.kernel.time import Duration
from emulator.router.boot.firmware import Firmware
from emulator.router.boot.image_search import BootFault
from emulator.router.clocks import WallTime
from emulator.router.context import RouterCore
from emulator.router.files.systems import RouterFiles
from emulator.router.licensing.activation import Activation
from emulator.router.link_state import Links
from emulator.router.state import RELOAD_COMMAND, BootRequest, ResetRecord, RommonState, Running
from emulator.sim.seeding import Dice

CRASHES = {
    ResetCause.SIGTRAP: "error - a SIGTRAP exception, PC 0x{pc:08X}",
    ResetCause.BUS_ERROR: "bus error at PC 0x{pc:08X}, address 0x{address:X}",
    ResetCause.FORCED_CRASH: "error - a Software forced crash, PC 0x{pc:08X}",
}
"""Wording of each crash in `show version` (C for the first, R for the others)."""

STOPPED = "abort at PC 0x{pc:08X}"
"""Wording of a reset after a break in `show version` (R)."""

CODE_BEGINS, CODE_WORDS = 0x80020000, 1 << 22
"""Location of the instructions of a loaded image: the entry point, and their number."""


class Enrollable(Protocol):
    """A timed part of a router."""

    def enrol(self) -> None:
        """Ask the timekeeper to watch for its next deadline."""


class Resettable(RouterCore, Protocol):
    """A router as its resets see it: what it runs can be stopped and started again."""

    activation: Activation

    @property
    def board(self) -> Board:
        """Board of the router."""

    @property
    def firmware(self) -> Firmware:
        """Firmware that starts an image on the board."""

    @property
    def running(self) -> Running:
        """Memory of the running IOS."""

    @property
    def monitor(self) -> RommonState:
        """Memory of ROMMON."""

    @property
    def files(self) -> RouterFiles:
        """File systems of the router."""

    @property
    def links(self) -> Links:
        """State of the interfaces."""

    @property
    def images(self) -> ImageCatalogue:
        """Images that can be run."""

    @property
    def tasks(self) -> Enrollable:
        """Deferred tasks of the running router."""

    def wall_time(self) -> WallTime:
        """Time of its calendar."""

    def draw(self, purpose: str, /) -> Dice:
        """Create a source of randomness for one purpose at this instant."""


class ResetControl:
    """The ways of one router to stop what it runs, and to start again."""

    __slots__ = ("_router",)

    def __init__(self, router: Resettable) -> None:
        self._router = router

    def power_off(self) -> None:
        """Cut the power: everything that was not saved is lost."""
        router = self._router
        if router.state.board.phase is BoardPhase.OFF:
            return
        self._leave_ios(orderly=False)
        router.state.reset = ResetRecord(ResetCause.POWER_ON)
        router.state.monitor = router.state.boot_request = None
        router.board.power_off()

    def reload(self, reason: str) -> None:
        """Restart IOS without losing power, for a reason that `show version` will tell."""
        own = "" if reason == RELOAD_COMMAND else reason
        self._reset(ResetRecord(ResetCause.RELOAD, reason=own), orderly=True)

    def crash(self, cause: ResetCause) -> None:
        """Crash IOS with an exception, which restarts it."""
        router, dice = self._router, self._router.draw("crash")
        pc, address = _instruction(dice), dice.randrange(1 << 16) if cause is ResetCause.BUS_ERROR else 0
        router.tell(IosCrashed, cause=cause, pc=pc, address=address)
        detail = CRASHES[cause].format(pc=pc, address=address)
        self._reset(ResetRecord(cause, None, detail, pc=pc, address=address), orderly=False)

    def reset_rommon(self) -> None:
        """Reset the board as ROMMON's `reset` does: its memory is cleared, and a stopped IOS is lost with it."""
        router, monitor = self._router, self._router.state.monitor
        if monitor is not None and monitor.stopped is not None:
            detail = STOPPED.format(pc=monitor.pc)
            router.state.reset = ResetRecord(ResetCause.USER_BREAK, None, detail, pc=monitor.pc)
        self._leave_ios(orderly=False)
        router.state.returns += 1
        router.state.monitor = None
        router.board.reset()

    def load(self, request: BootRequest | None) -> None:
        """Load an image as ROMMON's `boot` does; it replaces a stopped IOS."""
        self._leave_ios(orderly=False)
        self._router.state.boot_request = request
        self._router.board.load()

    def send_break(self) -> bool:
        """Send a break on the console line; returns whether it was heeded, now or once the board is up."""
        router = self._router
        board = router.state.board
        if board.phase is BoardPhase.OFF:
            return False
        router.tell(BreakReceived)
        match board.phase:
            case BoardPhase.BOOTING:
                return self._break_boot()
            case BoardPhase.RUNNING if heeds_break(router.state.config_register):
                self._stop_ios()
                return True
            case phase:
                return phase is BoardPhase.ROMMON

    def go_on(self) -> bool:
        """Continue a stopped IOS as ROMMON's `cont` does; returns False if there is none."""
        router, monitor = self._router, self._router.state.monitor
        if monitor is None or monitor.stopped is None:
            return False
        self._thaw(monitor)
        router.state.monitor = None
        router.links.follow()
        router.board.go_on()
        return True

    # --- inside ------------------------------------------------------------------------------------------------

    def _reset(self, record: ResetRecord, *, orderly: bool) -> None:
        router = self._router
        running = router.state.running
        if running is not None and running.calendar.is_set:
            record = replace(record, at=router.wall_time())
        self._leave_ios(orderly=orderly)
        router.state.reset = record
        router.state.returns += 1
        router.state.monitor = None
        router.board.reset()

    def _break_boot(self) -> bool:
        router = self._router
        if not router.firmware.heeds_break_now(router.state.board):
            return False
        if router.firmware.has_begun_to_load:
            self._leave_ios(orderly=False)
            router.board.halt(Halt(BootFault.BREAK))
        else:
            router.state.board.break_heard = True
        return True

    def _stop_ios(self) -> None:
        router, now = self._router, self._router.now
        router.files.halt()
        stopped, router.state.running = router.running, None
        router.activation.pause()
        monitor = router.monitor
        monitor.stopped, monitor.stopped_at, monitor.pc = stopped, now, _instruction(router.draw("break"))
        router.state.returns += 1
        router.tasks.enrol()
        router.board.halt(Halt(BootFault.BREAK_IN_IOS))

    def _thaw(self, monitor: RommonState) -> None:
        """Restore the stopped IOS, with all its instants later by the time that it stood still."""
        router = self._router
        assert monitor.stopped is not None
        running, monitor.stopped = monitor.stopped, None
        postpone(running, router.now - monitor.stopped_at)
        router.state.running = running
        router.activation.resume(router.images.get(running.image))
        router.tasks.enrol()

    def _leave_ios(self, *, orderly: bool) -> None:
        router, monitor = self._router, self._router.state.monitor
        if monitor is not None and monitor.stopped is not None:
            self._thaw(monitor)
        router.files.halt()
        if router.state.running is not None:
            router.activation.stop(orderly=orderly)
            router.state.running = None
            router.tasks.enrol()


def postpone(running: Running, pause: Duration) -> None:
    """Shift all instants that a running IOS stores by a pause in milliseconds; its calendar stood still as well."""
    shift(running, pause)
    running.calendar = replace(running.calendar, offset=running.calendar.offset - pause)


def _instruction(dice: Dice) -> int:
    """An address in the loaded image."""
    return CODE_BEGINS + 4 * dice.randrange(CODE_WORDS)
