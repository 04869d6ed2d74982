"""The internal flash of a twin: the files of a captured `dir`, or the image alone.

What is in a captured file nobody knows; images of the catalog are put in place as such, everything else has its
size and no content. The clusters of the device are those with which the free space comes out as it was seen; where
none do, the rest is taken to be used by what no listing shows.
"""

from datetime import UTC, datetime

from msgspec.structs import replace

from emulator.captures.facts import DirectoryFacts, FileFacts
from emulator.hardware.platform import Platform
from emulator.images.container import pack
from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.kernel.errors import UnknownName
from emulator.storage.filesystem import CLUSTER, FileSystem, StoredFile
from emulator.twins.device import CapturedDevice
from emulator.twins.report import Matter

CLUSTERS = (CLUSTER, 2048, 8192, 16384, 32768, 1024, 512)


def sized(device: CapturedDevice, image: ImageManifest) -> ImageManifest:
    """The running image with the size that its file has in the directory."""
    row = _row(device, image.file)
    return image if row is None or row.size in {0, image.size} else replace(image, size=row.size)


def _row(device: CapturedDevice, file: str) -> FileFacts | None:
    facts = device.directories.get("flash")
    return next((row for row in facts.files if row.name.lower() == file.lower()), None) if facts is not None else None


def other_images(device: CapturedDevice, image: ImageManifest, images: ImageCatalogue) -> list[ImageManifest]:
    """Images of the catalog that lie in flash with another size than the catalog thinks."""
    facts = device.directories.get("flash")
    found: list[ImageManifest] = []
    for row in facts.files if facts is not None else ():
        known = _known(row.name, images)
        if known is not None and known.file != image.file and row.size not in {0, known.size}:
            found.append(replace(known, size=row.size))
    return found


def _known(name: str, images: ImageCatalogue) -> ImageManifest | None:
    if not name.endswith(".bin"):
        return None
    try:
        return images.get(name)
    except UnknownName:
        return None


def capacity_of(device: CapturedDevice, platform: Platform) -> int:
    """Bytes of the device where no directory tells: as the product's, by the line of `show version`."""
    version = device.version
    if version is None or version.flash_kib is None:
        return platform.flash_bytes
    return platform.flash_bytes + (version.flash_kib - platform.flash_kib) * 1024


def flash_of(device: CapturedDevice, facts: DirectoryFacts, image: ImageManifest, images: ImageCatalogue) -> FileSystem:
    """The file system with the files that were seen."""
    files = []
    for row in facts.files:
        manifest = image if row.name.lower() == image.file.lower() else _known(row.name, images)
        content = pack(manifest) if manifest is not None and manifest.size == row.size else b""
        files.append(_file(row, content))
    if facts.files:
        device.twin.tell(
            Matter.ASSUMED, "nothing tells what is in the files; images apart they are empty", facts.place("device")
        )
    capacity = facts.total if facts.total is not None else sum(row.size for row in facts.files)
    system = FileSystem(capacity, files, cluster=CLUSTER)
    if facts.total is None or facts.free is None:
        return system
    for cluster in CLUSTERS:
        system.cluster = cluster
        if system.free == facts.free:
            return system
    system.cluster = 1
    system.reserved = system.free - facts.free
    if system.reserved < 0:
        device.twin.tell(Matter.CONTRADICTION, "the files are larger than what is not free", facts.place("free"))
    return system


def _file(row: FileFacts, content: bytes) -> StoredFile:
    minutes = _zone(row.zone)
    modified = None
    if row.modified is not None:
        local = row.modified.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
        modified = int(local.total_seconds() - minutes * 60) * 1000
    return StoredFile(
        row.name, row.size, content, modified, row.slot, directory=row.mode.startswith("d"), zone_minutes=minutes,
        mode=row.mode[1:],
    )  # fmt: skip


def _zone(text: str) -> int:
    """`-08:00` in minutes."""
    if not text:
        return 0
    hours, _, minutes = text[1:].partition(":")
    return (-1 if text.startswith("-") else 1) * (int(hours) * 60 + int(minutes))
