"""The terminal at a line: everything that a person, a program or a scenario does there.

A terminal, an SSH session, a scenario and a test differ only in how they carry lines, keys and text. All that is done
here enters the world as an input, noted before it takes effect. R: Ctrl-C at a prompt leaves configuration. I: control
characters in a file, a banner or a name are shown as IOS echoes them when typed (`^[`), to every client and in every
record alike; of its own IOS sends none but CR, LF, BS and BEL.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec.structs import replace

from emulator.console.line.command_runner import CommandRunner
from emulator.console.line.connections import RemoteLine
from emulator.console.line.exec_state import ExecState
from emulator.console.line.inputs import (
    ClientGone,
    ClientServed,
    InputSink,
    KeyPressed,
    LineAttended,
    LinePrepared,
    LineSized,
    LineTyped,
    ScreenTaken,
)
from emulator.console.line.line_kind import LineKind
from emulator.console.line.line_place import LinePlace
from emulator.console.line.line_table import Interpreter
from emulator.console.line.phases import AT_COMMANDS, LinePhase, Prompt, PromptKind
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.hardware.serial_line import received
from emulator.kernel.errors import as_on_a_line
from emulator.router.device import Router

SHOW = ("sh", "sho", "show")
"""Forms of `show`, of which no other command of EXEC begins."""

WRITING = ("r", "a", "t")
"""Beginnings of the output modifiers that write a file: `redirect`, `append`, `tee`."""


class ServedLine(Protocol):
    """A line as its terminal uses it."""

    router: Router
    kind: LineKind
    exec: ExecState
    runner: CommandRunner
    place: LinePlace

    @property
    def name(self) -> str:
        """Name: `con 0`, `vty 3`."""

    @property
    def phase(self) -> LinePhase:
        """Phase of the line."""

    @property
    def prompt(self) -> Prompt:
        """Prompt that is shown now."""

    @property
    def busy(self) -> bool:
        """Tell whether an activity goes on that will end by itself."""

    @property
    def breakable(self) -> bool:
        """Tell whether something goes on that may be broken off."""

    @property
    def history(self) -> Sequence[str]:
        """Lines typed before, oldest first."""

    @property
    def interpreter(self) -> Interpreter:
        """Command line behind the line."""

    def take(self, text: str, /) -> None:
        """Take a typed line, or a key."""

    def greet(self) -> None:
        """Begin a session."""

    def touch(self) -> None:
        """Restart the idle time."""

    def watch(self) -> None:
        """Tell the timekeeper when the line will time out."""

    def break_off(self) -> None:
        """Break off what goes on."""

    def move(self, phase: LinePhase, /) -> None:
        """Move to a phase."""

    def leave_configuration(self) -> None:
        """Return to privileged EXEC."""

    def hang_up(self) -> None:
        """End the session of a client that is gone."""


class Terminal:
    """The terminal at one line, an `InteractiveLine`.

    Attributes:
        output: takes the text; text printed while there is none is lost, as on the wire.
        messages: takes the system messages, which come by themselves; None where they are output like all other text.
        attended: a terminal is there; only then an idle line times out.
        shows_messages: system messages appear; a script that wants a command's output alone turns them off.
    """

    def __init__(self, line: ServedLine, sink: InputSink) -> None:
        """Stand before a line.

        Args:
            line: the line.
            sink: told of every input before it takes effect, and of all that is printed.
        """
        self._line, self._sink = line, sink
        self._router, self._name = line.router.name, line.name
        self._source = f"{self._router} {self._name}"
        self.output: Callable[[str], object] | None = None
        self.messages: Callable[[str], object] | None = None
        self.attended = False
        self.shows_messages = True
        self._on_hang_up: Callable[[], object] | None = None

    # --- what is seen ------------------------------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        """Tell whether the text that is printed goes somewhere."""
        return self.output is not None

    @property
    def prompt(self) -> Prompt:
        """Prompt that is shown now, and the kind of input that is expected."""
        prompt, remote = self._line.prompt, self._remote
        if remote is not None and prompt.kind is PromptKind.QUESTION and remote.prompt.kind is PromptKind.COMMAND:
            return replace(prompt, kind=PromptKind.COMMAND)
        return prompt

    @property
    def remote(self) -> bool:
        """Tell whether what is typed goes to another router, from which Ctrl-^ x comes back."""
        return self._remote is not None

    @property
    def busy(self) -> bool:
        """Tell whether an activity goes on that ends by itself: a boot, or a command that asks nothing."""
        return self._line.busy

    @property
    def deaf(self) -> bool:
        """Tell whether typed text is lost now: the router boots, or the terminal has another speed than the console."""
        return self._line.phase is LinePhase.BOOTING or bool(self._line.place.misread)

    @property
    def logging_in(self) -> bool:
        """Tell whether a name or a password is asked for."""
        return self._line.phase is LinePhase.LOGIN

    @property
    def configuring(self) -> bool:
        """Tell whether the line is in a mode that Ctrl-Z leaves."""
        if self._remote is not None:
            return self._remote.configuring
        return self._line.phase is LinePhase.OPEN and self._line.exec.mode != EXEC

    @property
    def synchronous(self) -> bool:
        """Tell whether `logging synchronous` is set: a message is followed by the prompt and the text typed so far."""
        line = self._line
        return line.router.state.running is not None and line.place.settings.has("logging synchronous")

    @property
    def rows(self) -> int:
        """Lines of the screen; 0 where output never stops. ROMMON stops nowhere."""
        return 0 if self._line.phase is LinePhase.ROMMON else self._line.exec.length

    @property
    def columns(self) -> int:
        """Columns of the screen; 0 where a line has no bound."""
        return self._line.exec.width

    @property
    def history(self) -> Sequence[str]:
        """Lines typed before, oldest first."""
        return self._line.history if self._remote is None else self._remote.history

    # --- what is typed -----------------------------------------------------------------------------------------

    def submit(self, text: str) -> None:
        """Take a line that was typed and ended with RETURN, or a key; it takes effect as the clock is stepped."""
        with self._sink.taking(LineTyped(self._router, self._name, text, self._is_look(text))):
            self._line.touch()
            self._line.take(text)

    def _is_look(self, text: str) -> bool:
        """Tell whether a line is a `show` command whose output goes to the terminal, or empty."""
        if self._line.runner.running or self._line.phase not in AT_COMMANDS:
            return False
        command, piped, modifier = text.partition("|")
        words = command.lower().split()
        if words[:1] == ["do"]:
            words = words[1:]
        elif words and self.configuring:
            return False
        return not words or (words[0] in SHOW and not (piped and modifier.strip().lower().startswith(WRITING)))

    def help(self, text: str) -> str:
        """Return the help for `?` typed after a text, with a blank line before the prompt that comes again (R)."""
        if self._line.place.misread:
            return ""
        if self._remote is not None:
            return self._remote.help(text)
        listed = self._line.interpreter.help(text)
        return listed if self._line.phase is LinePhase.ROMMON else f"{listed}\n"

    def complete(self, text: str) -> str:
        """Complete a text as Tab does."""
        return (self._remote or self._line.interpreter).complete(text)

    def interrupt(self) -> None:
        """Break off what goes on or is asked; at a prompt, leave configuration, as Ctrl-C does."""
        if self._line.place.misread:
            return
        connection = self._line.exec.connections.foreground
        if connection is not None:
            with self._sink.taking(KeyPressed(self._router, self._name, "Ctrl-C")):
                connection.line.interrupt()
                connection.refresh()
        elif self._line.breakable:
            with self._sink.taking(KeyPressed(self._router, self._name, "Ctrl-C")):
                self._line.break_off()
        else:
            self.end_configuration()

    def end_configuration(self) -> None:
        """Leave the configuration modes, as Ctrl-Z does."""
        connection = self._line.exec.connections.foreground
        if connection is not None:
            with self._sink.taking(KeyPressed(self._router, self._name, "Ctrl-Z")):
                connection.line.end_configuration()
                connection.refresh()
        elif self.configuring and not self._line.runner.running:
            with self._sink.taking(KeyPressed(self._router, self._name, "Ctrl-Z")):
                self._line.leave_configuration()

    def send_break(self) -> bool:
        """Pass a break on to the router; returns whether it was heeded. A virtual line ignores it."""
        if self._line.kind.hangs_up:
            return False
        with self._sink.taking(KeyPressed(self._router, self._name, "break")):
            return self._line.router.reset_control.send_break()

    # --- the client --------------------------------------------------------------------------------------------

    def begin(
        self,
        output: Callable[[str], object],
        on_hang_up: Callable[[], object],
        messages: Callable[[str], object] | None = None,
    ) -> None:
        """Connect a client to a virtual terminal line that was opened for it: banners, and a log-in or a prompt.

        Args:
            output: takes the text that is printed, line feeds as line ends.
            on_hang_up: called once when the router ends the connection, for whatever reason.
            messages: takes the system messages; None: they are output like all other text.
        """
        with self._sink.taking(ClientServed(self._router, self._name)):
            self.output, self.messages, self._on_hang_up = output, messages, on_hang_up
            self._attend(there=True)
            self._line.greet()
            self._line.watch()

    def attend(self, *, there: bool) -> None:
        """Note that a terminal is attached to con 0 or gone: only with one attached does an idle line time out."""
        with self._sink.taking(LineAttended(self._router, there)):
            self._attend(there=there)

    def resize(self, rows: int, columns: int) -> None:
        """Set the size of the client's window; with 0 rows output never stops at `--More--`."""
        with self._sink.taking(LineSized(self._router, self._name, rows, columns)):
            self._line.exec.length, self._line.exec.width = rows, columns

    def take_screen(self) -> None:
        """Go on without a screen, as a paper terminal: output never stops at `--More--`."""
        line = self._line
        if line.exec.default_length or line.exec.length:
            with self._sink.taking(ScreenTaken(self._router, self._name)):
                line.exec.default_length = line.exec.length = 0

    def prepare(self, *, messages: bool) -> None:
        """Make con 0 ready for a script: no screen, with messages or without, open at privilege 15 if it is closed.

        A line that asks something stays as it is.
        """
        line = self._line
        privileged = self.prompt.kind is PromptKind.RETURN
        with self._sink.taking(LinePrepared(self._router, messages, privileged)):
            line.exec.default_length, self.shows_messages = 0, messages
            if privileged:
                line.move(LinePhase.OPEN)
                line.exec.privilege = PRIVILEGED
            line.exec.length = 0

    def client_gone(self) -> None:
        """Free the line: its client is gone, whatever went on there."""
        with self._sink.taking(ClientGone(self._router, self._name)):
            self._line.hang_up()

    # --- what the line does ------------------------------------------------------------------------------------

    def show(self, text: str) -> None:
        """Show a text that the line prints; a terminal of another speed shows other characters."""
        self._print(text, self.output)

    def show_message(self, text: str) -> None:
        """Show a system message, or what else comes by itself."""
        self._print(text, self.messages or self.output)

    def disconnect(self) -> None:
        """End the connection of the client, which is told once."""
        self.output, self.messages, self.attended = None, None, False
        told, self._on_hang_up = self._on_hang_up, None
        if told is not None:
            told()

    # --- inside ------------------------------------------------------------------------------------------------

    @property
    def _remote(self) -> RemoteLine | None:
        """Line of the other router that is typed at."""
        connection = self._line.exec.connections.foreground
        return connection.line if connection is not None else None

    def _print(self, text: str, output: Callable[[str], object] | None) -> None:
        if text:
            text = as_on_a_line(text)
            if self._line.place.misread:
                text = received(text, self._line.place.speed, self._line.router.state.terminal_speed)
            self._sink.printed(self._source, text)
            if output is not None:
                output(text)

    def _attend(self, *, there: bool) -> None:
        self.attended = there
        self._line.touch()
        self._line.watch()
