"""A command is one record: its line, where it is known, what runs it, and where it was taken from.

The console's and the bench's command files are tables of these. The line is written in the language of `line.py`.
"""

from collections.abc import Callable, Mapping

import msgspec

from emulator.grammar.conditions import ALWAYS, Condition
from emulator.kernel.effects import Handler


class Command(msgspec.Struct, frozen=True):
    """A line of the command reference."""

    line: str
    """Grammar line: `license install <url:FileUrl>`, `show license [<detail:detail>]`, `power <router:Router>`."""
    modes: tuple[str, ...]
    run: Callable[..., Handler | None]
    """Handler `run(session, *, <the line's arguments>)`: a generator, or a plain function where no output, question or
    wait is needed. An argument that was left out is None.
    """
    privilege: int = 1
    when: Condition = ALWAYS
    """Condition for the command to exist: without it, neither `?`, Tab nor the parser knows it."""
    piped: bool = False
    """True if an output modifier may follow: `| include REGEX`."""
    forms: Mapping[str, Callable[..., Handler | None]] = {}
    """Handlers of the line's forms, by the word that stands before the line: `no`, `default`. A command that is written
    with the word takes precedence.
    """
    form_lines: tuple[str, ...] = ()
    """Lines that may follow the words of `forms`."""
    aside: bool = False
    """True if the command only looks at the world's past, or changes only what is kept of it or outside of it: it is no
    input of the world, and its output no part of the world's history.
    """
    look: bool = False
    """True if the command changes nothing of the world: it is an input like others, and `undo` passes over it."""
    help: str = ""
    """Help of the last word, where the file does not give it by prefix."""
    output: str = ""
    """Golden file that shows the output; empty if there is none."""
    source: str = ""
    """Document that the command is taken from."""
    basis: str = "I"
    """Basis mark: C confirmed, R recalled, I inferred."""
    file: str = ""
    """Name of the command's file, where it is a part of its source's file."""
