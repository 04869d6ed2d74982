"""The output modifiers that may follow a show command: `| include REGEX`, `| redirect URL`.

To the parser they are ordinary keywords behind the keyword `|`, so abbreviation (`| i`), `?`, Tab and the caret come
of themselves; a pattern is the rest of the line with its blanks, as on the router. What follows the bar is one tree,
shared by all commands. A console without a type for URLs has no modifiers that write files.
"""

from collections.abc import Mapping

from emulator.grammar.arguments import ArgumentType, RestOfLine
from emulator.grammar.notation import NotationToken
from emulator.grammar.tree import Edge, Leaf, Node, Sealing

URL_TYPE = "DeviceUrl"
"""Name of the type of argument for the file that output goes to."""

_BAR = "|"
_PATTERN = ("<pattern>", "Regular Expression")
_URL = ("<url>", "Uniform Resource Locator")

_MODIFIERS: tuple[tuple[str, str, tuple[str, str]], ...] = (
    ("append", "Append redirected output to URL (URLs supporting append operation only)", _URL),
    ("begin", "Begin with the line that matches", _PATTERN),
    ("count", "Count number of lines which match regexp", _PATTERN),
    ("exclude", "Exclude lines that match", _PATTERN),
    ("include", "Include lines that match", _PATTERN),
    ("redirect", "Redirect output to URL", _URL),
    ("section", "Filter a section of output", _PATTERN),
    ("section exclude", "Exclude entire section(s) of output", _PATTERN),
    ("section include", "Include entire section(s) of output", _PATTERN),
    ("tee", "Copy output to URL", _URL),
    ("tee /append", "Append output to URL", _URL),
)
"""What may stand behind the bar: its words, the help of the last one, and what it takes."""


def modifiers(types: Mapping[str, ArgumentType]) -> Node:
    """Build the tree of output modifiers that may follow the bar."""
    root, line = Node(), RestOfLine()
    for words, text, (label, help_) in _MODIFIERS:
        type_ = line if label == _PATTERN[0] else types.get(URL_TYPE)
        if type_ is None:
            continue
        node = root
        for word in words.split():
            node = node.after(NotationToken(word)) or node.add(NotationToken(word), text)
        end = node.add(NotationToken(label, type=type_), help_)
        end.modifier, end.ends = words, True
    Sealing().seal(root)
    return root


def add_bar(node: Node, leaf: Leaf, behind: Node) -> None:
    """Let modifiers follow the command that ends at a node."""
    bar = Node(behind.keywords, behind.order, piped=leaf)
    node.keywords[_BAR] = Edge(_BAR, "Output modifiers", bar)
