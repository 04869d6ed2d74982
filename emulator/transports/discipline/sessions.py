"""Sessions at lines, and the order in which they get their turns.

Everything that is typed through a network line enters the world here, one session after the other, once simulated
time has caught up with real time. A turn is short, so that a client that pastes, floods or does not read cannot hold
up the others: who types too far ahead is not read from, and who does not read is not typed for.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from emulator.console.line.interactive_line import InteractiveLine
from emulator.console.line.phases import Prompt, PromptKind
from emulator.transports.connections.intake import TooMuch
from emulator.transports.connections.log_in_limits import LogInAttempt
from emulator.transports.discipline.line_discipline import LineDiscipline
from emulator.transports.discipline.log_in_time import LogInTime

LOG = logging.getLogger(__name__)

LINES_A_TURN = 8
SLICE = 0.02
"""Seconds of real work after which a turn ends with the line under way, and the event loop gets its turn."""

AHEAD = 8192
"""Characters that may be typed ahead; a client that sends more is not read from until they are taken."""

UNREAD = 4 << 20
"""Characters of output that may wait for a client that does not read; with more its connection is cut."""


class TerminalPort(Protocol):
    """A line with a client at it."""

    skips_time: bool
    """The time that it waits for is skipped, as at a bench, and not lived through."""

    @property
    def line(self) -> InteractiveLine:
        """Line that is typed at."""

    @property
    def open(self) -> bool:
        """Tell whether the line still belongs to that session; it may time out, be cleared, or go with a reload."""

    def resize(self, rows: int, columns: int) -> None:
        """Take the size of the client's window; 0: unknown."""

    def send_break(self) -> None:
        """Take a break signal."""

    def unpaged(self) -> None:
        """Print without `--More--`: no person is there to press a key."""

    def listen(self, show: Callable[[str], None], tell: Callable[[str], None], ended: Callable[[], None]) -> None:
        """Hand over the output of the line and its system messages from now on, and say when the session has ended."""

    def leave(self) -> None:
        """Leave the line, as the client is gone."""


class TerminalCarrier(Protocol):
    """The connection of a client."""

    def write(self, text: str, /) -> None:
        """Send text."""

    def close(self) -> None:
        """End the connection once all is sent."""

    def abort(self) -> None:
        """End it at once."""

    def pause_reading(self) -> None:
        """Take nothing more from the client for now."""

    def resume_reading(self) -> None:
        """Take its input again."""


class TerminalSession:
    """One client at one line."""

    def __init__(
        self,
        port: TerminalPort,
        carrier: TerminalCarrier,
        scheduler: "SessionScheduler",
        command: str | None = None,
        *,
        windowed: bool = True,
        attempt: LogInAttempt | None = None,
    ) -> None:
        """Put a client before a line.

        Args:
            port: the line.
            carrier: the connection of the client.
            scheduler: gives the session turns.
            command: the one command that the client came for, whose output alone it is shown; None: a shell.
            windowed: a typed line that is longer than the screen is shown in part.
            attempt: counts what the client sends until it has come in; None: it has.
        """
        self.port = port
        self._attempt = attempt
        self._carrier, self._scheduler = carrier, scheduler
        self._discipline = LineDiscipline(port.line, carrier.write, scheduler.settle, windowed=windowed)
        self._command = command
        self._inbox: list[str] = []
        self._held_back = 0
        self._paused = self._blocked = self._ended = self._in_turn = False

    def begin(self) -> None:
        """Show the line to the client."""
        if self._command is not None:
            self.port.unpaged()
            self._discipline.run_alone(self._command)
        self._scheduler.enter(self)
        self.port.listen(self._show, self._tell, partial(self._scheduler.wake, self))
        self._scheduler.note_log_in(self)

    def received(self, text: str) -> None:
        """Take what the client has typed."""
        if not text:
            return
        self._inbox.append(text)
        self._held_back += len(text)
        if not self._paused and self._held_back + self._discipline.waiting > AHEAD:
            self._paused = True
            self._carrier.pause_reading()
        self._scheduler.serve(self)

    def block(self, *, blocked: bool) -> None:
        """The client reads too slowly, or reads again."""
        self._blocked = blocked
        if not blocked:
            self._scheduler.wake(self)

    def resize(self, rows: int, columns: int) -> None:
        """The client's window has another size."""
        if self._count(0):
            self.port.resize(rows, columns)

    def say(self, text: str) -> None:
        """Show a text of the front end on lines of its own, and the prompt again."""
        self._discipline.show(text)
        self._discipline.move_to(self.port.line)
        self._scheduler.wake(self)

    def send_break(self) -> None:
        """The client has sent a break signal."""
        if not self._count(0):
            return
        self.port.send_break()
        self._scheduler.settle()
        self._scheduler.wake(self)

    def end(self) -> None:
        """The client is gone, or is sent away."""
        if not self._ended:
            self._ended = True
            self._scheduler.leave(self)
            self.port.leave()

    def cut_off(self) -> None:
        """End the session and its connection at once."""
        self._carrier.abort()
        self.end()

    @property
    def busy(self) -> bool:
        """Tell whether an activity goes on at the line that ends by itself."""
        return self.port.line.busy

    @property
    def logging_in(self) -> bool:
        """Tell whether the client is asked who it is."""
        return self.port.line.logging_in

    @property
    def came_in(self) -> bool:
        """Tell whether the client has come in, and a command is expected."""
        line = self.port.line
        return not (line.busy or line.logging_in) and line.prompt.kind is PromptKind.COMMAND

    @property
    def prompt(self) -> Prompt | None:
        """The prompt that the cursor stands behind; None while nothing is expected."""
        return self._discipline.prompt

    @property
    def typed_ahead(self) -> int:
        """Number of characters that were typed and have had no effect yet."""
        return self._held_back + self._discipline.waiting

    def turn(self) -> bool:
        """Act on what was typed, for a short while; says whether there is more to do at once."""
        if self._ended:
            return False
        if self._blocked:
            if self._discipline.unsent > UNREAD:
                self.cut_off()
            return False
        typed, self._held_back = "".join(self._inbox), 0
        self._inbox.clear()
        self._in_turn = True
        self._discipline.receive(typed)
        more = self._type()
        self._in_turn = False
        if not self.port.open or self._discipline.through:
            self._carrier.close()
            self.end()
            return False
        if self._paused and self._discipline.waiting <= AHEAD:
            self._paused = False
            self._carrier.resume_reading()
        return more

    def _type(self) -> bool:
        """Have the line take what was typed, before the log-in one line a turn; says whether there is more to do."""
        limit = time.monotonic() + SLICE
        if self._attempt is None:
            return self._discipline.run(LINES_A_TURN, lambda: time.monotonic() > limit)
        came_in, ahead = self.came_in, self.typed_ahead
        taken = self._discipline.run(1, lambda: time.monotonic() > limit)
        if taken and came_in:
            self._attempt.succeed()
            self._attempt = None
        elif taken:
            self._count(ahead - self.typed_ahead)
        return taken

    def _count(self, characters: int) -> bool:
        """Count an input of a client that has not come in; where it is too much, the client is cut off."""
        if self._attempt is None:
            return True
        try:
            self._attempt.take(max(characters, 0))
        except TooMuch:
            self.cut_off()
            return False
        return True

    def _show(self, text: str) -> None:
        self._discipline.show(text)
        self._shown()

    def _tell(self, message: str) -> None:
        self._discipline.tell(message)
        self._shown()

    def _shown(self) -> None:
        if not self._in_turn:
            self._scheduler.wake(self)


