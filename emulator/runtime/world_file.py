"""A world file: the recipe that a user writes, from which a world is built at its first use."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from emulator.hardware.platform import PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.data_path import shown_path
from emulator.kernel.datafile import mistakes
from emulator.kernel.errors import DataFileError
from emulator.kernel.yamlfile import YamlTree, read_tree
from emulator.scenarios.loader import Mistakes
from emulator.scenarios.salvage import salvaged
from emulator.world.recipe import WorldRecipe, world_problems

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""A name of a world is that of its directory as well."""

SHARED = ("start", "seed", "routers")
"""Keys that a world file has in common with a scenario."""


def read_world(path: Path) -> WorldRecipe:
    """Read and check a world file.

    Raises:
        DataFileError: it cannot be read; with the line where that is known.
        Mistakes: it is wrong; all that is.
    """
    file = read_tree(path)
    if wrong := tuple(wrong_in_world(file)):
        raise Mistakes(wrong)
    return msgspec.convert(file.data, WorldRecipe)


def wrong_in_world(file: YamlTree) -> list[DataFileError]:
    """Everything that is wrong with a world file, in the order of its lines."""
    found = sorted(world_mistakes(file.data), key=lambda told: file.line(told[0]) or 0)
    return [DataFileError(file.name, file.line(at), f"{shown_path(at)}: {told}" if at else told) for at, told in found]


def world_mistakes(data: object) -> Iterator[tuple[str, str]]:
    """Everything that is wrong with the data of a world file: the path to it, and the problem."""
    yield from mistakes(data, WorldRecipe)
    if not isinstance(data, dict):
        return
    sound, _ = salvaged({key: data[key] for key in SHARED if key in data})
    name = data.get("name", WorldRecipe().name)
    kept = {key: sound[key] for key in SHARED if key in sound}
    recipe = msgspec.convert({**kept, "name": name if isinstance(name, str) else WorldRecipe().name}, WorldRecipe)
    if not NAME.fullmatch(recipe.name):
        yield "name", f"'{recipe.name}' is not a name for a world; use letters, digits, '.', '_' and '-'"
    yield from world_problems(recipe, PlatformCatalogue(), ImageCatalogue())
