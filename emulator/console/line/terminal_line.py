"""A terminal line of a router: the session there, what runs, and what the router does to it.

Its life is a table (`phases.py`), its session an `ExecState`; con, aux and vty differ by the data of `line_kind.py`.
What front ends do there goes through its `Terminal`. R: a message waits until the command that prints has paused; the
words for a line in messages.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

from emulator.console.line.boot_console import BootConsole, read_in_rommon
from emulator.console.line.command_runner import CommandRunner
from emulator.console.line.exec_state import DEFAULT_LENGTH, ExecState
from emulator.console.line.inputs import InputSink
from emulator.console.line.line_kind import LineKind
from emulator.console.line.line_place import LinePlace
from emulator.console.line.line_table import ESCAPE, Interpreter, LineTable
from emulator.console.line.phases import (
    NO_PROMPT,
    TRANSITIONS,
    Frame,
    LinePhase,
    Prompt,
    PromptKind,
    command_prompt,
    on_a_line,
    restored_phase,
)
from emulator.console.line.session_start import SessionStart
from emulator.console.line.terminal import Terminal
from emulator.console.line.timeouts import LineTimeouts
from emulator.console.modes import CONFIG, EXEC, MODES
from emulator.console.wording import wording
from emulator.hardware import events as hardware
from emulator.kernel.events import Event
from emulator.kernel.time import Duration, Instant
from emulator.router.boot import rommon
from emulator.router.device import Router
from emulator.router.events import Configured
from emulator.router.line_settings import starts_exec
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
        terminal: the terminal at the line, which takes what is typed and shows what is printed.
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
        self.router, self.kind, self.number, self.lines = router, kind, number, lines
        self.place = LinePlace(router, kind, number)
        self.exec = ExecState()
        self.terminal = Terminal(self, sink or InputSink())
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
        if self.place.misread:
            return NO_PROMPT
        if self.runner.running:
            return on_a_line(self.runner.prompt)
        match self._phase:
            case LinePhase.CLOSED if not self.kind.hangs_up:
                return Prompt("", PromptKind.RETURN)
            case LinePhase.OPEN:
                return command_prompt(self.router.hostname, self.exec.mode, self.exec.privilege)
            case LinePhase.ROMMON:
                return on_a_line(Prompt(rommon.prompt(self.router.monitor), PromptKind.COMMAND))
            case _:
                return NO_PROMPT

    @cached_property
    def interpreter(self) -> Interpreter:
        """Command line behind the line.

        Raises:
            RuntimeError: the line was made only for reading a configuration.
        """
        if self.new_interpreter is None:
            raise RuntimeError(f"nothing interprets what is typed at {self.name} of {self.router.name}")
        return self.new_interpreter()

    # --- what its terminal uses ---------------------------------------------------------------------------------

    def take(self, text: str) -> None:
        """Take a line that was typed and ended with RETURN, or a key; at another speed none arrives as it was (I)."""
        if self.place.misread:
            return
        if self.runner.running:
            self._answer(text)
            return
        match self._phase:
            case LinePhase.CLOSED if not self.kind.hangs_up and starts_exec(self.place.settings):
                self.greet()
            case LinePhase.OPEN | LinePhase.ROMMON:
                self.execute(text)
            case _:
                pass

    def _answer(self, text: str) -> None:
        """Answer what runs, or leave the connection at which another router is busy."""
        connection = self.exec.connections.foreground
        if text == ESCAPE and connection is not None and self.runner.question is None:
            connection.left = True
        else:
            self.runner.answer(text)

    def greet(self) -> None:
        """Begin a session: banners, and a log-in or a prompt."""
        self._start.greet()

    def touch(self) -> None:
        """Restart the idle time."""
        self._timeouts.since = self._clock.now

    def watch(self) -> None:
        """Tell the timekeeper when the line will time out; what is typed only makes that later, and needs no word."""
        kind = self._timeouts.KIND if self.kind.boots else f"{self._timeouts.KIND} {self.name}"
        self._timekeeper.enrol((self.router.name, kind), self._timeouts)

    @property
    def breakable(self) -> bool:
        """Tell whether something goes on that may be broken off."""
        return self.runner.running and not self.runner.guarded and self._phase in BREAKABLE

    def break_off(self) -> None:
        """Break off what goes on, if it may be broken off."""
        if not self.breakable:
            return
        last_words = self.runner.last_words
        self.runner.drop()
        self.write(last_words)
        if self._phase is LinePhase.ROMMON:
            self.write(wording("rommon.aborted", command=self._command))
        if self._phase is LinePhase.DIALOG and self._boot is not None:
            self._boot.abort_dialog()
        self.runner.release()

    # --- what commands use -------------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Print a text at the line."""
        self.terminal.show(text)

    def write_message(self, text: str) -> None:
        """Print what comes by itself, as a system message does."""
        self.terminal.show_message(text)

    def leave(self) -> None:
        """Leave a mode for the one above, as `exit` does, and the one whose place it took."""
        if self.exec.mode == CONFIG:
            self.leave_configuration()
        elif self.exec.mode != EXEC:
            left = self.exec.frames.pop()
            if MODES[left.mode].takes_over:
                self.exec.frames.pop()

    def leave_configuration(self) -> None:
        """Return to privileged EXEC, as `end` does, and report the change of the configuration."""
        self.exec.frames = [Frame(EXEC)]
        self.router.note_configured("console", self.who, self.exec.user)

    def admit(self, user: str, privilege: int) -> None:
        """Admit a user; the line opens as the log-in ends."""
        self._start.admit(user, privilege)

    def close_connections(self) -> None:
        """End the connections from here to other hosts, which have idled too long, and go on with the session."""
        connections = tuple(self.exec.connections)
        self.runner.drop()
        for connection in connections:
            connection.close()
            self.write(wording("connect.idle", host=connection.host))
        self.runner.release()

    def time_out(self) -> None:
        """End a session that lasted or idled too long."""
        self.runner.drop()
        if self.exec.mode != EXEC:
            self.leave_configuration()
        self.close()

    def hang_up(self) -> None:
        """End the session of a client that is gone; the screen and message settings of a script are reset."""
        self.exec.default_length, self.terminal.shows_messages = DEFAULT_LENGTH, True
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
            self.terminal.disconnect()

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
        if isinstance(event, Configured):
            self.watch()

    def log(self, message: str, stamped: str) -> bool:
        """Show a system message if the line is sent it; returns whether it is.

        Args:
            message: the message without its stamp, which has its severity.
            stamped: the line to show.
        """
        running = self.router.state.running
        sent = running is None or wanted(running.configuration, message, self.kind.messages)
        if not sent or not (self.exec.monitor if self.kind.hangs_up else self.terminal.shows_messages):
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
            self.touch()
            self.runner.release()
            if self._start.leaving:
                self.close()
        if self.exec.mode != EXEC or bool(self.exec.connections) != self._timeouts.connected:
            self.watch()

    # --- inside ------------------------------------------------------------------------------------------------

    def move(self, phase: LinePhase) -> None:
        """Move to a phase.

        Raises:
            RuntimeError: the phase cannot follow the present one.
        """
        if phase not in TRANSITIONS[self._phase]:
            raise RuntimeError(f"{self.name} of {self.router.name} cannot go from {self._phase} to {phase}")
        self._phase = phase
        self.watch()

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
