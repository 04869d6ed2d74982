"""Help of `?` that stops at the end of the screen, as any output does (R).

Help changes nothing, so its pages are turned by the front end alone: no key that does so enters the world.
"""

from collections.abc import Callable
from typing import Any

from emulator.console.line.phases import Prompt, prompt_of, reply_of
from emulator.console.session.output_modifiers import following
from emulator.console.session.pager import paged
from emulator.kernel.effects import Ask, AskKey, Handler, Say


class HelpPages:
    """Help that is being shown.

    Attributes:
        beneath: the prompt that the help was asked for at.
    """

    def __init__(self, text: str, rows: int, beneath: Prompt, write: Callable[[str], object]) -> None:
        """Print the first page.

        Args:
            text: the help.
            rows: lines of the screen; 0 for one without end.
            beneath: the prompt that the help is asked for at.
            write: prints.
        """
        self.beneath, self._write = beneath, write
        self._pages = paged(_printed(text), rows) if rows else _printed(text)
        self._question: Ask | AskKey | None = None
        self._go_on(None)

    @property
    def prompt(self) -> Prompt | None:
        """Prompt for the next page; None once all is shown."""
        return prompt_of(self._question) if self._question is not None else None

    def answer(self, text: str) -> None:
        """Take the key, or the pattern to look for."""
        if self._question is not None:
            self._go_on(reply_of(self._question, text))

    def close(self) -> None:
        """Leave the rest."""
        self._pages.close()
        self._question = None

    def _go_on(self, reply: Any) -> None:
        self._question = None
        while (effect := following(self._pages, reply)) is not None:
            reply = None
            if isinstance(effect, Say):
                self._write(effect.text)
            elif isinstance(effect, Ask | AskKey):
                self._question = effect
                return


def _printed(text: str) -> Handler:
    yield Say(text)
