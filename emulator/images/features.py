"""What the feature sets contain: which commands exist at which level on which family, and how many of what.

A feature that is not licensed is not in the parser at all (I, from C: at boot the device brings up the subsystems of
the licensed level). The tables are data; a corrected cell is one edit.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.licensing.families import Family

FEATURE_FILE, LIMIT_FILE = (Path(__file__).with_name(f"{name}.toml") for name in ("features", "limits"))

ADVSECURITY, ADVIPSERVICES = "advsecurity", "advipservices"


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the feature matrix.

    Attributes:
        levels: by family of hardware, the levels that have it; a family that is left out has it at none.
        license: the license that it needs beside the level: `counted` or `subscription`.
    """

    name: str
    area: str
    title: str
    levels: dict[Family, tuple[str, ...]]
    command: str
    basis: Basis
    license: Literal["", "counted", "subscription"] = ""


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number limited by family and level; a missing entry means as many as the software allows."""

    name: str
    title: str
    most: dict[Family, dict[str, int]]
    basis: Basis


class FeatureTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The feature matrix."""

    features: tuple[Feature, ...]


class LimitTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table of limits."""

    limits: tuple[Limit, ...]


@cache
def feature_table() -> tuple[Feature, ...]:
    """List every feature."""
    return read_toml(FEATURE_FILE, FeatureTable).features


@cache
def limit_table() -> tuple[Limit, ...]:
    """List every limit."""
    return read_toml(LIMIT_FILE, LimitTable).limits


@cache
def features_of(level: str, family: Family) -> frozenset[str]:
    """The names of what a level contains on a family."""
    return frozenset(each.name for each in feature_table() if level in each.levels.get(family, ()))


def limit(name: str, family: Family, level: str) -> int | None:
    """Largest number allowed; None if no limit is known."""
    found = next(each for each in limit_table() if each.name == name)
    return found.most.get(family, {}).get(level)
