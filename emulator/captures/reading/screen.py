"""A screen, which is the output of one command, and what of a recording is none."""

import msgspec

from emulator.captures.reading.commands import Kind
from emulator.captures.reading.terminal import CapturedLine


class Screen(msgspec.Struct, frozen=True):
    """The output of one command.

    Attributes:
        file: where it was read.
        host: the name in the prompt; None where there was none.
        typed: the command as it was typed; empty where there was no prompt.
        comments: what a collector wrote above a configuration.
    """

    kind: Kind
    file: str
    lines: tuple[CapturedLine, ...]
    host: str | None = None
    typed: str = ""
    comments: tuple[CapturedLine, ...] = ()

    @property
    def text(self) -> str:
        """The output, every line with its end."""
        return "".join(f"{line.text}\n" for line in self.lines)


class Leftover(msgspec.Struct, frozen=True):
    """Lines that were passed over: what was typed, or what they look like, and why."""

    file: str
    line: int
    what: str
