"""A universal image as data: one TOML file a release, at the top level in `images/`.

A universal image holds every level of its family and carries the evaluation license for what is not licensed (C: the
FAQ). What differs between releases, wording included, stands in the file, so a release is data. File names and
version strings: C where the file says so; sizes marked I are for boot time and flash space only.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError, UnknownName, printable
from emulator.kernel.forms import Amount, Count, Text
from emulator.kernel.resources import data_directory
from emulator.kernel.time import DAY
from emulator.licensing.families import Family
from emulator.licensing.lines import LicenseLine, built_in_evaluation
from emulator.licensing.store import StoreName

_VERSION = re.compile(r"[0-9]+\.[0-9]+\([0-9]+[a-z]?\)[A-Z]+[0-9]*[a-z]?")
Md5 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
StoreTitle = Literal["Built-In License Storage", "Evaluation License Storage"]


class BuiltInEvaluation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An evaluation (emergency) license that the image carries."""

    feature: Text
    days: Amount
    right_to_use: bool = False
    """Transition into a right to use instead of an end (EvalRightToUse)."""
    may_become_right: bool = False
    """Transition into a right to use in a router that was racked with `right_to_use`; in every other it ends (I)."""
    count: Amount | None = None
    """Simultaneous uses that it allows; None if it is not counted."""


class FeatureTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The entries of `show license feature` for a feature of this image that differ from the usual."""

    feature: str
    enforcement: bool
    evaluation: bool
    right_to_use: bool


class Dialect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wording that differs between releases.

    Attributes:
        reload_reason_after_power_on: `show version` prints `Last reload reason: power-on` (C for 15.4(2)T1), or leaves
            the line out (C for 15.0(1)M7).
        reload_lines: `show version` has lines for the type and the reason of the last reload, or one, or none (C for
            both, I that older releases lack them).
        license_right_to_use_column: `show license feature` has a RightToUse column (I).
        license_unused_period: how `show license` writes an evaluation before its agreement: its full period, `Not
            Activated` with a `Period Used` line, or by its type (C for the first two, from two 1941s; C2 that images
            with the RightToUse column have the second; I for the rule that `Evaluation` has the one and
            `EvalRightToUse` the other, where nothing else is known).
        license_period_used: its screens have lines for the period used (C from the MIB: clmgmtLicensePeriodUsed came
            on 2011-04-19; I that older releases have no such line).
        license_state_prefix: its state begins with `Active, ` (C for both ways, from two 1941s).
        license_agreement_for_all: there is `license accept end user agreement` (R: from 15.0(1)M on).
        license_udi_line: the running configuration has `license udi pid … sn …` (C for 15.x, I for its absence).
        license_detail_terms: `show license detail` tells of lock, vendor information, addition and generation (I).
        license_built_in_store: the name of the store that the image brings along (C2: `Evaluation License Storage`
            with licenses of type Evaluation, `Built-In License Storage` with EvalRightToUse).
        license_udi_wide: `show license udi` has wider columns (R, of later releases).
        license_expand_nvram: there is `license expand nvram` (C2: from 12.4(20)T on).
        license_base_enabled: the base level counts as enabled while a higher one runs (I; C that it does not on an ASR
            903).
        license_comment_truncated: a comment that is too long is cut instead of refused (C that both occur, I where).
    """

    reload_reason_after_power_on: bool = True
    reload_lines: Literal["type and reason", "type", "none"] = "type and reason"
    license_right_to_use_column: bool = False
    license_unused_period: Literal["by type", "full", "not activated"] = "by type"
    license_state_prefix: bool = True
    license_agreement_for_all: bool = True
    license_udi_line: bool = True
    license_detail_terms: bool = True
    license_period_used: bool = True
    license_built_in_store: StoreTitle = "Built-In License Storage"
    license_udi_wide: bool = False
    license_expand_nvram: bool = True
    license_base_enabled: bool = True
    license_comment_truncated: bool = False

    def store_title(self, store: StoreName) -> str:
        """Name of a store; that of the image's own differs between releases."""
        return self.license_built_in_store if store is StoreName.BUILT_IN else str(store)


class ImageManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A release of an image.

    Attributes:
        families: hardware that it boots on.
        levels: feature sets, ascending; the first runs without a license.
        size: bytes on flash.
        copyright_year, build, compiled: as `show version` prints them; None if unknown.
        md5: of the real file, where it is known.
        min_dram_mib, min_flash_mib: the vendor's requirements; the rule that refuses a boot is in `memory.py`.
        counted, subscriptions: features beside the levels whose licenses are asked for at use.
        order: all licensable features as `show license` lists them, where that is not the usual order.
        terms: features whose row in `show license feature` differs from what follows from their licenses.
        maturity, compiled_by: as the banner has them.
    """

    file: Text
    families: Annotated[tuple[Family, ...], msgspec.Meta(min_length=1)]
    software: Text
    image_id: Text
    version: Text
    size: Count
    min_dram_mib: Count
    min_flash_mib: Count
    license_module: Text
    levels: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]
    evaluations: tuple[BuiltInEvaluation, ...]
    basis: Basis
    size_basis: Basis
    source: Text
    copyright_year: Amount | None = None
    build: Text | None = None
    compiled: Text | None = None
    md5: Md5 | None = None
    counted: tuple[Text, ...] = ()
    subscriptions: tuple[Text, ...] = ()
    order: tuple[Text, ...] = ()
    terms: tuple[FeatureTerms, ...] = ()
    maturity: Text = "RELEASE SOFTWARE"
    compiled_by: Text = "prod_rel_team"
    dialect: Dialect = Dialect()

    @cached_property
    def built_in(self) -> tuple[LicenseLine, ...]:
        """Lines of the built-in store."""
        return self._built_in(chosen=False)

    @cached_property
    def built_in_as_right(self) -> tuple[LicenseLine, ...]:
        """Lines of the built-in store where evaluations become a right to use, if the release supports it."""
        return self._built_in(chosen=True)

    def _built_in(self, *, chosen: bool) -> tuple[LicenseLine, ...]:
        return tuple(
            built_in_evaluation(
                each.feature,
                each.days * DAY,
                right_to_use=each.right_to_use or (chosen and each.may_become_right),
                count=each.count,
            )
            for each in self.evaluations
        )

    @property
    def can_become_right(self) -> bool:
        """Tell whether an evaluation of this release can go over into a right to use."""
        return any(each.right_to_use or each.may_become_right for each in self.evaluations)

    @property
    def banner(self) -> str:
        """Four lines that name the software. Unknown ones, and an unknown build, are left out (I)."""
        build = f" ({self.build})" if self.build else ""
        year = self.copyright_year
        rights = f"\nCopyright (c) 1986-{year} by Cisco Systems, Inc." if year else ""
        compiled = f"\nCompiled {self.compiled} by {self.compiled_by}" if self.compiled else ""
        return (
            f"Cisco IOS Software, {self.software} ({self.image_id}), Version {self.version}, {self.maturity}{build}\n"
            f"Technical Support: http://www.cisco.com/techsupport{rights}{compiled}"
        )

    @property
    def licensable(self) -> tuple[str, ...]:
        """Features that licenses are for, in the order of `show license`: the highest level first (I)."""
        return self.order or (*reversed(self.levels), *self.counted, *self.subscriptions)

    @property
    def release(self) -> str:
        """First two numbers of the version, as the configuration names them: `15.0`."""
        return self.version.partition("(")[0]


def manifest_problems(manifest: ImageManifest) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the file of an image: its version, and features that are neither its levels nor licensed
    beside them.
    """
    if not _VERSION.fullmatch(manifest.version):
        yield "version", f"'{printable(manifest.version)}' is not a version; one is written 15.1(4)M5"
    known = (*manifest.levels, *manifest.counted, *manifest.subscriptions)
    named = [(f"evaluations[{number}].feature", each.feature) for number, each in enumerate(manifest.evaluations)]
    named += [(f"terms[{number}].feature", each.feature) for number, each in enumerate(manifest.terms)]
    named += [(f"order[{number}]", each) for number, each in enumerate(manifest.order)]
    for key, feature in named:
        if feature not in known:
            yield key, str(UnknownName("feature", feature, known))
    for key, rows in (("evaluations", manifest.evaluations), ("terms", manifest.terms)):
        features = [each.feature for each in rows]
        for number, feature in enumerate(features):
            if feature in features[:number]:
                yield f"{key}[{number}].feature", f"'{feature}' stands here twice"


class _ManifestFiles:
    """The manifests in one directory; each is read when it is first asked for."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._read: dict[str, ImageManifest] = {}

    @cached_property
    def images(self) -> frozenset[str]:
        """File names of the images that they are of."""
        return frozenset(file.name.removesuffix(".toml") + ".bin" for file in self.directory.glob("*.toml"))

    def get(self, stem: str) -> ImageManifest | None:
        """Return the manifest of an image, named without `.bin`; None if there is none.

        Raises:
            DataFileError: its file is wrong.
        """
        if stem not in self._read:
            file = self.directory / f"{stem}.toml"
            if not file.is_file():
                return None
            manifest = read_toml(file, ImageManifest)
            if manifest.file != f"{stem}.bin":
                raise DataFileError(str(file), "file", f"is {manifest.file}, but this file is named for {stem}.bin")
            for key, problem in manifest_problems(manifest):
                raise DataFileError(str(file), key, problem)
            self._read[stem] = manifest
        return self._read[stem]


@cache
def _shipped() -> _ManifestFiles:
    """The manifests of the product, which all worlds of a process share."""
    return _ManifestFiles(data_directory("images"))


class ImageCatalogue:
    """The images that the Software Center offers; a manifest is read when it is first asked for.

    A world may have images of its own, which captures of real routers told of; they come before those of the files.
    """

    def __init__(self, directory: Path | None = None, own: Mapping[str, ImageManifest] | None = None) -> None:
        self._files = _shipped() if directory is None else _ManifestFiles(directory)
        self._own: Mapping[str, ImageManifest] = {} if own is None else own

    def with_own(self, images: Mapping[str, ImageManifest]) -> "ImageCatalogue":
        """Build a catalog that has further images of its own; this one stays as it is."""
        further = ImageCatalogue(own={**self._own, **images})
        further._files = self._files
        return further

    def names(self) -> list[str]:
        """File names of all images, sorted."""
        return sorted({*self._files.images, *self._own})

    def get(self, name: str) -> ImageManifest:
        """Return the manifest of an image, named with or without `.bin`.

        Raises:
            UnknownName: there is none.
            DataFileError: its file is wrong.
        """
        stem = name.removesuffix(".bin")
        found = self._own.get(f"{stem}.bin") or self._files.get(stem)
        if found is None:
            raise UnknownName("image", name, self.names())
        return found
