"""A world file: the recipe that a user writes, from which a world is built at its first use."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from emulator.hardware.platform import PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.datafile import mistakes
from emulator.kernel.errors import DataFileError
from emulator.kernel.yamlfile import read_tree, shown_path
from emulator.world.recipe import WorldRecipe, world_problems

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""A name of a world is that of its directory as well."""


def read_world(path: Path) -> WorldRecipe:
    """Read and check a world file.

    Raises:
        DataFileError: it cannot be read or is wrong; with the line where that is known.
    """
    file = read_tree(path)
    for where, problem in world_mistakes(file.data):
        raise DataFileError(file.name, file.line(where), f"{shown_path(where)}: {problem}" if where else problem)
    return msgspec.convert(file.data, WorldRecipe)


def world_mistakes(data: object) -> Iterator[tuple[str, str]]:
    """Everything that is wrong with the data of a world file: the path to it, and the problem."""
    wrong = list(mistakes(data, WorldRecipe))
    yield from wrong
    if wrong:
        return
    recipe = msgspec.convert(data, WorldRecipe)
    if not NAME.fullmatch(recipe.name):
        yield "name", f"'{recipe.name}' is not a name for a world; use letters, digits, '.', '_' and '-'"
    yield from world_problems(recipe, PlatformCatalogue(), ImageCatalogue())
