"""What is printed: straight to the terminal, or above the prompt that is being typed at, which is then drawn again.

The text goes out without colours, with tabs and trailing blanks intact. A line that was begun is remembered, since
the prompt that follows is drawn from the first column and has to show it again.
"""

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

    def begin_prompt(self, prompting: Application[Act]) -> None:
        """A prompt is drawn from now on, `begun` being part of it."""
        self._to_first_column()
        self._prompting = prompting

    def end_prompt(self, *, erased: bool) -> None:
        """Note that the prompt stands above the cursor now, or was erased and the line continues where it was."""
        self._prompting = None
        if erased:
            self.output.write_raw(self.begun)
            self.output.flush()
        else:
            self.begun = ""

    def _to_first_column(self) -> None:
        if self.begun:
            self.output.write_raw("\r")
