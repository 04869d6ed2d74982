"""Which world a command works on: the directory given, or the default one under the XDG state directory."""

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from emulator.world.build import new_world, open_world
from emulator.world.directory import WorldDirectory
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine

FIRST_ROUTER = "R1"


def world_path(given: Path | None) -> Path:
    """The directory of the world."""
    if given is not None:
        return given
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "isrtwin" / "worlds" / "default"


class HeldWorld:
    """A world with its directory, saved after every input."""

    def __init__(self, directory: WorldDirectory, world: World) -> None:
        self.world = world
        self._directory = directory

    @cached_property
    def bench(self) -> "BenchLine":
        """The bench beside it."""
        from emulator.bench.line import BenchLine

        return BenchLine(self.world)

    def save(self) -> None:
        """Write the world down; what happens next finds it as it is now."""
        self.world.state.now = self.world.now
        self._directory.save(self.world.state)


def hold(directory: WorldDirectory, *, fresh: bool, first: RouterRecipe | None) -> HeldWorld:
    """The world in a directory, or a new one there, with a first router where one is given."""
    state = None if fresh else directory.load()
    if state is not None:
        return HeldWorld(directory, open_world(state))
    routers = {FIRST_ROUTER: first} if first else {}
    held = HeldWorld(directory, new_world(WorldRecipe(name=directory.path.name, routers=routers)))
    held.save()
    return held
