"""The two kinds of place to type at, in one shape: the bench, and the console of a router."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from emulator.console.line.phases import LinePhase, Prompt, PromptKind
from emulator.console.line.terminal_line import TerminalLine
from emulator.console.modes import EXEC

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine

WAY_OUT = "Ctrl-^ x (Ctrl-Shift-6, x)"


class Endpoint(Protocol):
    """A place at which a person types: a router's console, or the bench."""

    name: str
    """The router, or empty at the bench."""

    @property
    def prompt(self) -> Prompt:
        """Prompt and kind of input that is expected now."""

    @property
    def busy(self) -> bool:
        """Tell whether something goes on that ends by itself."""

    @property
    def deaf(self) -> bool:
        """Tell whether typed text is lost now."""

    @property
    def configuring(self) -> bool:
        """Tell whether the line is in a mode that Ctrl-Z leaves."""

    @property
    def history(self) -> Sequence[str]:
        """Lines typed before, oldest first."""

    @property
    def taken(self) -> bool:
        """Another terminal is there."""

    @property
    def hint(self) -> str:
        """Hint on the keys and commands here, and on the way out."""

    def attach(self, output: Callable[[str], None] | None) -> None:
        """Say where its text goes; None when one leaves."""

    def submit(self, text: str) -> None:
        """Take a line or a key that was typed."""

    def interrupt(self) -> None:
        """Interrupt what goes on or is asked, as Ctrl-C does."""

    def end_configuration(self) -> None:
        """Leave configuration, as Ctrl-Z does."""

    def help(self, text: str) -> str:
        """Return the help that `?` prints."""

    def complete(self, text: str) -> str:
        """Complete a text as Tab does."""


class BenchEndpoint:
    """Bench as the place that a terminal is at."""

    name = ""
    deaf = False
    configuring = False
    taken = False

    def __init__(self, go: "Callable[[], BenchLine]") -> None:
        self._go = go

    @cached_property
    def line(self) -> "BenchLine":
        """The bench's line; whoever begins at a console goes there later, or never."""
        return self._go()

    @property
    def prompt(self) -> Prompt:
        return self.line.prompt

    @property
    def busy(self) -> bool:
        return self.line.busy

    @property
    def history(self) -> Sequence[str]:
        return self.line.history

    @property
    def hint(self) -> str:
        return "The bench. ? helps, `console R1` goes to a router, Ctrl-D ends.\n"

    def attach(self, output: Callable[[str], None] | None) -> None:
        self.line.output = output

    def submit(self, text: str) -> None:
        self.line.submit(text)

    def interrupt(self) -> None:
        self.line.interrupt()

    def end_configuration(self) -> None:
        """Do nothing, as the bench has no configuration."""

    def help(self, text: str) -> str:
        return self.line.help(text)

    def complete(self, text: str) -> str:
        return self.line.complete(text)


class ConsoleEndpoint:
    """Con 0 of a router."""

    def __init__(self, name: str, line: TerminalLine) -> None:
        self.name, self.line = name, line

    @property
    def prompt(self) -> Prompt:
        return self.line.prompt

    @property
    def busy(self) -> bool:
        return self.line.busy

    @property
    def deaf(self) -> bool:
        return self.line.phase is LinePhase.BOOTING

    @property
    def configuring(self) -> bool:
        return self.line.phase is LinePhase.OPEN and self.line.exec.mode != EXEC

    @property
    def history(self) -> Sequence[str]:
        return self.line.history

    @property
    def taken(self) -> bool:
        return self.line.output is not None

    @property
    def hint(self) -> str:
        out = f"{WAY_OUT} goes to the bench."
        if self.line.phase is LinePhase.DARK:
            return f"{self.name} has no power. {out}\n"
        if self.prompt.kind is PromptKind.RETURN:
            return f"The console of {self.name}: press RETURN. {out}\n"
        return f"The console of {self.name}. {out}\n"

    def attach(self, output: Callable[[str], None] | None) -> None:
        self.line.output = output
        self.line.attend(there=output is not None)

    def submit(self, text: str) -> None:
        self.line.submit(text)

    def interrupt(self) -> None:
        """Break off what is going on; at a prompt, leave the configuration, as in IOS."""
        if self.prompt.kind is PromptKind.COMMAND:
            self.line.end_configuration()
        else:
            self.line.interrupt()

    def end_configuration(self) -> None:
        self.line.end_configuration()

    def help(self, text: str) -> str:
        return self.line.help(text)

    def complete(self, text: str) -> str:
        return self.line.complete(text)
