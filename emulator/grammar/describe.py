"""The grammar as rows of a reference page: every line that can be typed, with where it was taken from.

The page is generated from the tree that parses, so it cannot tell of a command that does not exist.
"""

from collections.abc import Iterator
from typing import NamedTuple

from emulator.grammar.grammar import Grammar
from emulator.grammar.tree import Edge, Node


class Description(NamedTuple):
    """A line in one mode."""

    mode: str
    line: str
    privilege: int
    help: str
    """Help of the last word."""
    source: str
    basis: str
    condition: str


def describe(grammar: Grammar) -> Iterator[Description]:
    """Yield every flat line of every mode, in the order of the tree; output filters are left out."""
    for mode in grammar.modes:
        for line, text, node in _lines(grammar.roots[mode], ""):
            if node.leaf is not None:
                command = node.leaf.command
                yield Description(mode, line, command.privilege, text, command.source, command.basis, command.when.name)


def _lines(node: Node, before: str) -> Iterator[tuple[str, str, Node]]:
    edges: list[Edge] = [*(node.keywords[key] for key in node.order), *node.arguments]
    for edge in edges:
        line = f"{before} {edge.label}".lstrip()
        if edge.node.piped is not None:
            continue
        yield line, edge.help, edge.node.grown()
        yield from _lines(edge.node, line)
