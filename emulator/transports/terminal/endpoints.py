"""The two kinds of place that a local terminal can be at: the bench, and the console of a router."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from emulator.console.line.interactive_line import InteractiveLine
from emulator.console.line.phases import LinePhase, PromptKind
from emulator.console.line.terminal_line import TerminalLine

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine

WAY_OUT = "Ctrl-^ x (Ctrl-Shift-6, x)"


class Endpoint(Protocol):
    """A place at which a person types: a router's console, or the bench."""

    name: str
    """The router, or empty at the bench."""

    @property
    def line(self) -> InteractiveLine:
        """Line that is typed at there."""

    @property
    def taken(self) -> bool:
        """Tell whether another terminal is there."""

    @property
    def hint(self) -> str:
        """Hint on the keys and commands here, and on the way out."""

    def attach(self, output: Callable[[str], None] | None, messages: Callable[[str], None] | None = None) -> None:
        """Say where its text and its messages go; None when one leaves."""


class BenchEndpoint:
    """Bench as the place that a terminal is at."""

    name = ""
    taken = False
    hint = "The bench. ? helps, `console R1` goes to a router, Ctrl-D ends.\n"

    def __init__(self, go: "Callable[[], BenchLine]") -> None:
        self._go = go

    @cached_property
    def line(self) -> "BenchLine":
        """The bench's line, made when it is first needed; a session may begin at a console."""
        return self._go()

    def attach(self, output: Callable[[str], None] | None, messages: Callable[[str], None] | None = None) -> None:
        self.line.output, self.line.messages = output, messages


class ConsoleEndpoint:
    """Con 0 of a router."""

    def __init__(self, name: str, console: TerminalLine) -> None:
        self.name, self.line = name, console.terminal
        self._console = console

    @property
    def taken(self) -> bool:
        return self.line.connected

    @property
    def hint(self) -> str:
        out = f"{WAY_OUT} goes to the bench."
        if self._console.phase is LinePhase.DARK:
            return f"{self.name} has no power. {out}\n"
        if self._console.place.misread:
            return f"Unreadable: {self._console.place.misread}; `baud` at the bench sets it. {out}\n"
        if self.line.prompt.kind is PromptKind.RETURN:
            return f"The console of {self.name}: press RETURN. {out}\n"
        return f"The console of {self.name}. {out}\n"

    def attach(self, output: Callable[[str], None] | None, messages: Callable[[str], None] | None = None) -> None:
        self.line.output, self.line.messages = output, messages
        self.line.attend(there=output is not None)
