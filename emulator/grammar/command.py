"""A command is one record: its line, where it is known, what runs it, and where it was taken from.

The console's and the bench's command files are tables of these. The line is written in the language of `line.py`.
"""

from collections.abc import Callable

import msgspec

from emulator.grammar.conditions import ALWAYS, Condition
from emulator.kernel.effects import Handler


class Command(msgspec.Struct, frozen=True):
    """One line of the command reference."""

    line: str
    """`license install <url:FileUrl>`, `show license [<detail:detail>]`, `power <router:Router> <state:on|off>`."""
    modes: tuple[str, ...]
    run: Callable[..., Handler | None]
    """`run(session, *, <the line's arguments>)`: a generator, or a plain function where nothing is said, asked or
    waited for. An argument that was left out is None."""
    privilege: int = 1
    when: Condition = ALWAYS
    """A command whose condition does not hold does not exist: not for `?`, not for Tab, not for the parser."""
    piped: bool = False
    """Accepts an output modifier after it: `| include REGEX`."""
    weak: bool = False
    """Where another command has the same line in the mode, this one has it not."""
    aside: bool = False
    """It looks at the world's past, or changes what is kept of it or only what is outside it: it is no input of the
    world itself, and what it prints is no part of the world's history."""
    help: str = ""
    """Help of its last word, where its file does not give it by prefix."""
    output: str = ""
    """Golden file that shows what it prints; empty if it prints nothing."""
    source: str = ""
    """Document that the command is taken from."""
    basis: str = "I"
    """C confirmed, R recalled, I inferred."""
    file: str = ""
    """The file that it stands in, where that is a part of the file of its source."""
