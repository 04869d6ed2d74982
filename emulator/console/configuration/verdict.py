"""An answer to a line of the configuration before it is taken, and the kind of function that gives one."""

from collections.abc import Callable
from typing import Any

import msgspec

from emulator.console.configuration.editor import Editor
from emulator.kernel.effects import Handler, Say


class Verdict(msgspec.Struct, frozen=True):
    """An answer to a line, and whether the line is refused."""

    text: str
    refused: bool = True

    def said(self) -> Handler:
        """Build the handler that prints the answer."""
        yield Say(self.text)


LineCheck = Callable[[Editor, str, dict[str, Any]], Verdict | None]
"""Function of the session, the word before the line (`no`, `default` or none) and its arguments; None: no objection."""


class CheckRule(msgspec.Struct, frozen=True):
    """A check, and the arguments that it looks at: of the line itself, and of the line after `no` or `default`."""

    judge: LineCheck
    needs: tuple[str, ...] = ()
    needs_back: tuple[str, ...] = ()
