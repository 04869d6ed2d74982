"""The words of `call-home test` (R): a text, in quotation marks where it has blanks, and the profile it goes to."""

import re
from typing import Any, NamedTuple

from emulator.grammar.arguments import COMPLETE, VIABLE, ArgumentType, Choices, Match

PROFILE = "profile"
TEXT_HELP, PROFILE_HELP, NAME_HELP = "Text of the message", "Profile that it goes to", "Profile name"
_WORD = re.compile(r'"[^"]*(?:"|$)|\S+')


class CallHomeTest(NamedTuple):
    """A test message: its text, empty for the usual one, and the name of the profile."""

    text: str
    profile: str


class CallHomeTestType(ArgumentType):
    """A text and a profile; the handler receives a `CallHomeTest`."""

    rest = True

    def placeholder(self, _context: Any, /) -> str:
        return "WORD"

    def match(self, token: str, _context: Any, /) -> Match:
        words = [(each.start(), each.group()) for each in _WORD.finditer(token)]
        kinds = _kinds([word for _, word in words])
        for (start, word), kind in zip(words, kinds, strict=False):
            if kind == PROFILE and not _is_profile(word):
                return Match(acceptable=start)
        if len(words) > len(kinds):
            return Match(acceptable=words[len(kinds)][0])
        return COMPLETE if len(words) == len(kinds) else VIABLE

    def value(self, token: str, _context: Any, /) -> CallHomeTest:
        words = _WORD.findall(token)
        return CallHomeTest(words[0].strip('"') if len(words) == 3 else "", words[-1])

    def entries(self, text: str, _context: Any, /) -> Choices | None:
        """List what may stand where the text ends."""
        before, begun = _split(text)
        expected = [kind for place, kind in enumerate(_kinds(before)) if place >= len(before)][:1]
        if not before:
            own = [(PROFILE, PROFILE_HELP)] if PROFILE.startswith(begun) else []
            return [("WORD", TEXT_HELP), *own]
        if expected == [PROFILE]:
            return [(PROFILE, PROFILE_HELP)] if PROFILE.startswith(begun) else []
        return [("WORD", NAME_HELP)] if expected else []


def _is_profile(word: str) -> bool:
    return bool(word) and PROFILE.startswith(word.lower())


def _kinds(words: list[str]) -> tuple[str, ...]:
    """Return the kind of each word: with a text in front or without."""
    return (PROFILE, "name") if words and _is_profile(words[0]) else ("text", PROFILE, "name")


def _split(text: str) -> tuple[list[str], str]:
    """The words that are finished, and the one that is begun."""
    words = _WORD.findall(text)
    unfinished = (bool(words) and not text.endswith(" ")) or text.count('"') % 2 == 1
    return (words[:-1], words[-1]) if unfinished and words else (words, "")
