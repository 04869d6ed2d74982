"""Contents of the feature sets: which commands exist at which level on which family, and how many of what.

A feature that is not licensed is not in the parser at all (I, from C: at boot the device brings up the subsystems of
the licensed level). The tables are data; a corrected cell is one edit.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec.structs import replace

from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import UnknownName
from emulator.kernel.forms import Count, Text
from emulator.licensing.families import Family

FEATURE_FILE, LIMIT_FILE = (Path(__file__).with_name(f"{name}.toml") for name in ("features", "limits"))

Cell = TypeVar("Cell")

ADVSECURITY, ADVIPSERVICES = "advsecurity", "advipservices"

NPE = "_npe"
"""Ending of the levels of an image without payload encryption (R)."""


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the feature matrix.

    Attributes:
        levels: by family of hardware, the levels that have it; a family that is left out has it at none.
        license: the license that it needs beside the level: `counted` or `subscription`.
        license_feature: name of that license's feature, under which SKUs are sold.
        encrypts: it encrypts payload, so an image without payload encryption lacks it.
    """

    name: Text
    area: Text
    title: Text
    levels: dict[Family, tuple[Text, ...]]
    command: Text
    basis: Basis
    license: Literal["", "counted", "subscription"] = ""
    license_feature: Text = ""
    encrypts: bool = False


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number limited by family and level; a missing entry means as many as the software allows."""

    name: Text
    title: Text
    most: dict[Family, dict[Text, Count]]
    basis: Basis


class FeatureTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The feature matrix.

    Attributes:
        like: families that have the features of another one.
    """

    like: dict[Family, Family]
    features: tuple[Feature, ...]


class LimitTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table of limits.

    Attributes:
        like: families that have the limits of another one.
    """

    like: dict[Family, Family]
    limits: tuple[Limit, ...]


def npe_levels(levels: Sequence[str], image_levels: Sequence[str]) -> tuple[str, ...]:
    """Levels by the names that an image has for them: an image without payload encryption has names of its own."""
    ending = NPE if image_levels[0].endswith(NPE) else ""
    return tuple(f"{level}{ending}" for level in levels)


@cache
def feature_table() -> tuple[Feature, ...]:
    """List every feature, with its levels on every family, those without payload encryption among them."""
    table = read_toml(FEATURE_FILE, FeatureTable)
    return tuple(replace(each, levels=_with_npe(each, _on_all(each.levels, table.like))) for each in table.features)


def _with_npe(feature: Feature, levels: dict[Family, tuple[str, ...]]) -> dict[Family, tuple[str, ...]]:
    if feature.encrypts:
        return levels
    return {family: (*those, *(f"{level}{NPE}" for level in those)) for family, those in levels.items()}


def _on_all(rows: dict[Family, Cell], like: dict[Family, Family]) -> dict[Family, Cell]:
    """A row with the cells of the families that are like another one."""
    return rows | {family: rows[other] for family, other in like.items() if other in rows and family not in rows}


@cache
def limit_table() -> tuple[Limit, ...]:
    """List every limit; a level without payload encryption has those of the same level with it."""
    table = read_toml(LIMIT_FILE, LimitTable)
    return tuple(replace(each, most=_on_all(each.most, table.like)) for each in table.limits)


@cache
def features_of(level: str, family: Family) -> frozenset[str]:
    """The names of what a level contains on a family."""
    return frozenset(each.name for each in feature_table() if level in each.levels.get(family, ()))


def limit(name: str, family: Family, level: str) -> int | None:
    """Largest number allowed; None if no limit is known.

    Raises:
        UnknownName: the table has no such limit.
    """
    limits = {each.name: each for each in limit_table()}
    if name not in limits:
        raise UnknownName("limit", name, limits)
    return limits[name].most.get(family, {}).get(level.removesuffix(NPE))
