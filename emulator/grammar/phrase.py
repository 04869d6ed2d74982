"""A tail of a line with so many forms that the tree would need a thousand lines: an access list's entry.

It is written in the notation of `line.py` and walked word by word as the tree is (abbreviations, the caret, `?`), but
kept as a small automaton, whose alternatives meet again behind them. It takes the rest of the line as one argument,
which the handler receives spelled in full.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from emulator.grammar.arguments import ArgumentType, Choices, Match
from emulator.grammar.notation import LineError
from emulator.kernel.errors import UnknownName

_PIECE = re.compile(r"<[^<>]*>|[\[\]{}|]|[^\s\[\]{}|<>]+")
_WORD = re.compile(r"\S+")
_CLOSERS = {"[": "]", "{": "}"}

Step = tuple[str, ArgumentType | None, int]
"""Step of the automaton: a keyword or the name of an argument, the argument's type, and the state behind it."""


class Phrase(ArgumentType):
    """An automaton made from a line.

    Args:
        line: keywords, `<name:Type>`, `[…]` and `{… | …}`.
        types: the types of its arguments; none of them may take the rest of the line but the last.
        explain: the help of a word.
    """

    rest = True

    def __init__(self, line: str, types: Mapping[str, ArgumentType], explain: Callable[[str], str]) -> None:
        self._types, self._explain = types, explain
        self._steps: list[list[Step]] = [[]]
        self._free: list[set[int]] = [set()]
        self._reach: dict[int, frozenset[int]] = {}
        self._pieces = iter(_PIECE.findall(line))
        self.line = line
        self.end = self._sequence(0, "")

    def words(self) -> Iterator[str]:
        """Yield every keyword and `<argument>` of the phrase."""
        for steps in self._steps:
            yield from (label for label, _, _ in steps)

    # --- as an argument ----------------------------------------------------------------------------------------

    def placeholder(self, _context: Any, /) -> str:
        return "LINE"

    def match(self, token: str, context: Any, /) -> Match:
        states, spelled, bad = self._walk(token, context)
        if bad is not None:
            return Match(acceptable=bad)
        return Match(complete=self.end in states and bool(spelled), viable=True)

    def value(self, token: str, context: Any, /) -> str:
        return " ".join(self._walk(token, context)[1])

    def entries(self, text: str, context: Any, /) -> Choices | None:
        """List the entries that `?` shows after `text`."""
        begun = "" if not text or text[-1].isspace() else text.rsplit(maxsplit=1)[-1]
        states, _, bad = self._walk(text[: len(text) - len(begun)], context)
        if bad is not None:
            return None
        found = []
        for label, type_, _ in self._ahead(states):
            if type_ is None:
                if label.lower().startswith(begun.lower()):
                    found.append((label, self._explain(label)))
            elif not begun or type_.match(begun, context).viable:
                inside = type_.entries(begun, context)
                found += [(type_.placeholder(context), self._explain(label))] if inside is None else inside
        end = [("<cr>", "")] if not begun and self.end in states and text else []
        return [*sorted(dict(found).items()), *end]

    # --- inside ------------------------------------------------------------------------------------------------

    def _walk(self, text: str, context: Any) -> tuple[frozenset[int], list[str], int | None]:
        """The states behind a text, its words in full, and where it went wrong."""
        states = self._closed({0})
        spelled: list[str] = []
        for word in _WORD.finditer(text):
            ahead = self._ahead(states)
            key = word.group().lower()
            fits = [step for step in ahead if step[1] is None and step[0].lower().startswith(key)]
            fits = [step for step in fits if step[0].lower() == key] or fits
            if fits and len({label for label, _, _ in fits}) > 1:
                return states, spelled, word.start() + len(key)
            if not fits:
                rest = text[word.start() :].rstrip()
                fits = [
                    step for step in ahead
                    if step[1] is not None and step[1].match(rest if step[1].rest else word.group(), context).complete
                ]  # fmt: skip
                fits = [step for step in fits if step[:2] == fits[0][:2]]
                if not fits:
                    good = (_shared(key, label.lower()) for label, type_, _ in ahead if type_ is None)
                    return states, spelled, word.start() + max(good, default=0)
            label, type_, _ = fits[0]
            states = self._closed({step[2] for step in fits})
            if type_ is None:
                spelled.append(label)
            elif type_.rest:
                return states, [*spelled, rest], None
            else:
                spelled.append(type_.spelled(word.group(), type_.value(word.group(), context)))
        return states, spelled, None

    def _ahead(self, states: frozenset[int]) -> list[Step]:
        steps = [step for state in sorted(states) for step in self._steps[state]]
        return sorted(steps, key=lambda step: step[1] is not None and (step[1].rest or step[1].greedy))

    def _closed(self, states: set[int]) -> frozenset[int]:
        return frozenset().union(*map(self._reachable, states))

    def _reachable(self, state: int) -> frozenset[int]:
        """The states that a state goes over into without a word."""
        if state not in self._reach:
            self._reach[state] = self._search({state})
        return self._reach[state]

    def _search(self, states: set[int]) -> frozenset[int]:
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
            self._steps[at].append((f"<{name}>", self._types[kind], behind))
        else:
            self._steps[at].append((piece, None, behind))
        return behind

    def _state(self) -> int:
        self._steps.append([])
        self._free.append(set())
        return len(self._steps) - 1


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
