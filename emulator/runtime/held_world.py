"""A world that this process holds: made or opened, its inputs written down, saved after each; or only looked at."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from emulator.kernel.errors import Refused
from emulator.runtime.journalling import Journalling
from emulator.world.build import new_world, open_world
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.recipe import DEFAULT_START, RouterRecipe, WorldRecipe
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine
    from emulator.bench.session import Bench

FIRST_ROUTER = "R1"

UNSAVED = (
    "The routers of this world cannot be saved at the moment, so what they do now may be lost. It is tried again. What "
    "this portal has confirmed is safe."
)


class HeldWorld:
    """A world with its directory, saved after every input.

    Attributes:
        unsaved: why it could not be saved the last time; empty where it was.
        before_saving: called before every save, for what is kept beside the world.
        after_saving: called after every save.
        furnish: prepares a bench of this world before it is used.
        standing: tells what a status line says in place of the licenses; None for these.
    """

    def __init__(self, directory: WorldDirectory, world: World) -> None:
        self.world = world
        self.unsaved = ""
        self.before_saving: Callable[[], None] = lambda: None
        self.after_saving: Callable[[], None] = lambda: None
        self.furnish: Callable[[Bench], None] = lambda _bench: None
        self.standing: Callable[[World, str], str] | None = None
        self._directory = directory
        self._journalling = Journalling(directory, world)

    @cached_property
    def bench(self) -> "BenchLine":
        """The bench of the terminal that started this process."""
        from emulator.bench.host_files import PersonsFiles
        from emulator.bench.line import BenchLine

        line = BenchLine(self.world, PersonsFiles())
        self.furnish(line.bench)
        return line

    def new_bench(self) -> "BenchLine":
        """A bench without files of this computer, as on a page."""
        from emulator.bench.line import BenchLine

        line = BenchLine(self.world)
        self.furnish(line.bench)
        return line

    def keep_journal(self) -> None:
        """Write down every input from now on, before it takes effect."""
        if self._journalling.begin():
            self.save()

    def save_changed(self) -> None:
        """Write the world down after a change that was no input: its history begins anew here.

        Raises:
            Refused: the disk does not take it.
        """
        self.save()
        self._journalling.renew()
        self.save()

    def save(self) -> None:
        """Write the world down; what happens next finds it as it is now.

        Raises:
            Refused: the disk does not take it; what was saved before is still there.
        """
        state = self.world.state_now()
        try:
            self.before_saving()
            self._directory.save(state)
            if self._journalling.mend():
                self._directory.save(state)
            self.after_saving()
        except Refused as error:
            self.unsaved = str(error)
            raise
        self.unsaved = ""

    def warnings(self) -> tuple[str, ...]:
        """Warnings for those who use the world over the network: one while it cannot be saved, else none."""
        return (UNSAVED,) if self.unsaved else ()


def hold(
    directory: WorldDirectory,
    *,
    fresh: bool,
    first: RouterRecipe | None,
    recipe: WorldRecipe | None = None,
    start: str = DEFAULT_START,
    seed: int | None = None,
    database: str | None = None,
) -> HeldWorld:
    """The world in a directory, or a new one there with a secret of its own: built from `recipe`, or with a first
    router where one is given.

    Args:
        directory: of the world.
        fresh: put aside what is there.
        first: the first router of a new world.
        start: when a new world begins.
        recipe: of a new world.
        seed: the public one of a new world; left out, that of its recipe.
        database: the URL of a server for the records of a new world; left out, they are in the directory.

    Raises:
        Refused: the world that is there keeps its records elsewhere, or the server has those of another one.
    """
    History(directory).finish_placing()
    if fresh and database is None and (server := directory.server()) is not None:
        raise Refused(
            f"the world in {directory.path} keeps its records in {shown(server)}, where --fresh would leave them;"
            " use another directory with --world"
        )
    state = None if fresh else directory.load()
    if state is not None:
        if database not in {None, state.database}:
            raise Refused(
                f"the world in {directory.path} keeps its records in {shown(state.database)}; start anew with --fresh"
            )
        held = HeldWorld(directory, open_world(state, state.database or directory.database, secret=directory.secret))
        directory.opened(held.world)
        held.keep_journal()
        return held
    routers = {FIRST_ROUTER: first} if first else {}
    recipe = recipe or WorldRecipe(name=directory.path.name, start=start, routers=routers)
    if seed is not None:
        recipe = replace(recipe, seed=seed)
    with directory.beginning() as secret:
        held = HeldWorld(directory, new_world(recipe, database or directory.database, secret=secret))
        directory.opened(held.world)
        held.world.state.database = database
        _ = held.world.backend  # its database is made with it
        held.save()
    held.keep_journal()
    return held


def look_at(directory: WorldDirectory) -> World:
    """The saved world in a directory, to be looked at: no history is kept of that, and nothing is saved.

    Raises:
        Refused: there is none.
    """
    History(directory).finish_placing()
    state = directory.load()
    if state is None:
        raise Refused(f"there is no world in {directory.path}; `isrtwin world list` shows those that there are")
    world = open_world(state, state.database or directory.database, secret=directory.secret)
    directory.opened(world)
    return world


def shown(database: str | None) -> str:
    """A database as it may be told of: without its password."""
    return "its directory" if database is None else re.sub(r":[^:@/]*@", ":***@", database)
