"""The lines of a router as network sessions use them: a vty, which ends with its client, and con 0, which stays.

R: the size of the client's window becomes that of the screen; a client without one has 24 lines of 80 columns. At the
console port a break reaches the router; at a vty it means nothing.
"""

from collections.abc import Callable

from emulator.console.line.interactive_line import InteractiveLine
from emulator.console.line.terminal_line import TerminalLine


class VtyPort:
    """A virtual terminal line that was opened for a client.

    Attributes:
        line: the line that is typed at.
        open: the line still belongs to that client; it may time out, be cleared, or go with a reload.
    """

    skips_time = False

    def __init__(self, line: TerminalLine) -> None:
        self.line: InteractiveLine = line.terminal
        self.open = True
        self._terminal, self._screen = line.terminal, line.exec
        self._told: Callable[[], None] = lambda: None

    def resize(self, rows: int, columns: int) -> None:
        """Take the size of the client's window; 0: unknown."""
        size = rows or self._screen.length, columns or self._screen.width
        if size != (self._screen.length, self._screen.width):
            self._terminal.resize(*size)

    def unpaged(self) -> None:
        """Print without `--More--`: no person is there to press a key."""
        self._terminal.resize(0, self._screen.width)

    def send_break(self) -> None:
        """Ignore a break signal, which means nothing here."""

    def listen(self, show: Callable[[str], None], tell: Callable[[str], None], ended: Callable[[], None]) -> None:
        """Begin the session: `show` takes output, `tell` system messages; `ended` is told when the router ends it."""
        self._told = ended
        self._terminal.begin(show, self._end, tell)

    def leave(self) -> None:
        """Free the line: the client is gone."""
        self._told = lambda: None
        if self.open:
            self._terminal.client_gone()

    def _end(self) -> None:
        self.open = False
        self._told()


class ConsolePort(VtyPort):
    """Con 0 behind a terminal server; its session stays open when the client disconnects."""

    def resize(self, rows: int, columns: int) -> None:
        """Ignore the window: a serial line does not tell of it."""

    def send_break(self) -> None:
        """Pass a break on to the router."""
        self._terminal.send_break()

    def listen(self, show: Callable[[str], None], tell: Callable[[str], None], ended: Callable[[], None]) -> None:
        """Show from now on what the line prints."""
        self._told = ended
        self._terminal.output, self._terminal.messages = show, tell
        self._terminal.attend(there=True)

    def leave(self) -> None:
        """Let go of the line."""
        self._terminal.output = self._terminal.messages = None
        self._terminal.attend(there=False)
