"""The console line, con 0: the place where a router and whoever sits before it meet.

It takes lines and keys and gives text; a terminal, an SSH session, a scenario and a test differ only in how they carry
that. Its life is a table (`phases.py`). Order and wording of the console's life: C from ISR G2 captures, R for the
order of the first messages on this family. I: a break in a running IOS ends the command that ran and keeps the
session, to which `cont` comes back.
"""

from collections.abc import Callable, Sequence

from emulator.console.line import login
from emulator.console.line.exec_state import DEFAULT_LENGTH, ExecState
from emulator.console.line.exec_timeout import KIND, ExecTimeout
from emulator.console.line.phases import TRANSITIONS, Frame, LinePhase, Prompt, PromptKind, restored_phase
from emulator.console.line.setup_dialog import abort, set_up
from emulator.console.modes import CONFIG, EXEC, PRIVILEGED, prompt
from emulator.console.render import boot
from emulator.console.render.debug import debug_line
from emulator.console.render.messages import stamped
from emulator.console.wording import wording
from emulator.hardware import events as hardware
from emulator.kernel.effects import Ask, AskKey, Handler
from emulator.kernel.events import Event
from emulator.router.boot import rommon
from emulator.router.device import Router
from emulator.router.syslog import wanted
from emulator.router.syslog_messages import message_of
from emulator.sim.clock import SimClock
from emulator.sim.performer import Performance
from emulator.sim.timekeeper import Timekeeper

__all__ = ["DEFAULT_LENGTH", "ConsoleLine", "Frame", "LinePhase", "Prompt", "PromptKind"]


BREAKABLE = frozenset({LinePhase.DIALOG, LinePhase.OPEN, LinePhase.ROMMON})
"""Where Ctrl-C breaks something off."""


