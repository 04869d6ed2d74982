"""A universal image as data: one TOML file a release, at the top level in `images/`.

A universal image holds every level of its family and carries the evaluation license for what is not licensed (C: the
FAQ). What differs between releases, wording included, stands in the file, so a release is data. File names and
version strings: C where the file says so; sizes marked I are for boot time and flash space only.
"""

from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError, UnknownName
from emulator.kernel.resources import data_directory
from emulator.kernel.time import DAY
from emulator.licensing.lines import LicenseLine, built_in_evaluation

Basis = Literal["C", "R", "I"]
"""Confirmed by a source, recalled, or inferred."""


class BuiltInEvaluation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An evaluation (emergency) license that the image carries."""

    feature: str
    days: int


class Dialect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Wording that differs between releases.

    Attributes:
        reload_reason_after_power_on: `show version` prints `Last reload reason: power-on` (C for 15.4(2)T1), or
            leaves the line out (C for 15.0(1)M7).
        license_right_to_use_column: `show license feature` has a RightToUse column (I).
    """

    reload_reason_after_power_on: bool = True
    license_right_to_use_column: bool = False


class ImageManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """One release of one image.

    Attributes:
        family: hardware that it boots on.
        levels: feature sets, ascending; the first runs without a license.
        size: bytes on flash.
        compiled: as `show version` prints it.
    """

    file: str
    family: str
    software: str
    image_id: str
    version: str
    build: str
    compiled: str
    copyright_year: int
    size: int
    min_dram_mib: int
    license_module: str
    levels: tuple[str, ...]
    evaluations: tuple[BuiltInEvaluation, ...]
    basis: Basis
    size_basis: Basis
    source: str
    dialect: Dialect = Dialect()

    @cached_property
    def built_in(self) -> tuple[LicenseLine, ...]:
        """The lines of the built-in store."""
        return tuple(built_in_evaluation(each.feature, each.days * DAY) for each in self.evaluations)

    @property
    def release(self) -> str:
        """The first two digits, as the configuration names them: `15.0`."""
        return self.version.partition("(")[0]


class ImageCatalogue:
    """The images that the Software Center offers; a manifest is read when it is first asked for."""

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory or data_directory("images")
        self._read: dict[str, ImageManifest] = {}

    def names(self) -> list[str]:
        """File names of all images, sorted."""
        return sorted(file.name.removesuffix(".toml") + ".bin" for file in self._directory.glob("*.toml"))

    def get(self, name: str) -> ImageManifest:
        """The manifest of an image, named with or without `.bin`.

        Raises:
            UnknownName: there is none.
            DataFileError: its file is wrong.
        """
        stem = name.removesuffix(".bin")
        if stem not in self._read:
            file = self._directory / f"{stem}.toml"
            if not file.is_file():
                raise UnknownName("image", name, self.names())
            manifest = read_toml(file, ImageManifest)
            if manifest.file != f"{stem}.bin":
                raise DataFileError(str(file), "file", f"is {manifest.file}, but this file is named for {stem}.bin")
            self._read[stem] = manifest
        return self._read[stem]
