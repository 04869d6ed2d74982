"""The command parser of a router's console, as a library that knows nothing of routers.

Commands are records (`command.py`) whose lines (`notation.py`) are merged into one tree per mode (`tree.py`); one walk
(`reading.py`) gives parsing, abbreviation, `?`, Tab, the caret and the ambiguous and incomplete answers. The console
and the bench each load their own package of command files (`loading.py`) and hand in their modes and argument types.
"""

from emulator.grammar.arguments import (
    COMPLETE,
    REFUSED,
    VIABLE,
    ArgumentType,
    Choice,
    Choices,
    Dynamic,
    IPv4Address,
    Match,
    Number,
    RestOfLine,
    Suggested,
    Word,
)
from emulator.grammar.command import Command
from emulator.grammar.conditions import ALWAYS, Condition
from emulator.grammar.describe import Description, describe
from emulator.grammar.errors import GrammarError
from emulator.grammar.grammar import HELP_KEY, Grammar, render_help
from emulator.grammar.loading import Source, Tables, build, load
from emulator.grammar.outcomes import (
    Ambiguous,
    Blank,
    HelpEntries,
    Incomplete,
    Invalid,
    OutputFilter,
    Parsed,
    ParseOutcome,
)

__all__ = [
    "ALWAYS",
    "COMPLETE",
    "HELP_KEY",
    "REFUSED",
    "VIABLE",
    "Ambiguous",
    "ArgumentType",
    "Blank",
    "Choice",
    "Choices",
    "Command",
    "Condition",
    "Description",
    "Dynamic",
    "Grammar",
    "GrammarError",
    "HelpEntries",
    "IPv4Address",
    "Incomplete",
    "Invalid",
    "Match",
    "Number",
    "OutputFilter",
    "ParseOutcome",
    "Parsed",
    "RestOfLine",
    "Source",
    "Suggested",
    "Tables",
    "Word",
    "build",
    "describe",
    "load",
    "render_help",
]
