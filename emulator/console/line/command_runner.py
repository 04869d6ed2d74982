"""Running commands at a line, one after the other, and the messages that wait meanwhile.

R: a message waits until the command that prints has paused, for time or for an answer.
"""

from typing import Protocol

from emulator.console.line.phases import Prompt, prompt_of, reply_of
from emulator.kernel.effects import Ask, AskKey, Handler
from emulator.sim.clock import SimClock
from emulator.sim.performer import Performance
from emulator.sim.timekeeper import OrderKey, Timekeeper


class PrintingLine(Protocol):
    """A line as a command prints on it."""

    @property
    def in_session(self) -> bool:
        """Tell whether a session is open there, or a log-in goes on."""

    @property
    def is_free(self) -> bool:
        """Tell whether the line waits for the next session."""

    def write(self, text: str, /) -> None:
        """Print a text at the line."""

    def write_message(self, text: str, /) -> None:
        """Print a system message, or what else comes by itself."""

    def finished(self) -> None:
        """Continue after a command has ended."""


class CommandRunner:
    """The command or dialog that runs at one line.

    Attributes:
        guarded: the command cannot be broken off, as while ROMMON writes its flash.
    """

    def __init__(self, clock: SimClock, timekeeper: Timekeeper, key: OrderKey, line: PrintingLine) -> None:
        self.guarded = False
        self._clock, self._timekeeper, self._key, self._line = clock, timekeeper, key, line
        self._performance: Performance | None = None
        self._speaking = False
        self._held: list[str] = []

    @property
    def running(self) -> bool:
        """Tell whether a command or dialog runs."""
        return self._performance is not None

    @property
    def question(self) -> Ask | AskKey | None:
        """Question that is asked; None without one."""
        return self._performance.question if self._performance is not None else None

    @property
    def prompt(self) -> Prompt:
        """Prompt while a command or dialog runs."""
        return prompt_of(self.question)

    def start(self, handler: Handler) -> None:
        """Run a command or a dialog; its first step is done when the clock is next stepped."""
        self._speaking = True
        self._performance = Performance(self._clock, self._timekeeper, self._key, handler, self)

    def answer(self, text: str) -> None:
        """Answer the question; without a question the text is lost."""
        if self._performance is not None and self._performance.question is not None:
            self._performance.answer(reply_of(self._performance.question, text))

    @property
    def last_words(self) -> str:
        """Text that the command ends with when it is broken off now."""
        return self._performance.last_words if self._performance is not None else ""

    def drop(self) -> None:
        """End the command or dialog, between two of its steps."""
        if self._performance is not None:
            self._performance.drop()
        self._performance, self._speaking, self.guarded = None, False, False

    # --- messages ----------------------------------------------------------------------------------------------

    def notify(self, text: str) -> None:
        """Print a text at once if possible, else when the command pauses."""
        self._held.append(text)
        if self._line.is_free or (self._line.in_session and not self._speaking):
            self.release()

    def release(self) -> None:
        """Print the texts that were held back."""
        held, self._held = self._held, []
        for text in held:
            self._line.write_message(text)

    def forget(self) -> None:
        """Drop the texts that were held back."""
        self._held.clear()

    # --- the screen of a performance ---------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Print output of a command."""
        self._speaking = True
        self._line.write(text)

    def pause(self) -> None:
        """Print the messages that came meanwhile, and later ones at once, as the command waits."""
        self._speaking = False
        if self._line.in_session:
            self.release()

    def finished(self) -> None:
        """Let the line continue."""
        self._performance, self._speaking, self.guarded = None, False, False
        self._line.finished()
