"""The tree of one mode: all flat lines merged, so that a shared prefix is walked, helped and completed once.

A node is visible if some command below it is, because its condition holds and the privilege suffices. IOS hides whole
branches that way. What is below is summed up when the tree is sealed, as a few gates (a condition, and the lowest
privilege with it), so that seeing takes no search. A branch may grow at its first use; what is expected there is
summed up before.

A tree has tens of thousands of small objects without a circle among them, so they are kept from the search for
garbage, which would take a tenth of a second to go through them.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import msgspec

from emulator.grammar.arguments import ArgumentType
from emulator.grammar.command import Command
from emulator.grammar.conditions import ALWAYS, Condition
from emulator.grammar.notation import NotationToken
from emulator.grammar.outcomes import OutputFilter, Parsed

Gate = tuple[Condition, int]


class Leaf(msgspec.Struct, eq=False, gc=False):
    """The end of a line that can run."""

    command: Command
    names: tuple[str, ...]
    """Parameters that take each word of the path, or an empty text."""
    left_out: dict[str, None]
    """All parameters, as if none had been given."""

    def parsed(self, values: list[Any], words: list[str], output: OutputFilter | None = None) -> Parsed:
        """Build the outcome for these values, one for each word of the path, and for the words as they are spelled."""
        arguments: dict[str, Any] = dict(self.left_out)
        for name, value in zip(self.names, values, strict=False):
            if name:
                arguments[name] = value
        return Parsed(self.command, arguments, " ".join(words[: len(self.names)]), output)


class Edge(msgspec.Struct, eq=False, gc=False):
    """A keyword, or any other word, that leads from one node to the next."""

    label: str
    help: str
    node: "Node"


class ArgumentEdge(Edge, eq=False, gc=False):
    """An argument that leads from one node to the next."""

    type: ArgumentType


class Node(msgspec.Struct, eq=False, gc=False):
    """A place in a line: the words that may follow, and the command that runs if the line ends here."""

    keywords: dict[str, Edge] = {}
    """Edges by the keyword in lower case."""
    order: tuple[str, ...] = ()
    """Keys of `keywords`, sorted, to look up abbreviations."""
    arguments: tuple[ArgumentEdge, ...] = ()
    leaf: Leaf | None = None
    gates: tuple[Gate, ...] = ()
    piped: Leaf | None = None
    """Command before a bar, of the node after the bar. The tree that follows it is shared by all commands."""
    modifier: str = ""
    """Words of an output modifier, of the node at its end."""
    growth: Callable[[], None] | None = None
    """Function that adds further lines below, when the branch is first used."""
    expected: tuple[Gate, ...] = ()
    """Gates of the lines that `growth` adds."""

    def grown(self) -> "Node":
        """Return this node with all that belongs below it."""
        grow, self.growth, self.expected = self.growth, None, ()
        if grow is not None:
            grow()
            self.seal()
        return self

    def after(self, token: NotationToken) -> "Node | None":
        """Return the node after `token`, if there is one."""
        if token.type is None:
            edge = self.keywords.get(token.label.lower())
            return edge.node if edge is not None else None
        for known in self.arguments:
            if known.type is token.type and known.label == token.label:
                return known.node
        return None

    def add(self, token: NotationToken, text: str) -> "Node":
        """Make the node after `token`, which has `text` for its help."""
        node = Node()
        if token.type is None:
            self.keywords[token.label.lower()] = Edge(token.label, text, node)
        else:
            self.arguments += (ArgumentEdge(token.label, text, node, token.type),)
        return node

    def seal(self) -> None:
        """Compute the data that a walk needs, for this node and all below."""
        if self.piped is not None:
            self.gates = ((self.piped.command.when, self.piped.command.privilege),)
            return
        self.order = tuple(sorted(self.keywords))
        self.arguments = tuple(sorted(self.arguments, key=lambda edge: (edge.type.rest, edge.type.greedy)))
        gates: list[Gate] = [(self.leaf.command.when, self.leaf.command.privilege)] if self.leaf else []
        gates += [(ALWAYS, 0)] if self.modifier else []
        gates += self.expected
        for node in self.below():
            node.seal()
            gates += node.gates
        self.gates = _shared(_lowest(gates))

    def below(self) -> Iterable["Node"]:
        """List the nodes one word further on; a modifier's nodes after the bar do not belong to the command."""
        if self.piped is not None:
            return
        yield from (edge.node for edge in self.keywords.values())
        yield from (edge.node for edge in self.arguments)


@cache
def _shared(gates: tuple[Gate, ...]) -> tuple[Gate, ...]:
    """Share one tuple of these gates: a few hundred serve tens of thousands of nodes."""
    return gates


def _lowest(gates: Iterable[Gate]) -> tuple[Gate, ...]:
    """Reduce gates to one for each condition, with its lowest privilege; one open to all comes first."""
    lowest: dict[Condition, int] = {}
    for condition, privilege in gates:
        lowest[condition] = min(privilege, lowest.get(condition, privilege))
    always = lowest.pop(ALWAYS, None)
    if always is None:
        return tuple(lowest.items())
    return ((ALWAYS, always), *(gate for gate in lowest.items() if gate[1] < always))
