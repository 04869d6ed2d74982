"""A terminal line: where a router and a person, a program or a scenario meet.

It takes lines and keys and gives text; a terminal, an SSH session, a scenario and a test differ only in how they carry
that. Its life is a table (`phases.py`), its session an `ExecState`; con, aux and vty differ by the data of
`line_kind.py`. R: a message waits until the command that prints has paused; the words for a line in messages.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

from emulator.console.line.boot_console import BootConsole, read_in_rommon
from emulator.console.line.command_runner import CommandRunner
from emulator.console.line.exec_state import DEFAULT_LENGTH, ExecState
from emulator.console.line.inputs import (
    ClientGone,
    ClientServed,
    InputSink,
    KeyPressed,
    LineAttended,
    LinePrepared,
    LineSized,
    LineTyped,
)
from emulator.console.line.line_kind import LineKind
from emulator.console.line.line_place import LinePlace
from emulator.console.line.line_table import Interpreter, LineTable
from emulator.console.line.phases import TRANSITIONS, Frame, LinePhase, Prompt, PromptKind, restored_phase
from emulator.console.line.session_start import SessionStart
from emulator.console.line.timeouts import LineTimeouts
from emulator.console.modes import CONFIG, EXEC, PRIVILEGED, prompt
from emulator.console.wording import wording
from emulator.hardware import events as hardware
from emulator.kernel.events import Event
from emulator.kernel.time import Duration, Instant
from emulator.router.boot import rommon
from emulator.router.device import Router
from emulator.router.syslog import wanted
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import Timekeeper

BREAKABLE = frozenset({LinePhase.DIALOG, LinePhase.OPEN, LinePhase.ROMMON})
"""Phases in which Ctrl-C breaks something off."""

LOST_WITH = (hardware.PoweredOff, hardware.ResetBegan, hardware.LoadBegan, hardware.BootHalted)
"""Events that end the connection at a virtual terminal line."""


class TerminalLine:
    """A terminal line of a router.

    Attributes:
        exec: the session at the line.
        output: takes the text; text printed while nothing is attached is lost, as on the wire.
        on_hang_up: called once when the router ends a connection (vty only).
        attended: a terminal is there; only then an idle line times out.
        shows_messages: system messages appear; a script that wants a command's output alone turns them off.
        new_interpreter: makes the command line behind the line when something is first typed; None at a line that was
            made for reading a configuration.
        runner: the command or dialog that runs there.
        place: its kind, number and client, and its settings.
    """

    def __init__(
        self,
        router: Router,
        clock: SimClock,
        timekeeper: Timekeeper,
        lines: LineTable,
        kind: LineKind,
        number: int = 0,
        sink: InputSink | None = None,
    ) -> None:
        self._sink = sink or InputSink()
        self.router, self.kind, self.number, self.lines = router, kind, number, lines
        self.place = LinePlace(router, kind, number)
        self.exec = ExecState()
        self.output: Callable[[str], object] | None = None
        self.on_hang_up: Callable[[], object] = lambda: None
        self.attended = False
        self.shows_messages = True
        self.new_interpreter: Callable[[], Interpreter] | None = None
        self._clock, self._timekeeper = clock, timekeeper
        self._timeouts = LineTimeouts(self)
        self._command = ""
        """First word of the line that runs."""
        self.runner = CommandRunner(clock, timekeeper, (router.name, "console" if kind.boots else self.name), self)
        self._start = SessionStart(self)
        self._phase = restored_phase(router.state) if kind.boots else LinePhase.CLOSED
        self._boot = BootConsole(self) if kind.boots else None
        if self._boot is not None:
            self._boot.resume()

    # --- what it is --------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Name: `con 0`, `vty 3`."""
        return self.place.name

    @property
    def synchronous(self) -> bool:
        """Tell whether `logging synchronous` is set: a message is followed by the prompt and the text typed so far."""
        return self.router.state.running is not None and self.place.settings.has("logging synchronous")

    @property
    def who(self) -> str:
        """Name that messages give the user: `console`, `cisco on console`, `cisco on vty0 (192.0.2.1)` (C)."""
        return self.place.who(self.exec.user)

    @property
    def phase(self) -> LinePhase:
        """Phase of the line."""
        return self._phase

    @property
    def now(self) -> Instant:
        """Current instant, in milliseconds."""
        return self._clock.now

    @property
    def idle(self) -> Duration:
        """Time since the last input, in milliseconds."""
        return self._clock.now - self._timeouts.since

    @property
    def history(self) -> Sequence[str]:
        """Lines typed before, oldest first."""
        return self.router.monitor.history if self._phase is LinePhase.ROMMON else self.exec.typed

    @property
    def busy(self) -> bool:
        """Tell whether an activity goes on that will end by itself: a boot, or a command that asks nothing."""
        if self.runner.running:
            return self.runner.question is None
        return self._phase is LinePhase.BOOTING

    @property
    def in_session(self) -> bool:
        """Tell whether a session is open there, or a log-in goes on."""
        return self._phase in {LinePhase.OPEN, LinePhase.LOGIN}

    @property
    def is_free(self) -> bool:
        """Tell whether the line waits for the next session."""
        return self._phase is LinePhase.CLOSED

    @property
    def prompt(self) -> Prompt:
        """Prompt that is shown now, and the kind of input that is expected."""
        if self.runner.running:
            return self.runner.prompt
        match self._phase:
            case LinePhase.CLOSED if not self.kind.hangs_up:
                return Prompt("", PromptKind.RETURN)
            case LinePhase.OPEN:
                shown = prompt(self.router.hostname, self.exec.mode, self.exec.privilege)
                return Prompt(shown, PromptKind.COMMAND)
            case LinePhase.ROMMON:
                return Prompt(rommon.prompt(self.router.monitor), PromptKind.COMMAND)
            case _:
                return Prompt("", PromptKind.NONE)

    # --- what the front ends use -------------------------------------------------------------------------------

    @cached_property
    def interpreter(self) -> Interpreter:
        """Command line behind the line.

        Raises:
            RuntimeError: the line was made only for reading a configuration.
        """
        if self.new_interpreter is None:
            raise RuntimeError(f"nothing interprets what is typed at {self.name} of {self.router.name}")
        return self.new_interpreter()

    def begin(self, output: Callable[[str], object], on_hang_up: Callable[[], object]) -> None:
        """Connect a client to a virtual terminal line that was opened for it: banners, and a log-in or a prompt.

        Args:
            output: takes the text that is printed, line feeds as line ends.
            on_hang_up: called once when the router ends the connection, for whatever reason.
        """
        with self._sink.taking(ClientServed(self.router.name, self.name)):
            self.output, self.on_hang_up = output, on_hang_up
            self._attend(there=True)
            self._start.greet()
            self._watch()

    def submit(self, text: str) -> None:
        """Take a line that was typed and ended with RETURN, or a key; it takes effect as the clock is stepped."""
        with self._sink.taking(LineTyped(self.router.name, self.name, text)):
            self.touch()
            self._submit(text)

    def _submit(self, text: str) -> None:
        if self.runner.running:
            self.runner.answer(text)
            return
        match self._phase:
            case LinePhase.CLOSED if not self.kind.hangs_up:
                self._start.greet()
            case LinePhase.OPEN | LinePhase.ROMMON:
                self.execute(text)
            case _:
                pass

    def help(self, text: str) -> str:
        """Return the help for `?` typed after a text."""
        return self.interpreter.help(text)

    def complete(self, text: str) -> str:
        """Complete a text as Tab does."""
        return self.interpreter.complete(text)

    def attend(self, *, there: bool) -> None:
        """Note that a terminal is attached or gone: only with one attached does an idle line time out."""
        with self._sink.taking(LineAttended(self.router.name, there)):
            self._attend(there=there)

    def _attend(self, *, there: bool) -> None:
        self.attended = there
        self.touch()
        self._watch()

    def resize(self, rows: int, columns: int) -> None:
        """Set the size of the client's window; with 0 rows output never stops at `--More--`."""
        with self._sink.taking(LineSized(self.router.name, self.name, rows, columns)):
            self.exec.length, self.exec.width = rows, columns

    def touch(self) -> None:
        """Restart the idle time."""
        self._timeouts.since = self._clock.now

    def prepare(self, *, messages: bool) -> None:
        """Make the line ready for a script: no screen, with messages or without, open at privilege 15 if it is closed.

        A line that asks something stays as it is.
        """
        privileged = self.prompt.kind is PromptKind.RETURN
        with self._sink.taking(LinePrepared(self.router.name, messages, privileged)):
            self.exec.default_length, self.shows_messages = 0, messages
            if privileged:
                self.move(LinePhase.OPEN)
                self.exec.privilege = PRIVILEGED
            self.exec.length = 0

    def interrupt(self) -> None:
        """Break off what is going on, as Ctrl-C or the escape character does."""
        if not self.runner.running or self.runner.guarded or self._phase not in BREAKABLE:
            return
        with self._sink.taking(KeyPressed(self.router.name, self.name, "Ctrl-C")):
            self.runner.drop()
            if self._phase is LinePhase.ROMMON:
                self.write(wording("rommon.aborted", command=self._command))
            if self._phase is LinePhase.DIALOG and self._boot is not None:
                self._boot.abort_dialog()
            self.runner.release()

    def end_configuration(self) -> None:
        """Leave the configuration modes, as Ctrl-Z does."""
        if self._phase is LinePhase.OPEN and not self.runner.running and self.exec.mode != EXEC:
            with self._sink.taking(KeyPressed(self.router.name, self.name, "Ctrl-Z")):
                self.leave_configuration()

    def send_break(self) -> bool:
        """Pass a break on to the router; returns whether it was heeded. A virtual line ignores it."""
        if self.kind.hangs_up:
            return False
        with self._sink.taking(KeyPressed(self.router.name, self.name, "break")):
            return self.router.reset_control.send_break()

    def client_gone(self) -> None:
        """Free the line: its client is gone, whatever went on there."""
        with self._sink.taking(ClientGone(self.router.name, self.name)):
            self.hang_up()

    # --- what commands use -------------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Print."""
        if text:
            self._sink.printed(f"{self.router.name} {self.name}", text)
            if self.output is not None:
                self.output(text)

    def leave(self) -> None:
        """Leave a mode for the one above, as `exit` does."""
        if self.exec.mode == CONFIG:
            self.leave_configuration()
        elif self.exec.mode != EXEC:
            self.exec.frames.pop()

    def leave_configuration(self) -> None:
        """Return to privileged EXEC, as `end` does, and report the change of the configuration."""
        self.exec.frames = [Frame(EXEC)]
        self.router.note_configured("console", self.who, self.exec.user)

    def admit(self, user: str, privilege: int) -> None:
        """Admit a user; the line opens as the log-in ends."""
        self._start.admit(user, privilege)

    def time_out(self) -> None:
        """End a session that lasted or idled too long."""
        self.runner.drop()
        if self.exec.mode != EXEC:
            self.leave_configuration()
        self.close()

    def hang_up(self) -> None:
        """End the session of a client that is gone; the screen and message settings of a script are reset."""
        self.exec.default_length, self.shows_messages = DEFAULT_LENGTH, True
        self.clear()

    def clear(self) -> None:
        """End the session, if there is one, as `clear line` at another line does."""
        if self.in_session:
            self.time_out()
        self.exec.reset()
        self._disconnect()

    def close(self) -> None:
        """End the session at EXEC, as `exit` does: the line is free for the next."""
        if not self.kind.hangs_up:
            self.write(wording("console.closed", hostname=self.router.hostname))
        self.exec.reset()
        self.move(LinePhase.CLOSED)
        self._disconnect()

    def _disconnect(self) -> None:
        """End the connection of a virtual terminal line."""
        if self.kind.hangs_up:
            self.lines.released(self)
            self.output, self.attended = None, False
            told, self.on_hang_up = self.on_hang_up, lambda: None
            told()

    # --- what the router does ----------------------------------------------------------------------------------

    def hear(self, event: Event) -> None:
        """Follow the events of the router."""
        if self._boot is not None:
            self._boot.hear(event)
        elif isinstance(event, LOST_WITH):
            self.drop()
            if self._phase is not LinePhase.CLOSED:
                self.move(LinePhase.CLOSED)
            self._disconnect()

    def log(self, message: str, stamped: str) -> bool:
        """Show a system message if the line is sent it; returns whether it is.

        Args:
            message: the message without its stamp, which has its severity.
            stamped: the line to show.
        """
        running = self.router.state.running
        sent = running is None or wanted(running.configuration, message, self.kind.messages)
        if not sent or not (self.exec.monitor if self.kind.hangs_up else self.shows_messages):
            return False
        self.notify(stamped + "\n")
        return True

    def notify(self, text: str) -> None:
        """Print a text at once if possible, else when the command pauses."""
        self.runner.notify(text)

    def finished(self) -> None:
        """Continue after a command has ended."""
        if self._phase is LinePhase.DIALOG and self._boot is not None:
            self._boot.dialog_over()
        elif self._phase is LinePhase.LOGIN:
            (self._start.come_in if self._start.admitted else self.close)()
        elif self._phase is LinePhase.OPEN:
            self.runner.release()
            if self._start.leaving:
                self.close()
        self._watch()

    # --- inside ------------------------------------------------------------------------------------------------

    def move(self, phase: LinePhase) -> None:
        """Move to a phase.

        Raises:
            RuntimeError: the phase cannot follow the present one.
        """
        if phase not in TRANSITIONS[self._phase]:
            raise RuntimeError(f"{self.name} of {self.router.name} cannot go from {self._phase} to {phase}")
        self._phase = phase
        self._watch()

    def _watch(self) -> None:
        kind = self._timeouts.KIND if self.kind.boots else f"{self._timeouts.KIND} {self.name}"
        self._timekeeper.enrol((self.router.name, kind), self._timeouts)

    def execute(self, text: str) -> None:
        """Execute a line of EXEC, of a configuration mode or of ROMMON."""
        if self._phase is LinePhase.ROMMON:
            text = read_in_rommon(self.router, text)
        else:
            self.exec.keep(text)
        self._command = text.partition(" ")[0]
        handler = self.interpreter.interpret(text)
        if handler is not None:
            self.runner.start(handler)
        else:
            self.runner.release()

    def drop(self) -> None:
        """End the session, since its basis is gone."""
        self.runner.drop()
        if self._phase is LinePhase.OPEN:
            self.runner.release()
        self.runner.forget()
        self.exec.reset()
