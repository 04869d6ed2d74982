"""Routers that may be there: a part of a scenario that cannot be read may rack them.

A line that names one is not judged before that part can be read; every other mistake is told at once. Which word of a
line is a router's name only the parser knows, so each word that can be one is supposed to be.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from emulator.router.device import Router
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World

POSSIBLE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@contextmanager
def supposed(world: World, words: Sequence[str]) -> Iterator[None]:
    """Let every one of these words be the name of a router of the world, as long as this lasts; only to read lines."""
    added = set(words) - world.routers.keys()
    world.routers.update(dict.fromkeys(added, _any_router()))
    yield
    for name in added:
        del world.routers[name]


@cache
def _any_router() -> Router:
    """A router that stands in for all that are supposed; it is never started."""
    return new_world(WorldRecipe(routers={"R1": RouterRecipe()})).router("R1")
