"""The lines of a router as sessions use them: a vty, which ends with its client, and con 0, which stays.

R: the size of the client's window becomes that of the screen; a client without one has 24 lines of 80 columns. At the
console port a break reaches the router; at a vty it means nothing.
"""

from collections.abc import Callable, Sequence

from emulator.console.line.phases import LinePhase, Prompt
from emulator.console.line.terminal_line import TerminalLine
from emulator.console.modes import EXEC


class VtyPort:
    """A virtual terminal line that was opened for a client."""

    def __init__(self, line: TerminalLine) -> None:
        self.line, self.open = line, True
        self._told: Callable[[], None] = lambda: None

    # --- what is typed at it -----------------------------------------------------------------------------------

    @property
    def prompt(self) -> Prompt:
        """Prompt and kind of input that is expected now."""
        return self.line.prompt

    @property
    def busy(self) -> bool:
        """Tell whether an activity goes on that ends by itself."""
        return self.line.busy

    @property
    def deaf(self) -> bool:
        """Tell whether typed text is lost now: the router boots."""
        return self.line.phase is LinePhase.BOOTING

    @property
    def configuring(self) -> bool:
        """Tell whether the line is in a mode that Ctrl-Z leaves."""
        return self.line.phase is LinePhase.OPEN and self.line.exec.mode != EXEC

    @property
    def synchronous(self) -> bool:
        """Tell whether the prompt is shown again after a message."""
        return self.line.synchronous

    @property
    def history(self) -> Sequence[str]:
        """Lines typed before, oldest first."""
        return self.line.history

    def submit(self, text: str) -> None:
        """Take a line, or a key."""
        self.line.submit(text)

    def interrupt(self) -> None:
        """Break off what goes on."""
        self.line.interrupt()

    def end_configuration(self) -> None:
        """Leave configuration."""
        self.line.end_configuration()

    def help(self, text: str) -> str:
        """The help for a begun line."""
        return self.line.help(text)

    def complete(self, text: str) -> str:
        """A begun line with its last word completed."""
        return self.line.complete(text)

    # --- the client --------------------------------------------------------------------------------------------

    def resize(self, rows: int, columns: int) -> None:
        """Take the size of the client's window; 0: unknown."""
        if rows or columns:
            self.line.resize(rows or self.line.exec.length, columns or self.line.exec.width)

    def unpaged(self) -> None:
        """Let output run through: nobody is there to press a key."""
        self.line.resize(0, self.line.exec.width)

    def send_break(self) -> None:
        """Take a break signal, which means nothing here."""

    def listen(self, show: Callable[[str], None], ended: Callable[[], None]) -> None:
        """Begin the session, with `show` for what is printed; `ended` is told when the router ends it."""
        self._told = ended
        self.line.begin(show, self._end)

    def leave(self) -> None:
        """Free the line: the client is gone."""
        self._told = lambda: None
        if self.open:
            self.line.client_gone()

    def _end(self) -> None:
        self.open = False
        self._told()


class ConsolePort(VtyPort):
    """Con 0 behind a terminal server: whoever is there leaves it as it is."""

    def resize(self, rows: int, columns: int) -> None:
        """Ignore the window: a serial line does not tell of it."""

    def send_break(self) -> None:
        """Pass a break on to the router."""
        self.line.send_break()

    def listen(self, show: Callable[[str], None], ended: Callable[[], None]) -> None:
        """Show from now on what the line prints."""
        self._told = ended
        self.line.output = show
        self.line.attend(there=True)

    def leave(self) -> None:
        """Let go of the line."""
        self.line.output = None
        self.line.attend(there=False)
