"""The scene that a predicate is judged on, and the verdict."""

from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from emulator.backend.entities import AuditEntry
from emulator.router.device import Router
from emulator.router.state import RouterState
from emulator.scenarios.predicates.record import Happening, WorldRecord
from emulator.scenarios.predicates.vocabulary import Vocabulary, vocabulary_of
from emulator.world.fork import fork, fork_router, power_cycle
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.backend.store.plain import Plain


class PredicateVerdict(msgspec.Struct, frozen=True):
    """The decision on a predicate, and the sentence that says why with a fact of this world."""

    holds: bool
    sentence: str


def yes(sentence: str) -> PredicateVerdict:
    """Verdict of a predicate that holds."""
    return PredicateVerdict(holds=True, sentence=sentence)


def no(sentence: str) -> PredicateVerdict:
    """Verdict of a predicate that does not hold."""
    return PredicateVerdict(holds=False, sentence=sentence)


class Scene(msgspec.Struct, frozen=True):
    """A world at one instant, and the record of what happened in it; a context that closes the forks made of it.

    Predicates read it and change nothing, so that all that are judged on it share a fork.
    """

    world: World
    record: WorldRecord
    _without_power: dict[str, "Scene"] = msgspec.field(default_factory=dict)
    _records: list["Plain"] = msgspec.field(default_factory=list)
    _scratch: dict[str, World] = msgspec.field(default_factory=dict)
    _known: list[Vocabulary] = msgspec.field(default_factory=list)
    _acts: list[list[Happening]] = msgspec.field(default_factory=list)
    _audit: list[list[AuditEntry]] = msgspec.field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for later in self._without_power.values():
            with later:
                later.world.close()
        for scratch in self._scratch.values():
            scratch.close()

    def router(self, name: str) -> Router:
        """A router by its name.

        Raises:
            UnknownName: none is racked under that name.
        """
        return self.world.router(name)

    @property
    def vocabulary(self) -> Vocabulary:
        """The names that predicates may use here."""
        if not self._known:
            self._known.append(vocabulary_of(self.world, self.record.questions))
        return self._known[0]

    @property
    def acts(self) -> Sequence[Happening]:
        """Everything that happened since the record's beginning, the earliest first."""
        if not self._acts:
            self._acts.append(self.record.acts(self.world))
        return self._acts[0]

    @property
    def audit(self) -> Sequence[AuditEntry]:
        """The entries of the audit log since the record's beginning, the earliest first."""
        if not self._audit:
            self._audit.append(self.record.audit(self.world))
        return self._audit[0]

    def after_power_cut(self, router: str) -> "Scene":
        """The scene on a fork in which the power of a router was cut and restored now.

        Raises:
            UnknownName: none is racked under that name.
        """
        if router not in self._without_power:
            self.router(router)
            if not self._records:
                self._records.append(self.world.backend.database.dump())
            forked = fork(self.world, self._records[0])
            self._without_power[router] = Scene(forked, self.record)
            power_cycle(forked.router(router))
        return self._without_power[router]

    def scratch(self, router: str, make: Callable[[World, str, RouterState], World]) -> Router:
        """A fork of the scratch router that `make` makes of a router's state when the first asks for it.

        Raises:
            UnknownName: none is racked under that name.
        """
        if router not in self._scratch:
            self._scratch[router] = make(self.world, router, self.router(router).state)
        return fork_router(self._scratch[router], router)


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
