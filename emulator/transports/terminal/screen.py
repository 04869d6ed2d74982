"""Output to a terminal: straight to the terminal, or above the prompt that is being typed at, which is then drawn
again.

The text goes out without colors, with tabs and trailing blanks intact. A line that was begun is remembered, since
the prompt that follows is drawn from the first column and has to show it again.
"""

from collections.abc import Callable

from prompt_toolkit.application import Application
from prompt_toolkit.output import Output

from emulator.kernel.errors import as_on_a_line
from emulator.transports.terminal.key_actions import Act


class TerminalScreen:
    """The terminal as a place to print on."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.begun = ""
        """The line that the cursor stands in, as far as it was printed."""
        self._prompting: Application[Act] | None = None
        self._tear: Callable[[], str] | None = None
        self._messages: list[str] = []
        """Messages that came before the prompt that is due, and stand behind it."""

    def write(self, text: str) -> None:
        """Print, with the control characters of others shown."""
        text = as_on_a_line(text)
        prompting = self._prompting
        if prompting is not None:
            prompting.renderer.erase(leave_alternate_screen=False)
            self.output.write_raw(self.begun)
        self.output.write_raw(text)
        self.begun = (self.begun + text).rpartition("\n")[2]
        if prompting is not None:
            self._to_first_column()
            prompting.invalidate()
        self.output.flush()

    def tell(self, message: str, *, due: bool) -> None:
        """Print a system message: in the middle of the line being typed, or once the prompt stands that is due."""
        if due and self._prompting is None:
            self._messages.append(message)
        elif self._prompting is None or self._tear is None:
            self.write(("\n" if self.begun and self._prompting is None else "") + message)
        else:
            self._prompting.renderer.erase(leave_alternate_screen=False)
            self.output.write_raw(f"{self._tear()}\n")
            self.begun = ""
            self.output.write_raw(as_on_a_line(message))
            self._prompting.invalidate()
            self.output.flush()

    def begin_prompt(self, prompting: Application[Act], tear: Callable[[], str] | None) -> None:
        """Note that a prompt is drawn from now on, `begun` being part of it, and print the messages that waited for it.

        Args:
            prompting: draws the prompt.
            tear: returns what it shows as a message breaks into it; None: prompt and line are drawn anew behind it.
        """
        self._to_first_column()
        self._prompting, self._tear = prompting, tear
        messages, self._messages = self._messages, []
        for message in messages:
            self.tell(message, due=False)

    def end_prompt(self, *, erased: bool) -> None:
        """Note that the prompt stands above the cursor now, or was erased and the line continues where it was."""
        self._prompting = self._tear = None
        if erased:
            self.output.write_raw(self.begun)
            self.output.flush()
        else:
            self.begun = ""

    def _to_first_column(self) -> None:
        if self.begun:
            self.output.write_raw("\r")
