"""What the feature sets contain: which commands exist at which level.

A feature that is not licensed is not in the parser at all (I, from C: at boot the device brings up the subsystems of
the licensed level). The table is data; a corrected cell is one edit.
"""

from functools import cache
from pathlib import Path

import msgspec

from emulator.images.manifest import Basis
from emulator.kernel.datafile import read_toml


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the matrix."""

    name: str
    levels: tuple[str, ...]
    command: str
    basis: Basis


class FeatureTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The matrix."""

    features: tuple[Feature, ...]


@cache
def feature_table() -> tuple[Feature, ...]:
    """Every feature that some level lacks."""
    return read_toml(Path(__file__).with_name("features.toml"), FeatureTable).features


@cache
def features_of(level: str) -> frozenset[str]:
    """The names of what a level contains beyond the base."""
    return frozenset(feature.name for feature in feature_table() if level in feature.levels)
