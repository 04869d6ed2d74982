"""The graph of one mode: all flat lines merged, so that a shared prefix is walked, helped and completed once.

Lines after a form word (`no`, `default`) are lines of the same graph: the word leads back to the root, and a node tells
apart which command ends there in each form. So `no` needs no copy of what it takes back, nor help of its own.

A node is visible in a form if some command below it is, because its condition holds and the privilege suffices. IOS
hides whole branches that way. What is below is summed up when the graph is sealed, as a few gates (a condition, and
the lowest privilege with it), so that seeing takes no search.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from emulator.grammar.arguments import ArgumentType
from emulator.grammar.command import Command
from emulator.grammar.conditions import ALWAYS, Condition
from emulator.grammar.notation import NotationToken
from emulator.grammar.outcomes import OutputFilter, Parsed
from emulator.kernel.effects import Handler

PLAIN = ""
"""Form of a line that begins with no form word."""

Gate = tuple[Condition, int]
Gates = Mapping[str, tuple[Gate, ...]]
"""Gates by form."""

OPEN: Gates = {PLAIN: ((ALWAYS, 0),)}
"""Gates of a node without a condition or privilege level."""


class Leaf(msgspec.Struct, eq=False, gc=False):
    """The end of a line that can run."""

    command: Command
    run: Callable[..., Handler | None]
    names: tuple[str, ...]
    """Parameters that take each word of the path, or an empty text."""
    left_out: dict[str, None]
    """All parameters, as if none had been given."""

    @property
    def gate(self) -> Gate:
        """Condition and privilege that the command needs."""
        return self.command.when, self.command.privilege

    def parsed(self, values: list[Any], words: list[str], output: OutputFilter | None = None) -> Parsed:
        """Build the outcome for these values, one for each word of the path, and for the words as they are spelled."""
        arguments: dict[str, Any] = dict(self.left_out)
        for name, value in zip(self.names, values, strict=False):
            if name:
                arguments[name] = value
        return Parsed(self.command, self.run, arguments, " ".join(words[: len(self.names)]), output)


class Edge(msgspec.Struct, eq=False, gc=False):
    """A keyword, or any other word, that leads from one node to the next."""

    label: str
    help: str
    node: "Node"
    form: str = PLAIN
    """Form of the line from here on, of a form word; its node is the root."""


class ArgumentEdge(msgspec.Struct, eq=False, gc=False):
    """An argument that leads from one node to the next."""

    label: str
    help: str
    node: "Node"
    type: ArgumentType


class Node(msgspec.Struct, eq=False, gc=False):
    """A place in a line: the words that may follow, and the commands that run if the line ends here."""

    keywords: dict[str, Edge] = {}
    """Edges by the keyword in lower case."""
    order: tuple[str, ...] = ()
    """Keys of `keywords`, sorted, to look up abbreviations."""
    arguments: tuple[ArgumentEdge, ...] = ()
    leaves: dict[str, Leaf] = {}
    """Commands that end here, by form."""
    gates: Gates = {}
    piped: Leaf | None = None
    """Command before a bar, of the node after the bar. The graph that follows it is shared by all commands."""
    modifier: str = ""
    """Words of an output modifier, of the node at its end."""
    ends: bool = False
    """True if a part of a line that is read by itself may end here: an output modifier, a phrase."""

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

    def labels_after(self, labels: Sequence[str]) -> set[str]:
        """Words and arguments that may follow these, as help prefixes have them: arguments as `<name>`."""
        nodes = [self]
        for label in labels:
            edges = [node.keywords[label.lower()] for node in nodes if label.lower() in node.keywords]
            nodes = [edge.node for node in nodes for edge in node.arguments if edge.label == label]
            nodes += [edge.node for edge in edges]
        words = {edge.label for node in nodes for edge in node.keywords.values()}
        return words | {edge.label for node in nodes for edge in node.arguments}

    def below(self) -> Iterable["Node"]:
        """List the nodes one word further on; a modifier's nodes after the bar do not belong to the command."""
        if self.piped is not None:
            return
        yield from (edge.node for edge in self.keywords.values() if not edge.form)
        yield from (edge.node for edge in self.arguments)


def edges_of(roots: Iterable[Node]) -> Iterator[Edge | ArgumentEdge]:
    """Yield every word and argument of graphs that share nodes, each node's once."""
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        edges: list[Edge | ArgumentEdge] = [*node.keywords.values(), *node.arguments]
        yield from edges
        waiting += [edge.node for edge in edges]


def ordered(arguments: Iterable[ArgumentEdge]) -> tuple[ArgumentEdge, ...]:
    """Sort arguments into the order in which they are tried."""
    return tuple(sorted(arguments, key=lambda edge: (edge.type.rest, edge.type.greedy)))


class Sealing:
    """Computes the data that a walk needs, for a node and all below.

    Nodes with the same gates share them: a few hundred serve thousands of nodes.
    """

    def __init__(self) -> None:
        self._shared: dict[tuple[tuple[str, tuple[Gate, ...]], ...], Gates] = {}

    def seal(self, node: Node) -> None:
        """Sum up the nodes below, and put the words and arguments in their order."""
        if node.piped is not None:
            node.gates = {PLAIN: (node.piped.gate,)}
            return
        node.order = tuple(sorted(node.keywords))
        node.arguments = ordered(node.arguments)
        if node.modifier:
            node.gates = OPEN
            return
        gates: dict[str, dict[Gate, None]] = {form: {leaf.gate: None} for form, leaf in node.leaves.items()}
        for below in node.below():
            self.seal(below)
            for form, further in below.gates.items():
                gates.setdefault(form, {}).update(dict.fromkeys(further))
        lowest = tuple((form, _lowest(found)) for form, found in gates.items())
        node.gates = self._shared.setdefault(lowest, dict(lowest))


def _lowest(gates: Collection[Gate]) -> tuple[Gate, ...]:
    """Reduce gates to one for each condition, with its lowest privilege; one open to all comes first."""
    if len(gates) == 1:
        return tuple(gates)
    lowest: dict[Condition, int] = {}
    for condition, privilege in gates:
        lowest[condition] = min(privilege, lowest.get(condition, privilege))
    always = lowest.pop(ALWAYS, None)
    if always is None:
        return tuple(lowest.items())
    return ((ALWAYS, always), *(gate for gate in lowest.items() if gate[1] < always))
