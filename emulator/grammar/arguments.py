"""Types of argument: what a word must look like, and how `?` writes it.

IOS shows an argument as WORD, LINE, A.B.C.D or <1-65535>. A word that fits none of the types is marked at its first
character, not inside: `logging 0255.255.1` has its caret under the 0 (parser-errors.r1-ambiguous-incomplete.txt),
so the types here accept all of a word or none of it. A type that knows better says how many characters were good.

Types whose words come from the context (features, interfaces, routers) derive from `Dynamic`; their words behave
exactly as keywords do.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import msgspec

Choices = Sequence[tuple[str, str]]
"""Words with their help."""


class Match(msgspec.Struct, frozen=True):
    """The result of comparing a word with a type."""

    complete: bool = False
    """True if the word is a value."""
    viable: bool = False
    """True if the word is a value, or may become one as more is typed."""
    acceptable: int = 0
    """Number of leading characters that are good, if it is not a value: the caret stands under the next."""


COMPLETE = Match(complete=True, viable=True)
VIABLE = Match(viable=True)
REFUSED = Match()


class ArgumentType:
    """The base of all types; on its own it takes any word, unchanged."""

    rest: ClassVar[bool] = False
    """True if the type takes the rest of the line verbatim, inner and trailing blanks included."""

    greedy: ClassVar[bool] = False
    """True if the type takes nearly anything, so that it is tried after the other types at the same place."""

    numbered: ClassVar[bool] = False
    """True if the number may stand apart from the name: `vlan 1` for `vlan1`."""

    def placeholder(self, _context: Any, /) -> str:
        """Text that `?` shows."""
        return "WORD"

    def match(self, _token: str, _context: Any, /) -> Match:
        return COMPLETE

    def value(self, token: str, _context: Any, /) -> Any:
        """Convert a matching word to the value that the handler receives."""
        return token

    def spelled(self, token: str, value: Any, /) -> str:
        """Spelling of the argument in a configuration: its value where that is a word or a number."""
        return str(value) if isinstance(value, (str, int)) else token

    def entries(self, _text: str, _context: Any, /) -> Choices | None:
        """Entries that `?` shows after the part of a line that a type with words of its own has taken; None: none."""
        return None

    def choices(self, _context: Any, /) -> Choices | None:
        """Words that behave as keywords, or None for a type that judges by `match`."""
        return None


class Word(ArgumentType):
    """Any one word."""

    greedy = True


class Suggested(ArgumentType):
    """Words that the context suggests to `?` and Tab; any other is taken too, and the command says what is wrong."""

    greedy = True

    def __init__(self, suggestions: Callable[[Any], Choices]) -> None:
        """Suggest the words that this makes of the context, with their help."""
        self._suggestions = suggestions

    def entries(self, text: str, context: Any, /) -> Choices | None:
        return [each for each in self._suggestions(context) if each[0].lower().startswith(text.lower())] or None


class RestOfLine(ArgumentType):
    """The rest of the line."""

    rest = True
    greedy = True

    def spelled(self, token: str, _value: Any, /) -> str:
        """Text as typed; blanks at the end are lost, as on the real router."""
        return token.rstrip()

    def placeholder(self, _context: Any, /) -> str:
        return "LINE"


class Number(ArgumentType):
    """A decimal number between two bounds; the handler receives an int."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def placeholder(self, _context: Any, /) -> str:
        return f"<{self.low}-{self.high}>"

    def match(self, token: str, _context: Any, /) -> Match:
        digits = token.lstrip("0")
        if not (token.isascii() and token.isdigit()) or len(digits) > len(str(self.high)):
            return REFUSED
        number = int(digits or "0")
        if self.low <= number <= self.high:
            return COMPLETE
        return VIABLE if number < self.low and self._grows_into_range(number) else REFUSED

    def value(self, token: str, _context: Any, /) -> int:
        return int(token.lstrip("0") or "0")

    def _grows_into_range(self, number: int) -> bool:
        first = last = number
        while last < self.low:
            first, last = first * 10, last * 10 + 9
        return first <= self.high


class IPv4Address(ArgumentType):
    """Four decimal bytes; the handler receives them without leading zeros."""

    _OCTET = re.compile(r"\d{1,3}", re.ASCII)

    def placeholder(self, _context: Any, /) -> str:
        return "A.B.C.D"

    def match(self, token: str, _context: Any, /) -> Match:
        *octets, last = token.split(".")
        if len(octets) > 3 or not all(map(self._is_octet, octets)) or not (last == "" or self._is_octet(last)):
            return REFUSED
        return COMPLETE if len(octets) == 3 and last else VIABLE

    def value(self, token: str, _context: Any, /) -> str:
        return ".".join(str(int(octet)) for octet in token.split("."))

    def _is_octet(self, text: str) -> bool:
        return self._OCTET.fullmatch(text) is not None and int(text) <= 255


class Dynamic(ArgumentType):
    """Words that the context gives; the handler receives the whole word, however it was abbreviated."""

    def choices(self, _context: Any, /) -> Choices:
        raise NotImplementedError


class Choice(Dynamic):
    """Fixed words with their help, for a list that several lines share.

    A choice of one line is written in that line, `<state:on|off>`, and has its help with the other keywords.
    """

    def __init__(self, words: Choices) -> None:
        self._words = tuple(words)

    def choices(self, _context: Any, /) -> Choices:
        return self._words
