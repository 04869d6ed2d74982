"""The console line, con 0: the place where a router and whoever sits before it meet.

It takes lines and keys and gives text; a terminal, an SSH session, a scenario and a test differ only in how they carry
that. Its life is a table: dark without power, busy while the router boots, a question when there is no configuration,
closed until RETURN, open at a prompt, or ROMMON's. Order and wording of the console's life: C from ISR G2 captures,
R for the order of the first messages on this family.
"""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from emulator.console.modes import CONFIG, EXEC, MODES, ROMMON, USER, prompt
from emulator.console.render import boot
from emulator.console.render.debug import debug_line
from emulator.console.render.messages import stamped
from emulator.console.wording import wording
from emulator.hardware.board import BoardPhase
from emulator.hardware.events import BootFinished, BootHalted, PoweredOff, PoweredOn, ResetBegan, StageEntered
from emulator.kernel.effects import Ask, AskKey, Handler, Say
from emulator.kernel.events import Event
from emulator.router.device import Router
from emulator.router.events import ConfigurationLineRejected
from emulator.router.messages import message_of
from emulator.sim.clock import SimClock
from emulator.sim.performer import Performance
from emulator.sim.timekeeper import Timekeeper

DEFAULT_LENGTH = 24


class LinePhase(StrEnum):
    DARK = "dark"
    BOOTING = "booting"
    DIALOG = "dialog"
    CLOSED = "closed"
    OPEN = "open"
    ROMMON = "rommon"


TRANSITIONS: dict[LinePhase, frozenset[LinePhase]] = {
    LinePhase.DARK: frozenset({LinePhase.BOOTING}),
    LinePhase.BOOTING: frozenset(
        {LinePhase.DIALOG, LinePhase.CLOSED, LinePhase.ROMMON, LinePhase.DARK, LinePhase.BOOTING}
    ),
    LinePhase.DIALOG: frozenset({LinePhase.CLOSED, LinePhase.DARK, LinePhase.BOOTING}),
    LinePhase.CLOSED: frozenset({LinePhase.OPEN, LinePhase.DARK, LinePhase.BOOTING}),
    LinePhase.OPEN: frozenset({LinePhase.CLOSED, LinePhase.DARK, LinePhase.BOOTING}),
    LinePhase.ROMMON: frozenset({LinePhase.DARK, LinePhase.BOOTING}),
}
"""Where each phase may lead; anything else is a mistake in the program."""


class PromptKind(StrEnum):
    NONE = "none"
    """Nothing can be typed: no power, or something is going on."""
    RETURN = "return"
    """Only RETURN does something."""
    COMMAND = "command"
    QUESTION = "question"
    KEY = "key"


class Prompt(msgspec.Struct, frozen=True):
    """What stands before the cursor, and what is expected there."""

    text: str
    kind: PromptKind
    hidden: bool = False
    erase: bool = False
    """It vanishes from the screen once answered, as `--More--` does."""


class Frame(msgspec.Struct, frozen=True):
    """One mode that was entered, and the section of the configuration that it edits."""

    mode: str
    section: str = ""


