"""The image file as it lies in the twin's flash: a short checksummed container in place of vendor code.

The file declares the real size, so that directory listings, boot times and full flashes come out right, and names the
release that it stands for. A changed or shortened copy is found by its checksum, as ROMMON finds it (I).
"""

import hashlib
from enum import StrEnum
from functools import cache

from emulator.images.manifest import ImageManifest

MAGIC = b"isrtwin universal image\n"


class ImageFault(StrEnum):
    """The reason for which ROMMON does not start a file."""

    BAD_MAGIC = "bad magic"
    BAD_CHECKSUM = "bad checksum"
    WRONG_PLATFORM = "wrong platform"
    TOO_LARGE = "too large for the memory"
    NO_ROOM_TO_WORK = "no memory left to work in"


@cache
def pack(manifest: ImageManifest) -> bytes:
    """Build the content of a good copy."""
    body = f"file {manifest.file}\nsize {manifest.size}\n".encode()
    return MAGIC + body + b"sha256 " + hashlib.sha256(body).hexdigest().encode() + b"\n"


def unpack(content: bytes, size: int) -> str | ImageFault:
    """Name of the image inside, or the reason why it cannot be started; `size` is its size on the device, in bytes."""
    if not content.startswith(MAGIC):
        return ImageFault.BAD_MAGIC
    body, mark, digest = content.removeprefix(MAGIC).partition(b"sha256 ")
    if not mark or digest != hashlib.sha256(body).hexdigest().encode() + b"\n":
        return ImageFault.BAD_CHECKSUM
    fields = dict(line.split(" ", 1) for line in body.decode().splitlines())
    return fields["file"] if int(fields["size"]) == size else ImageFault.BAD_CHECKSUM
