"""One line being read: the walk from the root of a mode to where the line ends or goes wrong.

The rules of the IOS parser (output-formats.md, section 12): keywords in any case and abbreviated; the whole keyword
wins over longer ones that it begins; keywords win over arguments; several keywords that fit are an ambiguity even if
only one of them leads anywhere; the caret stands under the first character at which nothing matches any more. What
the context or the privilege hides takes no part in any of this.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from emulator.grammar.arguments import ArgumentType, Choices, Match, Number, Suggested
from emulator.grammar.conditions import ALWAYS, Condition
from emulator.grammar.outcomes import Ambiguous, HelpEntries, Incomplete, Invalid, OutputFilter, Parsed
from emulator.grammar.tree import OPEN, PLAIN, ArgumentEdge, Edge, Leaf, Node

# A bar that begins a word stands alone, so that `|i` is read as `| i`.
_WORD = re.compile(r"(?<!\S)\||\S+")


END = ("<cr>", "")
"""Entry of `?` for a line that can be run as it stands."""

NUMBER = ArgumentEdge("<number>", "Interface number", Node(gates=OPEN), Number(0, 2147483647))
NUMBERED = Node(arguments=(NUMBER,))
"""Node behind the name of an interface whose number stands apart."""


class TypedWord(NamedTuple):
    """A word of the line."""

    start: int
    text: str


class NextKeyword(NamedTuple):
    """A keyword that may come next, spelled in full."""

    word: str
    help: str
    node: Node
    type: ArgumentType | None
    """Type that gave the word; None for a word of the grammar line."""
    form: str
    """Form of the line from there on."""


class Position(msgspec.Struct):
    """The end of a walk."""

    node: Node
    values: list[Any]
    """Values of the words so far: the keyword in full or the value of the argument."""
    words: list[str]
    """Words so far, each spelled in full."""
    rest: ArgumentEdge | None = None
    """Argument that has taken the rest of the line."""
    taken: str = ""
    """Rest of the line that the argument has taken."""
    piped: Leaf | None = None
    """Command before the bar, once there is one."""


def split(line: str) -> list[TypedWord]:
    """Split a line into words."""
    return [TypedWord(found.start(), found.group()) for found in _WORD.finditer(line)]


class LineReading:
    """A line being read, its form so far, and the conditions on its reader's view."""

    def __init__(self, line: str, context: Any, privilege: int) -> None:
        self.line = line
        self.context = context
        self.privilege = privilege
        self._form = PLAIN
        self._holding: dict[Condition, bool] = {}

    def walk(self, node: Node, words: list[TypedWord]) -> Position | Ambiguous | Invalid:
        """Follow the words from `node`."""
        values: list[Any] = []
        spelled: list[str] = []
        piped: Leaf | None = None
        left = iter(enumerate(words))
        for index, word in left:
            steps = self.candidates(node, word.text)
            if len(steps) > 1:
                return Ambiguous(self.line, index)
            if steps:
                values.append(self._value(steps[0]))
                spelled.append(steps[0].word)
                node, self._form = steps[0].node, steps[0].form
                if node.piped is not None:
                    piped = node.piped
                continue
            fits = self.arguments(node, word)
            edge = next((edge for edge, match in fits if match.complete), None)
            numbered = self._numbered(node, words[index : index + 2]) if edge is None else None
            if numbered is not None:
                edge, text = numbered
                if edge is NUMBER:
                    self._form = PLAIN
                    return Position(NUMBERED, values, spelled)
                next(left)
            elif edge is None:
                begun = next((edge for edge, match in fits if edge.type.rest and match.viable), None)
                if begun is not None:
                    return Position(Node(), values, spelled, rest=begun, taken=self._text(begun, word))
                return Invalid(self.caret(node, word), index)
            else:
                text = self._text(edge, word)
            values.append(edge.type.value(text, self.context))
            spelled.append(edge.type.spelled(text, values[-1]))
            node = edge.node
            if edge.type.rest:
                return Position(node, values, spelled, rest=edge, taken=text, piped=piped)
        return Position(node, values, spelled, piped=piped)

    def _numbered(self, node: Node, words: list[TypedWord]) -> tuple[ArgumentEdge, str] | None:
        """Find an argument whose number stands apart, with its two words in one; its edge alone if that is to come."""
        name, *following = (word.text for word in words)
        edges = [edge for edge in self.open_arguments(node) if edge.type.numbered and name.replace("-", "").isalpha()]
        if not following:
            viable = any(edge.type.match(name, self.context).viable for edge in edges)
            return (NUMBER, "") if viable else None
        text = name + following[0]
        edge = next((edge for edge in edges if edge.type.match(text, self.context).complete), None)
        return None if edge is None or not following[0][0].isdigit() else (edge, text)

    def runnable(self, node: Node) -> Leaf | None:
        """Find the command that runs if the line ends at `node`; None without one."""
        leaf = node.leaves.get(self._form)
        if leaf is None or leaf.command.privilege > self.privilege or not self._holds(leaf.command.when):
            return None
        return leaf

    def outcome(self, end: Position) -> Parsed | Incomplete:
        """Interpret a line that ends at this position."""
        if end.piped is not None and end.node.modifier:
            return end.piped.parsed(end.values, end.words, OutputFilter(end.node.modifier, end.values[-1]))
        leaf = self.runnable(end.node)
        return Incomplete() if leaf is None else leaf.parsed(end.values, end.words)

    def help(self, root: Node) -> HelpEntries:
        """List the entries of `?` at the end of the line: after a blank the next words, else those that begin so."""
        words = split(self.line)
        begun = words.pop() if words and not self.line[-1].isspace() else None
        end = self.walk(root, words)
        if not isinstance(end, Position):
            return HelpEntries([], error=end)
        if end.rest is not None:
            inside = end.rest.type.entries(end.taken, self.context)
            if inside is not None:
                return HelpEntries(list(inside), words=begun is not None)
            going_on = (end.rest.type.placeholder(self.context), end.rest.help)
            return HelpEntries([going_on], words=True) if begun else HelpEntries([going_on, *self._ending(end.node)])
        entries = [(step.word, step.help) for step in self.steps(end.node, begun.text if begun else "")]
        if begun is None:
            entries += [shown for edge in self.open_arguments(end.node) for shown in self._offered(edge, "")]
            return HelpEntries([*sorted(entries), *self._ending(end.node)])
        entries += [
            shown
            for edge, match in self.arguments(end.node, begun) if match.viable
            for shown in self._offered(edge, begun.text)
        ]  # fmt: skip
        if not entries:
            return HelpEntries([], error=Invalid(self.caret(end.node, begun), len(words)), words=True)
        return HelpEntries(sorted(entries), words=True)

    def _offered(self, edge: ArgumentEdge, text: str) -> Choices:
        inside = edge.type.entries(text, self.context)
        return [(edge.type.placeholder(self.context), edge.help)] if inside is None else inside

    def _ending(self, node: Node) -> list[tuple[str, str]]:
        return [END] if node.ends or self.runnable(node) else []

    def sees(self, node: Node, form: str) -> bool:
        """Tell whether any command at or below `node` exists in that form for this reader."""
        for condition, privilege in node.gates.get(form, ()):
            if privilege > self.privilege:
                continue
            if condition is ALWAYS or self._holds(condition):
                return True
        return False

    def candidates(self, node: Node, text: str) -> list[NextKeyword]:
        """List the keywords that `text` may mean: the one it spells in full, else all that it begins."""
        key = text.lower()
        exact = node.keywords.get(key)
        if exact is not None and (step := self._step(exact)) is not None:
            return [step]
        steps = self.steps(node, key)
        return next(([step] for step in steps if step.word.lower() == key), steps)

    def steps(self, node: Node, prefix: str) -> list[NextKeyword]:
        """List the visible keywords that begin with `prefix`, those that the context gives included."""
        prefix = prefix.lower()
        found: dict[str, NextKeyword] = {}
        for key in node.order[bisect_left(node.order, prefix) :]:
            if not key.startswith(prefix):
                break
            step = self._step(node.keywords[key])
            if step is not None:
                found[key] = step
        for choice in self._choices(node):
            if choice.word.lower().startswith(prefix):
                found.setdefault(choice.word.lower(), choice)
        return list(found.values())

    def _choices(self, node: Node) -> Iterator[NextKeyword]:
        """Yield the keywords that the context gives."""
        for argument in node.arguments:
            if self.sees(argument.node, self._form):
                for word, text in argument.type.choices(self.context) or ():
                    yield NextKeyword(word, text, argument.node, argument.type, self._form)

    def _step(self, edge: Edge) -> NextKeyword | None:
        """Step over a keyword; None if it is hidden, as a form word behind another is."""
        if edge.form and self._form:
            return None
        form = edge.form or self._form
        return NextKeyword(edge.label, edge.help, edge.node, None, form) if self.sees(edge.node, form) else None

    def arguments(self, node: Node, word: TypedWord) -> list[tuple[ArgumentEdge, Match]]:
        """Match `word` against each of the open arguments."""
        return [(edge, edge.type.match(self._text(edge, word), self.context)) for edge in self.open_arguments(node)]

    def suggestions(self, node: Node, text: str) -> list[str]:
        """List the words that begin with `text` and that the types of the open arguments suggest."""
        types = [edge.type for edge in self.open_arguments(node)]
        offered = [each.entries(text, self.context) or () for each in types if isinstance(each, Suggested)]
        return [word for entries in offered for word, _ in entries]

    def open_arguments(self, node: Node) -> list[ArgumentEdge]:
        """List the visible arguments that do not behave as keywords, in the order in which they are tried."""
        seen = (edge for edge in node.arguments if self.sees(edge.node, self._form))
        return [edge for edge in seen if edge.type.choices(self.context) is None]

    def caret(self, node: Node, word: TypedWord) -> int:
        """Offset of the marker in the line for a word that nothing matches."""
        key = word.text.lower()
        good = max((match.acceptable for _, match in self.arguments(node, word)), default=0)
        for keyword, edge in node.keywords.items():
            if keyword[: good + 1] == key[: good + 1] and self._step(edge) is not None:
                good = max(good, _shared(key, keyword))
        for choice in self._choices(node):
            good = max(good, _shared(key, choice.word.lower()))
        return min(word.start + good, len(self.line))

    def _text(self, edge: ArgumentEdge, word: TypedWord) -> str:
        return self.line[word.start :] if edge.type.rest else word.text

    def _value(self, step: NextKeyword) -> Any:
        return step.word if step.type is None else step.type.value(step.word, self.context)

    def _holds(self, condition: Condition) -> bool:
        holds = self._holding.get(condition)
        if holds is None:
            holds = self._holding[condition] = condition(self.context)
        return holds


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