class ConsoleLine:
    """Con 0 of one router. `interpret` turns a typed line into a handler: the session's part, given by the world."""

    def __init__(self, router: Router, clock: SimClock, timekeeper: Timekeeper) -> None:
        self.router = router
        self._clock, self._timekeeper = clock, timekeeper
        self.interpret: Callable[[str], Handler | None] = lambda _: None
        self.output: Callable[[str], object] | None = None
        """Where the text goes; what is printed while nobody is attached is lost, as on the wire."""
        self.privilege = USER
        self.frames: list[Frame] = [Frame(EXEC)]
        self.history: list[str] = []
        self.default_length = DEFAULT_LENGTH
        """Lines of the screen before it; 0 for paper and scripts, where nothing stops at `--More--`."""
        self.length = DEFAULT_LENGTH
        self.shows_messages = True
        """System messages appear here; a script that wants a command's output alone turns them off."""
        self.rommon_count = 1
        self._performance: Performance | None = None
        self._held: list[str] = []
        self._speaking = False
        self._phase = self._restored_phase()
        if self._phase is LinePhase.DIALOG:
            self._perform(self._dialog())

    # --- what the front ends use -------------------------------------------------------------------------------

    @property
    def phase(self) -> LinePhase:
        """Where the line is in its life."""
        return self._phase

    @property
    def mode(self) -> str:
        """The mode that commands are typed in."""
        return self.frames[-1].mode

    @property
    def busy(self) -> bool:
        """Something goes on that will end by itself: a boot, or a command that asks nothing."""
        if self._performance is not None:
            return self._performance.question is None
        return self._phase is LinePhase.BOOTING

    @property
    def prompt(self) -> Prompt:
        """What is expected now."""
        if self._performance is not None:
            question = self._performance.question
            if question is None:
                return Prompt("", PromptKind.NONE)
            if isinstance(question, Ask):
                return Prompt(question.prompt, PromptKind.QUESTION, question.hidden)
            return Prompt(question.prompt, PromptKind.KEY, erase=question.erase)
        match self._phase:
            case LinePhase.CLOSED:
                return Prompt("", PromptKind.RETURN)
            case LinePhase.OPEN:
                return Prompt(prompt(self.router.hostname, self.mode, self.privilege), PromptKind.COMMAND)
            case LinePhase.ROMMON:
                return Prompt(f"rommon {self.rommon_count} > ", PromptKind.COMMAND)
            case _:
                return Prompt("", PromptKind.NONE)

    def submit(self, text: str) -> None:
        """A line was typed and ended with RETURN, or a key pressed; it takes effect as the clock is stepped."""
        if self._performance is not None:
            if self._performance.question is not None:
                single = isinstance(self._performance.question, AskKey)
                self._performance.answer((text[:1] or "\n") if single else text)
            return
        match self._phase:
            case LinePhase.CLOSED:
                self._move(LinePhase.OPEN)
                self.write("\n")
            case LinePhase.OPEN | LinePhase.ROMMON:
                self._execute(text)
            case _:
                pass

    def interrupt(self) -> None:
        """Ctrl-C or the escape character: what is going on is broken off."""
        if self._performance is not None and self._phase in {LinePhase.OPEN, LinePhase.ROMMON}:
            self._performance.drop()
            self._performance, self._speaking = None, False
            self._release()

    def end_configuration(self) -> None:
        """Ctrl-Z."""
        if self._phase is LinePhase.OPEN and self._performance is None and self.mode != EXEC:
            self.leave_configuration()

    # --- what commands use -------------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Print."""
        if self.output is not None and text:
            self.output(text)

    def enter(self, mode: str, section: str = "") -> None:
        """Go into a mode; a mode of the same depth is left for it."""
        while self.mode != EXEC and MODES[mode].parent not in {self.mode}:
            self.frames.pop()
        self.frames.append(Frame(mode, section))

    def leave(self) -> None:
        """`exit`: one mode up."""
        if self.mode == CONFIG:
            self.leave_configuration()
        elif self.mode != EXEC:
            self.frames.pop()

    def leave_configuration(self) -> None:
        """`end`: back to privileged EXEC, and the change is told."""
        self.frames = [Frame(EXEC)]
        self.router.note_configured("console", "console")

    def close(self) -> None:
        """`exit` at EXEC: the line is free for the next."""
        self.write(wording("console.closed", hostname=self.router.hostname))
        self._reset_session()
        self._move(LinePhase.CLOSED)

    # --- what the router does ----------------------------------------------------------------------------------

    def hear(self, event: Event) -> None:
        """Something happened to this router."""
        match event:
            case PoweredOn():
                self._move(LinePhase.BOOTING)
            case PoweredOff():
                self._drop()
                self._move(LinePhase.DARK)
            case ResetBegan():
                self._drop()
                self._move(LinePhase.BOOTING)
            case StageEntered(stage=stage):
                self.write(boot.stage_text(self.router, stage))
            case ConfigurationLineRejected(line=line, column=column):
                self.write(wording("config.rejected", line=line, caret=" " * column))
            case BootHalted(reason=reason, file=file):
                self.write(boot.halt_text(self.router, reason, file))
                self.rommon_count = 1
                self._move(LinePhase.ROMMON)
            case BootFinished():
                if self.router.running.dialog_answered:
                    self._await_return()
                else:
                    self._move(LinePhase.DIALOG)
                    self._perform(self._dialog())
            case _:
                running = self.router.state.running
                told = debug_line(event, running.debugging) if running and running.debugging else None
                for message in (told, message_of(event, self.router.state.udi)):
                    if message is not None:
                        self._log(stamped(self.router, event.at, message))

    # --- the screen of a performance ---------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Print what a command says."""
        self._speaking = True
        self.write(text)

    def pause(self) -> None:
        """A command waits: messages that came meanwhile are shown, and those that come now at once."""
        self._speaking = False
        if self._phase is LinePhase.OPEN:
            self._release()

    def finished(self) -> None:
        """A command is over."""
        self._performance, self._speaking = None, False
        if self._phase is LinePhase.DIALOG:
            self.router.running.dialog_answered = True
            self._await_return()
        elif self._phase is LinePhase.OPEN:
            self._release()

    # --- inside ------------------------------------------------------------------------------------------------

    def _restored_phase(self) -> LinePhase:
        """Of a router that was left as it is: its line is closed, as after a dropped connection."""
        board = self.router.state.board.phase
        if board is BoardPhase.RUNNING:
            return LinePhase.CLOSED if self.router.running.dialog_answered else LinePhase.DIALOG
        by_board = {
            BoardPhase.OFF: LinePhase.DARK,
            BoardPhase.BOOTING: LinePhase.BOOTING,
            BoardPhase.ROMMON: LinePhase.ROMMON,
        }
        return by_board[board]

    def _move(self, phase: LinePhase) -> None:
        if phase not in TRANSITIONS[self._phase]:
            raise RuntimeError(f"con 0 of {self.router.name} cannot go from {self._phase} to {phase}")
        self._phase = phase

    def _await_return(self) -> None:
        self.write(wording("console.press_return"))
        self._move(LinePhase.CLOSED)
        self._release()

    def _dialog(self) -> Handler:
        yield Say(wording("console.dialog"))
        while True:
            answer = yield Ask(wording("console.dialog_question"))
            match answer.strip().lower():
                case "no" | "n":
                    return
                case "yes" | "y":
                    yield Say(wording("console.dialog_not_modelled"))
                case _:
                    yield Say(wording("console.dialog_yes_or_no"))

    def _execute(self, text: str) -> None:
        if text.strip():
            self.history.append(text)
            del self.history[:-20]
            if self.mode == ROMMON or self._phase is LinePhase.ROMMON:
                self.rommon_count += 1
        handler = self.interpret(text)
        if handler is not None:
            self._perform(handler)
        else:
            self._release()

    def _perform(self, handler: Handler) -> None:
        self._speaking = True
        self._performance = Performance(self._clock, self._timekeeper, (self.router.name, "console"), handler, self)

    def _log(self, message: str) -> None:
        """Show a system message at once where nothing stands in its way, else when the command pauses."""
        if not self.shows_messages:
            return
        self._held.append(message)
        if self._phase is LinePhase.CLOSED or (self._phase is LinePhase.OPEN and not self._speaking):
            self._release()

    def _release(self) -> None:
        held, self._held = self._held, []
        for message in held:
            self.write(message + "\n")

    def _drop(self) -> None:
        if self._performance is not None:
            self._performance.drop()
            self._performance = None
        self._speaking = False
        if self._phase is LinePhase.OPEN:
            self._release()
        self._held.clear()
        self._reset_session()

    def _reset_session(self) -> None:
        self.privilege = USER
        self.frames = [Frame(EXEC)]
        self.length = self.default_length
        self.history.clear()
