"""Checks of what a platform's file says of images and SKUs, made when such a router is first racked.

A platform whose image does not boot on its family would end in ROMMON, one with an unknown level as shipped would run
without it, both without a word.
"""

from collections.abc import Collection, Iterator, Mapping

from emulator.backend.skus import Sku
from emulator.hardware.platform import Platform, PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import DataFileError, UnknownName


def check_platform(pid: str, platforms: PlatformCatalogue, images: ImageCatalogue, skus: Mapping[str, Sku]) -> None:
    """Check that a platform agrees with the images and SKUs that there are.

    Raises:
        UnknownName: there is no such platform.
        DataFileError: it does not agree, or its file is wrong.
    """
    for key, problem in platform_problems(platforms.get(pid), images, skus):
        raise DataFileError(str(platforms.file(pid)), key, problem)


def platform_problems(platform: Platform, images: ImageCatalogue, skus: Mapping[str, Sku]) -> Iterator[tuple[str, str]]:
    """Every disagreement, with the key of the platform's file."""
    try:
        image = images.get(platform.factory_image)
    except UnknownName as error:
        yield "factory_image", str(error)
        return
    yield from _unknown("family", "family of this factory image", [platform.family], image.families)
    if platform.family in image.families and not platform.boots(image.families, image.version):
        yield "factory_image", f"is of {image.version}, older than the product ({platform.oldest_release})"
    yield from _unknown("factory_levels", "level", platform.factory_levels, image.levels)
    if image.size > platform.flash_bytes:
        yield "flash_bytes", f"the factory image is larger: it has {image.size} bytes"
    sold = {name: sku for name, sku in skus.items() if platform.family in sku.families}
    yield from _unknown("upgrade_skus", f"SKU for a {platform.family}", platform.upgrade_skus, sold)


def _unknown(key: str, what: str, names: Collection[str], known: Collection[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name not in known:
            yield key, str(UnknownName(what, name, known))
