"""The names that a predicate may use, and the argument types that know them."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from emulator.grammar import COMPLETE, REFUSED, ArgumentType, Choices, Dynamic, Match, Number, RestOfLine, Word
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.time import is_duration
from emulator.licensing.type_rule import NO_LICENSE
from emulator.licensing.types import TYPES, LicenseType
from emulator.licensing.udi import UDI_FORM
from emulator.world.world import World

KINDS: dict[str, LicenseType | None] = {**{rule.word: kind for kind, rule in TYPES.items()}, NO_LICENSE: None}
"""License types as predicates write them; `none`: the level runs without a license."""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question to a learner; the answer is a fact of the world, or one of several choices.

    Attributes:
        ask: what is asked.
        fact: what is the answer, `serial R1`; without choices.
        choices: answers to choose from, each with the predicate that makes it right; without a fact.
    """

    ask: str
    fact: str | None = None
    choices: dict[str, str] = {}


class Vocabulary(msgspec.Struct, frozen=True):
    """Names that are known: routers of the world, levels and licensable features, images, questions."""

    routers: Collection[str]
    levels: Collection[str]
    features: Collection[str]
    images: Collection[str]
    questions: Mapping[str, Question] = {}


def vocabulary(
    routers: Iterable[str], images: ImageCatalogue, questions: Mapping[str, Question] | None = None
) -> Vocabulary:
    """The names in a world with these routers and images, and the questions that are asked in it."""
    manifests = [images.get(name) for name in images.names()]
    levels = {level for manifest in manifests for level in manifest.levels}
    features = levels | {feature for manifest in manifests for feature in manifest.licensable}
    return Vocabulary(sorted(routers), sorted(levels), sorted(features), images.names(), questions or {})


def vocabulary_of(world: World, questions: Mapping[str, Question] | None = None) -> Vocabulary:
    """The names in a live world, and the questions that are asked in it."""
    return vocabulary(world.routers, world.images, questions)


class _Known(Dynamic):
    """A word out of one list of the vocabulary."""

    def __init__(self, field: str, help_: str) -> None:
        self._field, self._help = field, help_

    def choices(self, context: Any, /) -> Choices:
        return [(name, self._help) for name in getattr(context, self._field)]


class _Kind(Dynamic):
    """A license type."""

    def choices(self, _context: Any, /) -> Choices:
        return [(kind, "License type") for kind in KINDS]


class _Form(ArgumentType):
    """A word of a form."""

    def __init__(self, pattern: str, example: str) -> None:
        self._pattern, self._example = re.compile(pattern), example

    def placeholder(self, _context: Any, /) -> str:
        return self._example

    def match(self, token: str, _context: Any, /) -> Match:
        return COMPLETE if self._pattern.fullmatch(token) else REFUSED


class _Duration(_Form):
    """A stretch of time."""

    def __init__(self) -> None:
        super().__init__("", "59d12h")

    def match(self, token: str, _context: Any, /) -> Match:
        return COMPLETE if is_duration(token) else REFUSED


ARGUMENT_TYPES: dict[str, ArgumentType] = {
    "Router": _Known("routers", "Router"),
    "Level": _Known("levels", "Level"),
    "Feature": _Known("features", "Feature"),
    "Image": _Known("images", "Image"),
    "Kind": _Kind(),
    "Question": _Known("questions", "Question"),
    "Udi": _Form(UDI_FORM, "PID:SN"),
    "Register": _Form("0x[0-9A-Fa-f]{1,4}", "0x2102"),
    "Duration": _Duration(),
    "Count": Number(0, 999_999),
    "Word": Word(),
    "Lines": RestOfLine(),
    "Inner": RestOfLine(),
    "Names": RestOfLine(),
}
