"""A loaded grammar: what a line means, what `?` shows there, what Tab makes of it.

The three questions are answered by the same walk over the same tree, so what `?` offers is what the parser takes.
The context is passed through to conditions and argument types and never looked into.
"""

from typing import Any, Protocol

from emulator.grammar.command import Command
from emulator.grammar.outcomes import Ambiguous, Blank, HelpEntries, ParseOutcome
from emulator.grammar.reading import LineReading, Position, split
from emulator.grammar.tree import Node

HELP_KEY = "?"
"""Key that asks for help at the place where it is typed."""


class Trees(Protocol):
    """The tree of every mode, and the commands in them."""

    @property
    def modes(self) -> tuple[str, ...]:
        """Modes that have a tree."""

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands."""

    def __getitem__(self, mode: str, /) -> Node:
        """Return the tree of a mode."""


class Grammar:
    """The commands of a package, one tree for each mode."""

    def __init__(self, trees: Trees) -> None:
        self.roots = trees

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands of all modes."""
        return self.roots.commands

    @property
    def modes(self) -> tuple[str, ...]:
        """Modes of the grammar."""
        return self.roots.modes

    def parse(self, mode: str, line: str, context: Any, privilege: int = 15) -> ParseOutcome:
        """Parse a finished line."""
        if _is_blank(line):
            return Blank()
        reading = LineReading(line, context, privilege)
        end = reading.walk(self.roots[mode], split(line))
        if not isinstance(end, Position):
            return end
        return reading.outcome(end)

    def help(self, mode: str, line: str, context: Any, privilege: int = 15) -> HelpEntries:
        """List the entries of `?` at the end of `line`: after a blank the next words, else the words that begin so."""
        return LineReading(line, context, privilege).help(self.roots[mode])

    def complete(self, mode: str, line: str, context: Any, privilege: int = 15) -> str:
        """Complete `line` as Tab does: its last word in full and a blank if only one fits, else the line unchanged."""
        if _is_blank(line) or line[-1].isspace():
            return line
        *words, last = split(line)
        reading = LineReading(line, context, privilege)
        end = reading.walk(self.roots[mode], words)
        if not isinstance(end, Position) or end.rest is not None:
            return line
        fitting = [step.word for step in reading.candidates(end.node, last.text)]
        fitting = fitting or reading.suggestions(end.node, last.text)
        return f"{line[: last.start]}{fitting[0]} " if len(fitting) == 1 else line


def render_help(shown: HelpEntries) -> str:
    """Format help as IOS prints it: two blanks, the word padded to the longest and two more, the text, a line end."""
    if isinstance(shown.error, Ambiguous):
        return f'% Ambiguous command:  "{shown.error.line}"\n'
    if shown.error is not None:
        return "% Unrecognized command\n"
    if shown.words:
        return "  ".join(word for word, _ in shown.entries) + "\n"
    width = max((len(word) for word, _ in shown.entries), default=0) + 2
    return "".join(f"  {word:{width}}{text}".rstrip() + "\n" for word, text in shown.entries)


def _is_blank(line: str) -> bool:
    text = line.lstrip()
    return not text or text.startswith("!")
