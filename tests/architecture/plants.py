"""Imports that break each kind of contract wherever it could be broken, and how import-linter reports them.

The violations are derived from the contract as `pyproject.toml` has it, so a room, a library or a layer that joins a
contract later is planted too.
"""

import tomllib
from collections.abc import Callable, Iterator
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import msgspec

TOP = Path(__file__).parents[2]
PACKAGE = TOP / "emulator"
CONTRACTS: list[dict[str, Any]] = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]


class Plant(msgspec.Struct, frozen=True):
    """A file that is added to a copy of the package, and the line of the report that it must lead to."""

    module: str
    source: str
    reported: str

    @property
    def file(self) -> str:
        """Path of the file from the top directory."""
        return f"{self.module.replace('.', '/')}.py"


def packages() -> list[str]:
    """Every package of the product by its dotted name, the outermost first."""
    folders = sorted(file.parent for file in PACKAGE.rglob("__init__.py"))
    return [".".join(folder.relative_to(TOP).parts) for folder in folders]


def layers(contract: dict[str, Any]) -> Iterator[Plant]:
    """Every room imports from the layer above it, and from its neighbours in its own layer."""
    rows = [[f"emulator.{room.strip()}" for room in layer.split("|")] for layer in contract["layers"]]
    forbidden = [(low, high) for above, below in pairwise(rows) for low in below for high in above]
    forbidden += [pair for row in rows for pair in permutations(row, 2)]
    for number, (importer, imported) in enumerate(forbidden):
        yield Plant(
            f"{importer}.planted_{number}",
            f"import {imported}\n",
            f"{importer} is not allowed to import {imported}:",
        )


def acyclic_siblings(contract: dict[str, Any]) -> Iterator[Plant]:
    """Two new files of every package import each other, one of them for its types alone."""
    assert contract["ancestors"] == ["emulator", "emulator.**"]
    for package in packages():
        one, other = f"{package}.planted_one", f"{package}.planted_other"
        yield Plant(one, f"import {other}\n", f"No cycles are allowed in {package}.")
        for_typing = f"from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import {one}\n"
        yield Plant(other, for_typing, f"No cycles are allowed in {package}.")


def forbidden(contract: dict[str, Any]) -> Iterator[Plant]:
    """Every source imports every forbidden library."""
    for source in contract["source_modules"]:
        for library in contract["forbidden_modules"]:
            name = f"{source}.planted_{library}"
            yield Plant(name, f"import {library}\n", f"{source} is not allowed to import {library}:")


def protected(contract: dict[str, Any]) -> Iterator[Plant]:
    """Every package but the allowed importers, and those around them, imports every protected library."""
    allowed = contract["allowed_importers"]
    for package in packages()[1:]:
        if not any(package == each or package.startswith(f"{each}.") for each in allowed):
            for library in contract["protected_modules"]:
                name = f"{package}.planted_{library}"
                yield Plant(name, f"import {library}\n", f"- {name} -> {library} (l.1)")


def independence(contract: dict[str, Any]) -> Iterator[Plant]:
    """Every package in the folder imports every other."""
    (pattern,) = contract["modules"]
    parent = pattern.removesuffix(".*")
    inside = [each for each in packages() if each.rpartition(".")[0] == parent]
    for number, (importer, imported) in enumerate(permutations(inside, 2)):
        yield Plant(
            f"{importer}.planted_{number}",
            f"import {imported}\n",
            f"{importer} is not allowed to import {imported}:",
        )


PLANTS: dict[str, Callable[[dict[str, Any]], Iterator[Plant]]] = {
    "layers": layers,
    "acyclic_siblings": acyclic_siblings,
    "forbidden": forbidden,
    "protected": protected,
    "independence": independence,
}
