"""Feature Navigator: what a feature set has, on which product and release, and which level brings a feature.

C: the FAQ sends its reader to a tool of that name for the features of each image. The matrix is that of the images
(`images/features.toml`, with its marks); a feature set is what one level of an image brings on one product.
"""

from collections.abc import Mapping, Sequence

import msgspec

from emulator.backend.skus import Sku
from emulator.hardware.platform import Platform, PlatformCatalogue
from emulator.images.features import Feature, feature_table, limit_table
from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.kernel.basis import Basis
from emulator.kernel.errors import Refused, UnknownName
from emulator.licensing.families import Family


class FeatureSet(msgspec.Struct, frozen=True):
    """Feature set: a level of an image on a product."""

    pid: str
    family: Family
    image: str
    level: str


class ComparedFeature(msgspec.Struct, frozen=True):
    """A feature or a limit in several feature sets: there or not, or the largest number; None: no limit is known."""

    name: str
    area: str
    title: str
    command: str
    license: str
    basis: Basis
    there: tuple[bool | int | None, ...]


class Need(msgspec.Struct, frozen=True):
    """Level and license that a feature, or a line of the command line, needs on a product with an image.

    Attributes:
        feature: the feature; empty for a line that is of none in the matrix.
        level: the lowest level that has it; None: no level of this image has it on this product.
        license: the license that it needs beside the level: `counted` or `subscription`.
        included: the level is licensed at the factory.
        skus: what can be ordered for the level.
        license_skus: what can be ordered for that license.
    """

    feature: str
    area: str
    title: str
    command: str
    level: str | None
    license: str
    included: bool
    skus: tuple[str, ...]
    basis: Basis
    license_skus: tuple[str, ...] = ()

    @property
    def order(self) -> str:
        """Orders for the level and for the license beside it, as words; empty where nothing can be ordered."""
        level = "licensed at the factory" if self.included and not self.license_skus else ", ".join(self.skus)
        return " and ".join(each for each in (level, " or ".join(self.license_skus)) if each)


def images_of(platform: Platform, images: ImageCatalogue) -> list[str]:
    """File names of the images that a product boots, sorted."""
    known = map(images.get, images.names())
    return [each.file for each in known if platform.boots(each.families, each.version)]


def image_for(platform: Platform, images: ImageCatalogue, name: str = "") -> ImageManifest:
    """The image of a name, or the one that the product is shipped with.

    Raises:
        UnknownName: there is no such image.
        Refused: the product does not boot it.
    """
    manifest = images.get(name or platform.factory_image)
    if not platform.boots(manifest.families, manifest.version):
        others = ", ".join(images_of(platform, images)) or "none"
        raise Refused(f"{manifest.file} does not run on {platform.pid}; images for it: {others}")
    return manifest


def feature_set(
    platforms: PlatformCatalogue, images: ImageCatalogue, pid: str, image: str = "", level: str = ""
) -> FeatureSet:
    """The feature set of a product, an image (left out: as shipped) and a level (left out: the one without a license).

    Raises:
        UnknownName: there is no such product, image or level.
        Refused: the product does not boot the image.
    """
    platform = platforms.get(pid)
    manifest = image_for(platform, images, image)
    if level and level not in manifest.levels:
        raise UnknownName("level", level, manifest.levels)
    return FeatureSet(pid, platform.family, manifest.file, level or manifest.levels[0])


def compare(sets: Sequence[FeatureSet]) -> list[ComparedFeature]:
    """List every feature and every limit, in the order of the matrix, with what each set has of it."""
    features = [
        ComparedFeature(
            each.name, each.area, each.title, each.command, each.license, each.basis,
            tuple(one.level in each.levels.get(one.family, ()) for one in sets),
        )
        for each in feature_table()
    ]  # fmt: skip
    limits = [
        ComparedFeature(
            each.name, "Limit", each.title, "", "", each.basis,
            tuple(each.most.get(one.family, {}).get(one.level) for one in sets),
        )
        for each in limit_table()
    ]  # fmt: skip
    return features + limits


def matching(text: str) -> list[Feature]:
    """The features whose name, title, area or command has all these words, in any letters.

    Raises:
        UnknownName: there is none.
    """
    words = text.lower().split()
    exact = [each for each in feature_table() if [each.name] == words]
    found = exact or [
        each
        for each in feature_table()
        if all(word in f"{each.name} {each.title} {each.area} {each.command}".lower() for word in words)
    ]
    if not words or not found:
        raise UnknownName("feature", text, [each.name for each in feature_table()])
    return found


def needs(
    text: str, platform: Platform, image: ImageManifest, skus: Mapping[str, Sku], platforms: PlatformCatalogue
) -> list[Need]:
    """List the level that each feature needs which a text is about; or that it needs as a line of the command line.

    Raises:
        UnknownName: the text is about no feature, and no product's parser knows it.
    """
    try:
        return [_need(each, platform, image, skus) for each in matching(text)]
    except UnknownName:
        from emulator.world.known_lines import known_line

        if (line := known_line(text, platform, image, platforms)) is None:
            raise UnknownName("feature or command", text, [each.name for each in feature_table()]) from None
        level = line.level
    included, ordered = _sold(level, platform, image, skus)
    return [Need("", "Command line", line.kind, text, level, "", included, ordered, "I")]


def _need(feature: Feature, platform: Platform, image: ImageManifest, skus: Mapping[str, Sku]) -> Need:
    having = feature.levels.get(platform.family, ())
    level = next((each for each in image.levels if each in having), None)
    included, ordered = _sold(level, platform, image, skus)
    return Need(
        feature.name, feature.area, feature.title, feature.command, level, feature.license, included, ordered,
        feature.basis, _licensed(feature, level, platform, skus),
    )  # fmt: skip


def _licensed(feature: Feature, level: str | None, platform: Platform, skus: Mapping[str, Sku]) -> tuple[str, ...]:
    """SKUs of the license that a feature needs beside a level, for the family of a product."""
    if level is None or not feature.license:
        return ()
    return tuple(
        name for name, sku in skus.items() if sku.feature == feature.license_feature and platform.family in sku.families
    )


def _sold(
    level: str | None, platform: Platform, image: ImageManifest, skus: Mapping[str, Sku]
) -> tuple[bool, tuple[str, ...]]:
    """Tell whether a level is licensed at the factory, and what can be ordered where it is not."""
    if level is None or level == image.levels[0] or level in platform.factory_levels:
        return level is not None, ()
    return False, tuple(name for name in platform.upgrade_skus if name in skus and skus[name].feature == level)
