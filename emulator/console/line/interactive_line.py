"""A place to type at, as every front end sees it: the terminal at a line of a router, or the bench."""

from collections.abc import Callable, Sequence
from typing import Protocol

from emulator.console.line.phases import Prompt


class InteractiveLine(Protocol):
    """A place that takes lines and keys, and gives text."""

    output: Callable[[str], object] | None
    """Function that takes the text that is printed; text printed while there is none is lost, as on the wire."""

    messages: Callable[[str], object] | None
    """Function that takes the system messages, which come by themselves; None where they are output like other text."""

    @property
    def prompt(self) -> Prompt:
        """Prompt and kind of input that is expected now."""

    @property
    def busy(self) -> bool:
        """Tell whether an activity goes on that ends by itself."""

    @property
    def remote(self) -> bool:
        """Tell whether what is typed goes to another router, from which Ctrl-^ x comes back."""

    @property
    def deaf(self) -> bool:
        """Tell whether typed text is lost now, as while a router boots."""

    @property
    def logging_in(self) -> bool:
        """Tell whether a name or a password is asked for, for which a person has little time."""

    @property
    def configuring(self) -> bool:
        """Tell whether the line is in a mode that Ctrl-Z leaves."""

    @property
    def synchronous(self) -> bool:
        """Tell whether the prompt is shown again after a message."""

    @property
    def rows(self) -> int:
        """Lines of the screen; 0 where output never stops at `--More--`."""

    @property
    def columns(self) -> int:
        """Columns of the screen; 0 where a line has no bound."""

    @property
    def history(self) -> Sequence[str]:
        """Lines typed before, oldest first."""

    def submit(self, text: str, /) -> None:
        """Take a line that was typed and ended with RETURN, or a key; it takes effect as the clock is stepped."""

    def interrupt(self) -> None:
        """Break off what goes on or is asked; at a prompt, leave configuration, as Ctrl-C does."""

    def end_configuration(self) -> None:
        """Leave configuration, as Ctrl-Z does."""

    def help(self, text: str, /) -> str:
        """Return the help that `?` typed after a text prints."""

    def complete(self, text: str, /) -> str:
        """Complete a text as Tab does."""