class SessionScheduler:
    """Gives sessions their turns."""

    def __init__(
        self, catch_up: Callable[[], Awaitable[None]], pass_quietly: Callable[[], bool], settle: Callable[[], None]
    ) -> None:
        """Schedule the sessions of one world.

        Args:
            catch_up: lets simulated time pass up to now.
            pass_quietly: does that if nothing is to happen meanwhile; says whether it did.
            settle: lets happen what is due now.
        """
        self._catch_up, self._pass_quietly, self.settle = catch_up, pass_quietly, settle
        self._sessions: dict[TerminalSession, None] = {}
        self._ready: dict[TerminalSession, None] = {}
        self._busy: dict[TerminalSession, None] = {}
        self._log_in_time = LogInTime()
        self._woken = asyncio.Event()
        self.became_busy: Callable[[], None] = lambda: None
        """Function that is called when something goes on at a line, for which time has to pass."""

    def __len__(self) -> int:
        return len(self._sessions)

    @property
    def busy(self) -> bool:
        """Tell whether an activity goes on at a line that ends by itself."""
        return any(session.busy for session in self._busy)

    @property
    def skips_time(self) -> bool:
        """Tell whether time is being skipped at a bench."""
        return any(session.busy and session.port.skips_time for session in self._busy)

    @property
    def logging_in(self) -> bool:
        """Tell whether a client is asked who it is, and simulated time has not been held up for that too long."""
        return self._log_in_time.slows

    def enter(self, session: TerminalSession) -> None:
        """A session has begun."""
        self._sessions[session] = None
        self.wake(session)

    def leave(self, session: TerminalSession) -> None:
        """A session has ended."""
        for each in (self._sessions, self._ready, self._busy):
            each.pop(session, None)
        self._log_in_time.end(session, came_in=False)

    def note_log_in(self, session: TerminalSession) -> None:
        """Note whether the client of a session is asked who it is."""
        if session in self._sessions and session.logging_in:
            self._log_in_time.begin(session)
        elif session in self._log_in_time:
            self._log_in_time.end(session, came_in=session in self._sessions and session.came_in)

    def wake(self, session: TerminalSession) -> None:
        """Note that a session needs attention."""
        if session in self._sessions:
            self._ready[session] = None
            self._woken.set()

    def serve(self, session: TerminalSession) -> None:
        """Give a session a turn, at once if no other session waits and the world is at rest."""
        if session in self._sessions and not self._ready and not self._busy and self._pass_quietly():
            self._give_turn(session)
        else:
            self.wake(session)

    def tick(self) -> None:
        """Give a turn to every session whose command has ended; called when simulated time has passed."""
        for session in [each for each in self._busy if not each.busy]:
            self.wake(session)

    async def run(self) -> None:
        """Give turns until canceled."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            await self._catch_up()
            ready, self._ready = self._ready, {}
            limit = time.monotonic() + SLICE
            for session in ready:
                self._give_turn(session)
                if time.monotonic() > limit:
                    await asyncio.sleep(0)
                    limit = time.monotonic() + SLICE
            await asyncio.sleep(0)

    def close(self) -> None:
        """End every session."""
        for session in list(self._sessions):
            session.end()

    def _give_turn(self, session: TerminalSession) -> None:
        """Give a turn; a mistake of the program that it meets ends that session and no other."""
        if session not in self._sessions:
            return
        try:
            more = session.turn()
        except Exception:
            LOG.exception("a session was ended by a mistake")
            session.cut_off()
            return
        if more:
            self.wake(session)
        if session in self._sessions and session.busy:
            self._busy[session] = None
            self.became_busy()
        else:
            self._busy.pop(session, None)
        self.note_log_in(session)
