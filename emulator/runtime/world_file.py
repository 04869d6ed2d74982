"""A world file: the recipe that a user writes, from which a world is built at its first use."""

import re
from pathlib import Path

from emulator.hardware.platform import PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import DataFileError
from emulator.kernel.yamlfile import read_yaml
from emulator.world.recipe import WorldRecipe, world_problems

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""A name of a world is that of its directory as well."""


def read_world(path: Path) -> WorldRecipe:
    """Read and check a world file.

    Raises:
        DataFileError: it cannot be read or is wrong; with the line where that is known.
    """
    file = read_yaml(path, WorldRecipe)
    recipe = file.data
    if not NAME.fullmatch(recipe.name):
        problem = f"'{recipe.name}' is not a name for a world; use letters, digits, '.', '_' and '-'"
        raise DataFileError(file.name, file.line("name"), f"name: {problem}")
    for place, problem in world_problems(recipe, PlatformCatalogue(), ImageCatalogue()):
        raise DataFileError(file.name, file.line(place), f"{place}: {problem}")
    return recipe
