"""The output modifiers that may follow a show command: `| include REGEX`.

To the parser they are ordinary keywords behind the keyword `|`, so abbreviation (`| i`), `?`, Tab and the caret come
of themselves; the pattern is the rest of the line with its blanks, as on the router.
"""

from emulator.console.grammar.arguments import Line
from emulator.console.grammar.line import Token

_BAR = (Token("|"), "Output modifiers")
_PATTERN = (Token("<pattern>", type=Line()), "Regular Expression")
_KINDS = {
    "begin": "Begin with the line that matches",
    "exclude": "Exclude lines that match",
    "include": "Include lines that match",
}

FILTERS = tuple((_BAR, (Token(kind), text), _PATTERN) for kind, text in _KINDS.items())
"""What is appended to a piped command: tokens with their help."""