class ConsoleLine(ExecState):
    """Con 0 of one router. `interpret` turns a typed line into a handler: the session's part, given by the world."""

    def __init__(self, router: Router, clock: SimClock, timekeeper: Timekeeper) -> None:
        super().__init__()
        self.router = router
        self._clock, self._timekeeper = clock, timekeeper
        self.interpret: Callable[[str], Handler | None] = lambda _: None
        self.output: Callable[[str], object] | None = None
        """Where the text goes; what is printed while nobody is attached is lost, as on the wire."""
        self.attended = False
        self._watch = ExecTimeout(self)
        self.shows_messages = True
        """System messages appear here; a script that wants a command's output alone turns them off."""
        self.guarded = False
        """What runs cannot be broken off: ROMMON writes its flash."""
        self._command = ""
        """First word of the line that runs."""
        self._left_at: LinePhase | None = None
        """Where the line was when a break stopped IOS."""
        self._performance: Performance | None = None
        self._admitted = False
        self._held: list[str] = []
        self._speaking = False
        self._phase = restored_phase(router.state)
        if self._phase is LinePhase.DIALOG:
            self._perform(set_up(self))

    # --- what the front ends use -------------------------------------------------------------------------------

    @property
    def phase(self) -> LinePhase:
        """Where the line is in its life."""
        return self._phase

    @property
    def history(self) -> Sequence[str]:
        """Lines typed before, oldest first."""
        return self.router.monitor.history if self._phase is LinePhase.ROMMON else self.typed

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
                return Prompt(rommon.prompt(self.router.monitor), PromptKind.COMMAND)
            case _:
                return Prompt("", PromptKind.NONE)

    def submit(self, text: str) -> None:
        """A line was typed and ended with RETURN, or a key pressed; it takes effect as the clock is stepped."""
        self._watch.since = self._clock.now
        self._submit(text)
        self._watch_idling()

    def _submit(self, text: str) -> None:
        if self._performance is not None:
            if self._performance.question is not None:
                single = isinstance(self._performance.question, AskKey)
                self._performance.answer((text[:1] or "\n") if single else text)
            return
        match self._phase:
            case LinePhase.CLOSED:
                self._greet()
            case LinePhase.OPEN | LinePhase.ROMMON:
                self._execute(text)
            case _:
                pass

    def attend(self, *, there: bool) -> None:
        """Somebody sits down before it, or leaves: only with somebody there an idle line times out."""
        self.attended, self._watch.since = there, self._clock.now
        self._watch_idling()

    def open_privileged(self) -> None:
        """Open a closed line at privilege 15 without log-in: for whoever holds the world."""
        self._move(LinePhase.OPEN)
        self.privilege = PRIVILEGED

    def interrupt(self) -> None:
        """Ctrl-C or the escape character: what is going on is broken off."""
        if self._performance is None or self.guarded or self._phase not in BREAKABLE:
            return
        self._performance.drop()
        self._performance, self._speaking = None, False
        if self._phase is LinePhase.ROMMON:
            self.write(wording("rommon.aborted", command=self._command))
        if self._phase is LinePhase.DIALOG:
            self.write(abort(self.router))
            self._await_return()
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

    def leave(self) -> None:
        """`exit`: one mode up."""
        if self.mode == CONFIG:
            self.leave_configuration()
        elif self.mode != EXEC:
            self.frames.pop()

    def leave_configuration(self) -> None:
        """`end`: back to privileged EXEC, and the change is told."""
        self.frames = [Frame(EXEC)]
        self.router.note_configured("console", self.who, self.user)

    def admit(self, user: str, privilege: int) -> None:
        """Somebody has logged in; the line opens as the log-in ends."""
        self.user, self.privilege, self._admitted = user, privilege, True

    def time_out(self) -> None:
        """Nothing was typed for too long."""
        self._end_performance()
        if self.mode != EXEC:
            self.leave_configuration()
        self.close()

    def hang_up(self) -> None:
        """Whoever typed for somebody else is through: the line is as nobody had been there."""
        self.default_length, self.shows_messages = DEFAULT_LENGTH, True
        if self._phase in {LinePhase.OPEN, LinePhase.LOGIN}:
            self.time_out()
        self.reset_session()

    def close(self) -> None:
        """`exit` at EXEC: the line is free for the next."""
        self.write(wording("console.closed", hostname=self.router.hostname))
        self.reset_session()
        self._move(LinePhase.CLOSED)

    # --- what the router does ----------------------------------------------------------------------------------

    def hear(self, event: Event) -> None:
        """Something happened to this router."""
        match event:
            case hardware.PoweredOn():
                self._move(LinePhase.BOOTING)
            case hardware.PoweredOff():
                self._drop()
                self._move(LinePhase.DARK)
            case hardware.ResetBegan() | hardware.LoadBegan():
                self._drop()
                self._move(LinePhase.BOOTING)
            case hardware.BreakReceived() if self._phase is LinePhase.ROMMON:
                self.interrupt()
            case hardware.BootHalted():
                self._stand_in_rommon(boot.halt_text(self.router, event))
            case hardware.IosContinued():
                self._come_back()
            case hardware.BootFinished():
                if self.router.running.dialog_answered:
                    self._await_return()
                else:
                    self._open_dialog()
            case _:
                self._tell(event)

    def _tell(self, event: Event) -> None:
        """What a boot shows as it goes, and the system messages."""
        self.write(boot.shown(self.router, event))
        running = self.router.state.running
        told = debug_line(event, running.debugging) if running and running.debugging else None
        if told is not None:
            self.router.log_text(told)
        for message in (told, message_of(event, self.router.state.udi)):
            if message is not None and (running is None or wanted(running.configuration, message)):
                self._log(stamped(self.router, event.at, message))

    # --- the screen of a performance ---------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Print what a command says."""
        self._speaking = True
        self.write(text)

    def pause(self) -> None:
        """A command waits: messages that came meanwhile are shown, and those that come now at once."""
        self._speaking = False
        if self._phase in {LinePhase.OPEN, LinePhase.LOGIN}:
            self._release()

    def finished(self) -> None:
        """A command is over."""
        self._performance, self._speaking, self.guarded = None, False, False
        if self._phase is LinePhase.DIALOG:
            self.router.running.dialog_answered = True
            self._await_return()
        elif self._phase is LinePhase.LOGIN:
            (self._come_in if self._admitted else self.close)()
        elif self._phase is LinePhase.OPEN:
            self._release()
        self._watch_idling()

    # --- inside ------------------------------------------------------------------------------------------------

    def _move(self, phase: LinePhase) -> None:
        if phase not in TRANSITIONS[self._phase]:
            raise RuntimeError(f"con 0 of {self.router.name} cannot go from {self._phase} to {phase}")
        self._phase = phase
        self._watch_idling()

    def _await_return(self) -> None:
        self.write(wording("console.press_return"))
        self._move(LinePhase.CLOSED)
        self._release()

    def _greet(self) -> None:
        """RETURN on a closed line: who comes in is asked for a name if the configuration says so."""
        self.write("\n" + login.greeting(self))
        if login.asks_nothing(self):
            self.privilege = login.level(self)
            self._come_in()
        else:
            self._admitted = False
            self._move(LinePhase.LOGIN)
            self._perform(login.log_in(self))

    def _come_in(self) -> None:
        self._move(LinePhase.OPEN)
        self.opened = self._clock.now
        self.write(login.welcome(self))
        self._release()

    def _watch_idling(self) -> None:
        self._timekeeper.enrol((self.router.name, KIND), self._watch)

    def _stand_in_rommon(self, text: str) -> None:
        """A break in IOS keeps the session for `cont`; what ran is over."""
        self._left_at = None if self._phase is LinePhase.BOOTING else self._phase
        self._end_performance()
        self.write(text)
        self._move(LinePhase.ROMMON)

    def _come_back(self) -> None:
        """To where the break found the line; a world that was saved meanwhile has dropped it."""
        self._end_performance()
        if not self.router.running.dialog_answered:
            self._open_dialog()
        else:
            self._move(self._left_at or LinePhase.CLOSED)

    def _open_dialog(self) -> None:
        self._move(LinePhase.DIALOG)
        self._perform(set_up(self))

    def _execute(self, text: str) -> None:
        if self._phase is LinePhase.ROMMON:
            text = self._read_in_rommon(text)
        else:
            self.keep(text)
        self._command = text.partition(" ")[0]
        handler = self.interpret(text)
        if handler is not None:
            self._perform(handler)
        else:
            self._release()

    def _read_in_rommon(self, text: str) -> str:
        if text.strip():
            rommon.note(self.router.monitor, text)
        return rommon.expanded(self.router.monitor, text)

    def _perform(self, handler: Handler) -> None:
        self._speaking = True
        self._performance = Performance(self._clock, self._timekeeper, (self.router.name, "console"), handler, self)

    def _log(self, message: str) -> None:
        """Show a system message at once where nothing stands in its way, else when the command pauses."""
        if not self.shows_messages:
            return
        self._held.append(message)
        speakable = self._phase in {LinePhase.OPEN, LinePhase.LOGIN} and not self._speaking
        if self._phase is LinePhase.CLOSED or speakable:
            self._release()

    def _release(self) -> None:
        held, self._held = self._held, []
        for message in held:
            self.write(message + "\n")

    def _end_performance(self) -> None:
        if self._performance is not None:
            self._performance.drop()
        self._performance, self._speaking, self.guarded = None, False, False

    def _drop(self) -> None:
        self._end_performance()
        if self._phase is LinePhase.OPEN:
            self._release()
        self._held.clear()
        self.reset_session()
