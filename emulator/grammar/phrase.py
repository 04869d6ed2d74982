"""A tail of a line with so many forms that expanding it would take thousands of lines: an access list's entry.

It is written in the notation of grammar lines and is a graph of the same nodes, read by the same walk; but it is not
expanded, so alternatives meet again behind themselves. It takes the rest of the line as one argument, which the
handler receives spelled in full.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from emulator.grammar.arguments import ArgumentType, Choices, Match
from emulator.grammar.notation import LineError
from emulator.grammar.outcomes import Ambiguous, Invalid
from emulator.grammar.reading import END, LineReading, split
from emulator.grammar.tree import OPEN, ArgumentEdge, Edge, Node, ordered
from emulator.kernel.errors import UnknownName

_PIECE = re.compile(r"<[^<>]*>|[\[\]{}|]|[^\s\[\]{}|<>]+")
_CLOSERS = {"[": "]", "{": "}"}

PhraseStep = tuple[str, ArgumentType | None]
"""A word of a phrase: a keyword or `<argument>`, and the argument's type."""
States = frozenset[int]


class Phrase(ArgumentType):
    """A graph made from a line.

    Args:
        line: keywords, `<name:Type>`, `[…]` and `{… | …}`.
        types: the types of its arguments; none of them may take the rest of the line but the last.
        explain: the help of a word.
    """

    rest = True

    def __init__(self, line: str, types: Mapping[str, ArgumentType], explain: Callable[[str], str]) -> None:
        self.line = line
        self._root, self._words = _Draft(line, types).graph(explain)

    def words(self) -> Iterator[str]:
        """Yield every keyword and `<argument>` of the phrase."""
        yield from self._words

    def placeholder(self, _context: Any, /) -> str:
        return "LINE"

    def match(self, token: str, context: Any, /) -> Match:
        words = split(token)
        end = LineReading(token, context, 0).walk(self._root, words)
        if isinstance(end, Ambiguous):
            return Match(acceptable=words[end.word].start + len(words[end.word].text))
        if isinstance(end, Invalid):
            return Match(acceptable=end.column)
        return Match(complete=end.node.ends and bool(words), viable=True)

    def value(self, token: str, context: Any, /) -> str:
        end = LineReading(token, context, 0).walk(self._root, split(token))
        return token if isinstance(end, (Ambiguous, Invalid)) else " ".join(end.words)

    def entries(self, text: str, context: Any, /) -> Choices | None:
        """List the entries that `?` shows after `text`."""
        shown = LineReading(text, context, 0).help(self._root)
        if shown.error is not None and not shown.words:
            return None
        return [entry for entry in dict(shown.entries).items() if text or entry != END]


class _Draft:
    """The phrase as an automaton whose states may go over into others without a word, from which the graph is drawn."""

    def __init__(self, line: str, types: Mapping[str, ArgumentType]) -> None:
        self._types = types
        self._steps: list[list[tuple[PhraseStep, int]]] = [[]]
        self._free: list[set[int]] = [set()]
        self._pieces = iter(_PIECE.findall(line))
        self._end = self._sequence(0, "")

    def graph(self, explain: Callable[[str], str]) -> tuple[Node, list[str]]:
        """Draw the graph: a node is a set of states. Its words are listed beside it."""
        start = self._closed({0})
        nodes, left = {start: Node(gates=OPEN)}, [start]
        while left:
            states = left.pop()
            node, ahead = nodes[states], self._ahead(states)
            node.ends = self._end in states
            for (label, type_), behind in ahead.items():
                following = self._closed(behind)
                if following not in nodes:
                    nodes[following] = Node(gates=OPEN)
                    left.append(following)
                if type_ is None:
                    node.keywords[label.lower()] = Edge(label, explain(label), nodes[following])
                else:
                    node.arguments += (ArgumentEdge(label, explain(label), nodes[following], type_),)
            node.order, node.arguments = tuple(sorted(node.keywords)), ordered(node.arguments)
        return nodes[start], [label for steps in self._steps for (label, _), _ in steps]

    def _ahead(self, states: States) -> dict[PhraseStep, set[int]]:
        found: dict[PhraseStep, set[int]] = {}
        for state in sorted(states):
            for step, behind in self._steps[state]:
                found.setdefault(step, set()).add(behind)
        return found

    def _closed(self, states: Iterable[int]) -> States:
        """Return those states, and the states that they go over into without a word."""
        found, left = set(states), list(states)
        while left:
            for state in self._free[left.pop()] - found:
                found.add(state)
                left.append(state)
        return frozenset(found)

    def _sequence(self, start: int, closer: str) -> int:
        """States from `start` to behind the closer; alternatives meet there."""
        ends, at = [], start
        for piece in self._pieces:
            if piece in ("|", closer) and closer:
                ends.append(at)
                at = start
                if piece == closer:
                    meeting = self._state()
                    for end in ends:
                        self._free[end].add(meeting)
                    return meeting
            elif piece in _CLOSERS:
                inner = self._state()
                self._free[at].add(inner)
                behind = self._sequence(inner, _CLOSERS[piece])
                if piece == "[":
                    self._free[at].add(behind)
                at = behind
            else:
                at = self._word(at, piece)
        if closer:
            raise LineError(f"'{closer}' is missing")
        return at

    def _word(self, at: int, piece: str) -> int:
        behind = self._state()
        if piece.startswith("<"):
            name, _, kind = piece[1:-1].partition(":")
            if kind not in self._types:
                raise LineError(str(UnknownName("argument type", kind, self._types)))
            self._steps[at].append(((f"<{name}>", self._types[kind]), behind))
        else:
            self._steps[at].append(((piece, None), behind))
        return behind

    def _state(self) -> int:
        self._steps.append([])
        self._free.append(set())
        return len(self._steps) - 1
