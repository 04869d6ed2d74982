"""The scene that a predicate is judged on, and the verdict."""

from collections.abc import Callable, Iterator

import msgspec

from emulator.router.device import Router
from emulator.scenarios.predicates.record import WorldRecord
from emulator.world.world import World


class PredicateVerdict(msgspec.Struct, frozen=True):
    """The decision on a predicate, and the sentence that says why with a fact of this world.

    Attributes:
        router, told: for a transcript: whose line it belongs to, and the fact in its shortest form.
    """

    holds: bool
    sentence: str
    router: str = ""
    told: str = ""


def yes(sentence: str) -> PredicateVerdict:
    """Verdict of a predicate that holds."""
    return PredicateVerdict(holds=True, sentence=sentence)


def no(sentence: str) -> PredicateVerdict:
    """Verdict of a predicate that does not hold."""
    return PredicateVerdict(holds=False, sentence=sentence)


class Scene(msgspec.Struct, frozen=True):
    """A world, and the record of what happened in it."""

    world: World
    record: WorldRecord

    def router(self, name: str) -> Router:
        """A router by its name.

        Raises:
            UnknownName: none is racked under that name.
        """
        return self.world.router(name)


Judge = Callable[..., PredicateVerdict]
"""Takes the scene and, by their names, the arguments of the predicate's line."""


class Predicate(msgspec.Struct, frozen=True):
    """One row of the table.

    Attributes:
        line: how it is written, in the notation of commands.
        judge: decides it.
        meaning: one sentence for the reference.
        example: one that a lab or a scenario could have.
    """

    line: str
    judge: Judge
    meaning: str
    example: str


PredicateTable = tuple[Predicate, ...]


def inner_lines(text: str) -> Iterator[str]:
    """The lines inside `{a; b}`, or of a text without braces; a `;` inside inner braces separates nothing here."""
    depth, begun = 0, 0
    body = text.strip()
    if body.startswith("{") and body.endswith("}"):
        body = body[1:-1]
    for at, character in enumerate(body):
        depth += (character == "{") - (character == "}")
        if character in ";\n" and depth == 0:
            yield body[begun:at]
            begun = at + 1
    yield body[begun:]
