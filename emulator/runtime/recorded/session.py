"""Lines that were typed in a world since it began, and what was seen after each: read from its journal by playing it
again.
"""

from pathlib import Path

import msgspec

from emulator.console.line.inputs import (
    ClientGone,
    KeyPressed,
    LineAttended,
    LinePrepared,
    LineSized,
    LinesMade,
    LineTyped,
    ScreenTaken,
)
from emulator.console.line.phases import PromptKind
from emulator.hardware.board import BoardPhase
from emulator.kernel.errors import Refused
from emulator.kernel.time import Instant, clock_line
from emulator.router.device import Router
from emulator.runtime.replay import WorldReplay, replaying
from emulator.runtime.time_travel import loaded
from emulator.scenarios.transcript import BENCH
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.inputs import (
    AddressesGiven,
    BenchInterrupted,
    BenchTyped,
    CallsCarried,
    Reopened,
    WorldInput,
    in_words,
)
from emulator.world.journal import Entry
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World

CONSOLE = "con 0"
KEYS = {"Ctrl-C": "<Ctrl-C>", "Ctrl-Z": "<Ctrl-Z>", "break": "<Break>"}
HARMLESS = (
    AddressesGiven,
    BenchTyped,
    BenchInterrupted,
    CallsCarried,
    LineAttended,
    LinePrepared,
    LineSized,
    ScreenTaken,
    LinesMade,
    Reopened,
)
"""Inputs that are typed at the bench, or leave nothing to type: a world that is served may be recorded."""

WAYS = ("console", "pace")
"""Bench lines that only tell the person's terminal where to go and how fast."""


class TypedTurn(msgspec.Struct):
    """A line or key that was typed.

    Attributes:
        at: when.
        place: the bench, or a router.
        text: with the keys in angle brackets.
        printed: what was printed from then to the next one, by place.
        answers: it answered something other than a prompt for a command.
        leaves: nothing was typed, but the console was closed, for a terminal that had joined left.
        prepared: nothing was typed, but the console was opened for lines that were given with the command.
    """

    at: Instant
    place: str
    text: str
    printed: dict[str, str] = {}
    prepared: bool = False
    answers: bool = False
    leaves: bool = False


class HeldSession(msgspec.Struct, frozen=True):
    """A session: the world that it began with, and what was typed."""

    recipe: WorldRecipe
    turns: tuple[TypedTurn, ...]


def held_session(directory: WorldDirectory) -> HeldSession:
    """Read the session of a world that no process has open.

    Raises:
        Refused: its history does not begin with a new world, or something came over a network.
    """
    history, state = History(directory), loaded(directory)
    origin = history.origin(state.stretch)
    entries = list(history.leading_to(state))
    for entry in entries:
        _check(entry, directory.path)
    with replaying(origin) as replay:
        recipe = _recipe(replay.world)
        listener = _Listener(replay)
        replay.play(entries, listener.seen)
        replay.world.clock.run_to(max(state.now, replay.world.now))
    return HeldSession(recipe, tuple(listener.turns))


class _Listener:
    """Keeps what is typed and printed while a journal is played."""

    def __init__(self, replay: WorldReplay) -> None:
        self._replay = replay
        self._watch = replay.world.sink.printed
        self.turns: list[TypedTurn] = []

    def seen(self, entry: Entry) -> None:
        """Take note of an input that is about to take effect."""
        self._replay.world.sink.printed = self._printed
        place, text = self._typed(entry.input)
        if place:
            answers = place != BENCH and self._answers(place)
            prepared, leaves = isinstance(entry.input, LinePrepared), isinstance(entry.input, ClientGone)
            self.turns.append(TypedTurn(entry.at, place, text, {}, prepared, answers, leaves))

    def _typed(self, what: WorldInput) -> tuple[str, str]:
        match what:
            case BenchTyped(text):
                return ("", "") if text.split()[:1] in [[word] for word in WAYS] else (BENCH, text)
            case LineTyped(router, _, text):
                return router, text
            case KeyPressed(router, _, key):
                return router, KEYS[key]
            case LinePrepared(router) | ClientGone(router):
                return router, ""
            case _:
                return "", ""

    def _answers(self, router: str) -> bool:
        return self._replay.world.lines_of(router).console.prompt.kind is not PromptKind.COMMAND

    def _printed(self, source: str, text: str) -> None:
        self._watch(source, text)
        place = source.partition(" ")[0]
        if self.turns:
            printed = self.turns[-1].printed
            printed[place] = printed.get(place, "") + text


def _check(entry: Entry, path: Path) -> None:
    """Refuse what a script cannot do again."""
    what = entry.input
    if isinstance(what, HARMLESS):
        problem = "a file of this computer was put into the lab" if getattr(what, "file", None) else ""
    elif isinstance(what, LineTyped | KeyPressed | ClientGone):
        problem = "" if what.line == CONSOLE else "it was typed over a network"
    else:
        problem = "it came over a network"
    if problem:
        raise Refused(f"{path}: input {entry.number} cannot be recorded, {problem}: {in_words(what)}")


def _recipe(world: World) -> WorldRecipe:
    """Return what a world was built from, as it is at its beginning.

    Raises:
        Refused: it had been used already.
    """
    if world.now > 0:
        began = clock_line(world.calendar(world.now))
        raise Refused(
            f"the history that is kept begins on {began}, in the middle of this world's life: there it was put back to"
            " a snapshot, routers were imported, or isrtwin was updated or killed. A scenario begins with a new world"
        )
    routers = {name: _router(router) for name, router in world.routers.items()}
    return WorldRecipe(world.state.name, world.state.start, world.state.seed, routers)


def _router(router: Router) -> RouterRecipe:
    permanent = [each.line for each in router.activation.inventory.licenses.primary]
    return RouterRecipe(
        pid=router.state.udi.pid,
        serial=router.state.udi.serial,
        factory=tuple(line.feature for line in permanent),
        powered=router.state.board.phase is not BoardPhase.OFF,
        internet=router.state.online,
    )
