"""The grammar as rows of a reference page: every line that can be typed, with where it was taken from.

The page is generated from the tree that parses, so it cannot tell of a command that does not exist.
"""

from collections.abc import Iterator
from typing import NamedTuple

from emulator.grammar.conditions import Condition
from emulator.grammar.grammar import Grammar
from emulator.grammar.tree import PLAIN, Leaf, Node


class Description(NamedTuple):
    """A line in one mode."""

    mode: str
    line: str
    privilege: int
    help: str
    """Help of the last word."""
    source: str
    basis: str
    when: Condition

    @property
    def condition(self) -> str:
        """Name of the condition of the command."""
        return self.when.name


def describe(grammar: Grammar, *modes: str) -> Iterator[Description]:
    """Yield every flat line of these modes, or of all, in the order of the tree; output filters are left out."""
    for mode in modes or grammar.modes:
        for line, text, leaf in _lines(grammar.roots[mode], "", PLAIN):
            command = leaf.command
            yield Description(mode, line, command.privilege, text, command.source, command.basis, command.when)


def _lines(node: Node, before: str, form: str) -> Iterator[tuple[str, str, Leaf]]:
    words = ((edge.label, edge.help, edge.node, edge.form) for edge in map(node.keywords.__getitem__, node.order))
    arguments = ((edge.label, edge.help, edge.node, PLAIN) for edge in node.arguments)
    for label, text, following, into in (*words, *arguments):
        line = f"{before} {label}".lstrip()
        if into:
            if not form:
                yield from _lines(following, line, into)
        elif following.piped is None:
            if form in following.leaves:
                yield line, text, following.leaves[form]
            if form in following.gates:
                yield from _lines(following, line, form)
