"""The image that a twin runs: one of the catalog as it is, or one of the world's own made from what was captured.

An image that no file describes takes what the capture does not tell from its nearest relative: the image of the same
kind whose release is nearest. What the capture tells otherwise than the catalog counts, in this world.
"""

import re
from typing import Any

from msgspec.structs import replace

from emulator.captures.facts import VersionFacts
from emulator.hardware.platform import Platform
from emulator.images.features import NPE
from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.kernel.errors import Refused, UnknownName
from emulator.twins.choice import ImportChoice
from emulator.twins.device import CapturedDevice
from emulator.twins.report import Matter

UNIVERSAL = "UNIVERSAL"
VERSION_LINE = re.compile(r"^version (\d+\.\d+)", re.MULTILINE)
UDI_LINE = re.compile(r"^license udi pid ", re.MULTILINE)
BOOT_FILE = re.compile(r"^boot system (?:flash )?(?:(?:flash)?\d?:)?(?:[^\s:]*/)?([^\s:/]+\.bin)\s*$", re.MULTILINE)
"""`boot system flash x.bin`, `flash:x.bin`, `flash0:/x.bin`, and with directories (C, R); not those over a network."""


def image_of(device: CapturedDevice, platform: Platform, images: ImageCatalogue, choice: ImportChoice) -> ImageManifest:
    """The manifest, without what licenses and flash tell (`licenses.py`, `flash.py`).

    Raises:
        Refused: it is not a universal image.
        UnknownName: there is no image of the chosen name.
    """
    version = device.version
    if choice.image is not None:
        return _as_configured(device, _chosen(device, platform, images.get(choice.image)))
    found = _shown(device, version, platform, images) if version is not None else _assumed(device, platform, images)
    return _as_configured(device, found)


def _chosen(device: CapturedDevice, platform: Platform, image: ImageManifest) -> ImageManifest:
    """The chosen image; that the capture shows another is told."""
    version = device.version
    if version is not None and version.image_file is not None and file_of(device, version) != image.file:
        device.twin.tell(
            Matter.CONTRADICTION,
            f"the image is {version.image_file}, but {image.file} was chosen",
            version.place("image_file"),
        )
    return _for_platform(device, platform, image)


def _for_platform(device: CapturedDevice, platform: Platform, image: ImageManifest) -> ImageManifest:
    """An image that boots on the product; that it is known for other hardware is told."""
    if platform.family in image.families:
        return image
    device.twin.tell(Matter.WARNING, f"{image.file} is known as an image for other hardware")
    return replace(image, families=(*image.families, platform.family))


def _shown(device: CapturedDevice, version: VersionFacts, platform: Platform, images: ImageCatalogue) -> ImageManifest:
    """The image that `show version` tells of."""
    if version.image_id is not None and UNIVERSAL not in version.image_id:
        raise Refused(
            f"{version.place('image_id')}: {version.image_id} is not a universal image; it knows no feature licenses"
        )
    file = file_of(device, version)
    known = True
    try:
        base = images.get(file)
    except UnknownName:
        base, known = nearest(platform, images, version.version or "", file), False
    if base.file == file and platform.family not in base.families:
        device.twin.tell(Matter.WARNING, f"{file} is known as an image for other hardware", version.place("image_file"))
        base = replace(base, families=(*base.families, platform.family))
    told = _told(version, file)
    changed = {key: value for key, value in told.items() if getattr(base, key) != value}
    if not known:
        device.twin.tell(
            Matter.ASSUMED,
            f"no file describes {file}; what the capture does not tell of it is as in {base.file}",
            version.place("image_file"),
        )
        return _of_a_capture(base, platform, **told)
    return replace(base, **changed) if changed else base


UNSEEN: dict[str, Any] = {"copyright_year": None, "build": None, "compiled": None, "md5": None}
"""Facts of one release alone, which no relative tells."""


def _of_a_capture(base: ImageManifest, platform: Platform, **told: Any) -> ImageManifest:
    """An image that no file describes, like its relative; of the release itself it has what was seen, or nothing.

    The year of the copyright is that of the compilation (C: every capture and image file).
    """
    compiled = told.get("compiled")
    if compiled is not None and "copyright_year" not in told:
        told["copyright_year"] = year_of(compiled)
    return replace(base, **UNSEEN | {"families": (platform.family,), "basis": "C", "source": "a capture"} | told)


def year_of(compiled: str) -> int:
    """The year of `Thu 26-Jun-14 03:52`."""
    return 2000 + int(compiled.split()[1].rpartition("-")[2])


def file_of(device: CapturedDevice, version: VersionFacts) -> str:
    """The image's file name; one without an ending gets the usual one, by which ROMMON knows images."""
    if version.image_file is None:
        device.twin.tell(Matter.ASSUMED, "nothing tells the name of the image file; it is made from the release")
        return file_name((version.image_id or "c880data-universalk9-m").lower(), version.version or "15.0(1)M4")
    return version.image_file.rpartition(":")[2].rpartition("/")[2]


def file_name(image_id: str, version: str) -> str:
    """`C880DATA-UNIVERSALK9-M` and `15.4(2)T1` make `c880data-universalk9-mz.154-2.T1.bin` (C)."""
    release = re.sub(r"^(\d+)\.(\d+)\((\w+)\)", r"\1\2-\3.", version)
    return f"{image_id}z.{release}.bin"


