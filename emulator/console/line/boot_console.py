"""The part of con 0 beside a session: it shows the boot, stands in ROMMON, and asks the set-up dialog.

C: order and wording, from ISR G2 captures; R: the order of the first messages on this family. I: a break in a running
IOS ends the command that ran and keeps the session, to which `cont` comes back.
"""

from typing import Protocol

from emulator.console.line.command_runner import CommandRunner
from emulator.console.line.phases import LinePhase
from emulator.console.line.setup_dialog import EditableLine, abort, set_up
from emulator.console.render.system import boot
from emulator.console.wording import wording
from emulator.hardware import events as hardware
from emulator.kernel.events import Event
from emulator.router.boot import rommon
from emulator.router.device import Router


class BootableLine(EditableLine, Protocol):
    """A line as a boot uses it."""

    runner: CommandRunner

    @property
    def phase(self) -> LinePhase:
        """Phase of the line."""

    def move(self, phase: LinePhase, /) -> None:
        """Move to a phase."""

    def drop(self) -> None:
        """End the session, since its basis is gone."""

    def break_off(self) -> None:
        """Break off what goes on, if it may be broken off."""

    def write(self, text: str, /) -> None:
        """Print a text at the line."""


class BootConsole:
    """The part of con 0 that follows the board."""

    def __init__(self, line: BootableLine) -> None:
        self._line = line
        self._left_at: LinePhase | None = None
        """Where the line was when a break stopped IOS."""

    def resume(self) -> None:
        """Continue in a restored world: a dialog is asked once more."""
        if self._line.phase is LinePhase.DIALOG:
            self._line.runner.start(set_up(self._line))

    def hear(self, event: Event) -> None:
        """Follow the events of the board."""
        line = self._line
        match event:
            case hardware.PoweredOn():
                line.move(LinePhase.BOOTING)
            case hardware.PoweredOff():
                line.drop()
                line.move(LinePhase.DARK)
            case hardware.ResetBegan() | hardware.LoadBegan():
                line.drop()
                line.move(LinePhase.BOOTING)
            case hardware.BreakReceived() if line.phase is LinePhase.ROMMON:
                line.break_off()
            case hardware.BootHalted():
                self._stand_in_rommon(boot.halt_text(line.router, event))
            case hardware.IosContinued():
                self._come_back()
            case hardware.BootFinished():
                if line.router.running.dialog_answered:
                    self._await_return()
                else:
                    self._open_dialog()
            case _:
                line.write(boot.shown(line.router, event))

    def dialog_over(self) -> None:
        """Close the line after the end of the dialog."""
        self._line.router.running.dialog_answered = True
        self._await_return()

    def abort_dialog(self) -> None:
        """Leave the dialog; nothing was changed."""
        self._line.write(abort(self._line.router))
        self._await_return()

    def _await_return(self) -> None:
        self._line.write(wording("console.press_return"))
        self._line.move(LinePhase.CLOSED)
        self._line.runner.release()

    def _open_dialog(self) -> None:
        self._line.move(LinePhase.DIALOG)
        self._line.runner.start(set_up(self._line))

    def _stand_in_rommon(self, text: str) -> None:
        """A break in IOS keeps the session for `cont`; what ran is over."""
        line = self._line
        self._left_at = None if line.phase is LinePhase.BOOTING else line.phase
        line.runner.drop()
        line.write(text)
        line.move(LinePhase.ROMMON)

    def _come_back(self) -> None:
        """Return to where the break found the line; a world that was saved meanwhile has dropped it."""
        self._line.runner.drop()
        if not self._line.router.running.dialog_answered:
            self._open_dialog()
        else:
            self._line.move(self._left_at or LinePhase.CLOSED)


def read_in_rommon(router: Router, text: str) -> str:
    """Expand the variables and aliases of a line typed in ROMMON; it is kept in ROMMON's history."""
    if text.strip():
        rommon.note(router.monitor, text)
    return rommon.expanded(router.monitor, text)