def _told(version: VersionFacts, file: str) -> dict[str, Any]:
    told = {
        "file": file,
        "software": version.software,
        "image_id": version.image_id,
        "version": version.version,
        "maturity": version.release,
        "build": version.build,
        "compiled": version.compiled,
        "compiled_by": version.compiler,
        "copyright_year": version.copyright_year,
        "license_module": version.module,
    }
    return {key: value for key, value in told.items() if value is not None}


def with_reload_lines(manifest: ImageManifest, version: VersionFacts, *, after_power_on: bool) -> ImageManifest:
    """The dialect that prints the lines about the last reload as they were seen, if that part of the screen was."""
    dialect = manifest.dialect
    if version.reset is None:
        return manifest
    if version.reload_type is None:
        return replace(manifest, dialect=replace(dialect, reload_lines="none"))
    if version.reload_reason is None and not after_power_on:
        return replace(manifest, dialect=replace(dialect, reload_lines="type"))
    if after_power_on and (version.reload_reason is not None) != dialect.reload_reason_after_power_on:
        shown = version.reload_reason is not None
        return replace(manifest, dialect=replace(dialect, reload_reason_after_power_on=shown))
    return manifest


def _assumed(device: CapturedDevice, platform: Platform, images: ImageCatalogue) -> ImageManifest:
    """Choose without `show version`: what the configuration says, else what the product is shipped with."""
    text = device.configuration_text
    match = VERSION_LINE.search(text)
    release = match[1] if match else None
    file = _booted(device, text, release)
    if file is not None:
        return _named(device, platform, images, file, release)
    fitting = [each for each in relatives(platform, images) if release in {None, each.release}]
    manifest = max(fitting, key=lambda each: _numbers(each.version)) if release and fitting else (
        nearest(platform, images, f"{release}(1)") if release else images.get(platform.factory_image)
    )  # fmt: skip
    device.twin.tell(Matter.ASSUMED, f"nothing tells the image; {manifest.file} is taken")
    if release is not None and manifest.release != release:
        version = f"{release}(1)M"
        return _of_a_capture(manifest, platform, file=file_name(manifest.image_id.lower(), version), version=version)
    return manifest


def _booted(device: CapturedDevice, text: str, release: str | None) -> str | None:
    """The file of the first `boot system` line that can be what runs: the line `version` tells the running release."""
    files: list[str] = BOOT_FILE.findall(text)
    for file in files:
        version = _version_in(file)
        if version is None or release is None or version.startswith(f"{release}("):
            device.twin.tell(Matter.ASSUMED, f"nothing tells the image; it is {file}, which the configuration boots")
            return file
    if files:
        device.twin.tell(
            Matter.ASSUMED, f"the configuration boots {files[0]}, but was written by {release}, which is taken to run"
        )
    return None


def _named(
    device: CapturedDevice, platform: Platform, images: ImageCatalogue, file: str, release: str | None
) -> ImageManifest:
    """The image of a name; of one that nobody knows the release is in the name, or in the configuration."""
    try:
        known = images.get(file)
    except UnknownName:
        version = _version_in(file)
        base = nearest(platform, images, version or f"{release or ''}(1)", file)
        device.twin.tell(
            Matter.ASSUMED, f"no file describes {file}; what the configuration does not tell of it is as in {base.file}"
        )
        if version is None:
            version = base.version if release in {None, base.release} else f"{release}(1)M"
        return _of_a_capture(base, platform, file=file, version=version)
    return _for_platform(device, platform, known)


def _as_configured(device: CapturedDevice, image: ImageManifest) -> ImageManifest:
    """An image whose configuration was seen with the line `license udi` prints one."""
    seen = any(UDI_LINE.search(each.text) for each in device.configurations)
    if not seen or image.dialect.license_udi_line:
        return image
    return replace(image, dialect=replace(image.dialect, license_udi_line=True))


def _version_in(file: str) -> str | None:
    match = re.search(r"\.(\d\d)(\d)-(\w+)\.(\w+)\.bin$", file)
    return f"{match[1]}.{match[2]}({match[3]}){match[4]}" if match else None


def relatives(platform: Platform, images: ImageCatalogue, *, npe: bool = False) -> list[ImageManifest]:
    """The images of the catalog that run on the product, with payload encryption or, for `npe`, without."""
    known = map(images.get, images.names())
    return [each for each in known if platform.family in each.families and each.levels[0].endswith(NPE) is npe]


def nearest(platform: Platform, images: ImageCatalogue, version: str, file: str = "") -> ImageManifest:
    """The relative whose release is nearest; of two the older. A file name tells whether it encrypts payload."""
    wanted = _numbers(version)
    found = relatives(platform, images, npe=f"{NPE}-" in file) or relatives(platform, images)
    return min(found, key=lambda each: (_distance(_numbers(each.version), wanted), _numbers(each.version), each.file))


def _numbers(version: str) -> tuple[int, ...]:
    """`15.4(2)T1` is 15, 4, 2, 1."""
    return tuple(int(part[:6]) for part in re.findall(r"\d+", version)[:4])


def _distance(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(abs(left - right) for left, right in zip(_padded(one), _padded(other), strict=True))


def _padded(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return (*numbers, 0, 0, 0, 0)[:4]
