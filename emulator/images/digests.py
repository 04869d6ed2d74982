"""The digests that `verify` computes: MD5 of a file, and the hash that an image carries inside.

A good copy of an image whose real digest is known (`md5` of its manifest) has that one. Any other file is hashed as
it lies in the twin, what is not kept reading as zeros, so a changed byte or a shorter copy gives another digest. The
embedded hash is made of the container's own checksum (I): it agrees with the computed one where the file is whole.
"""

import hashlib
from functools import lru_cache

from emulator.images.container import MAGIC, pack
from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.kernel.errors import UnknownName

BLOCK = bytes(1 << 20)


def file_md5(content: bytes, size: int, images: ImageCatalogue) -> str:
    """MD5 of a file of `size` bytes, in lower case."""
    name = _name_inside(content)
    if name is not None:
        try:
            manifest = images.get(name)
        except UnknownName:
            return _zero_filled(content, size)
        if content == pack(manifest) and size == manifest.size:
            return published_md5(manifest)
    return _zero_filled(content, size)


def published_md5(manifest: ImageManifest) -> str:
    """MD5 that the Software Center publishes for an image."""
    return manifest.md5 or _zero_filled(pack(manifest), manifest.size)


def embedded_hashes(content: bytes, size: int) -> tuple[str, str] | None:
    """Hash that an image carries and hash of its bytes, in upper case; None for a file that is no image."""
    if not content.startswith(MAGIC):
        return None
    body, _, stated = content.removeprefix(MAGIC).partition(b"sha256 ")
    computed = hashlib.sha256(body).hexdigest().encode() + b"\n"
    if f"\nsize {size}\n".encode() not in body:
        computed += str(size).encode()
    return _md5(stated).upper(), _md5(computed).upper()


def _name_inside(content: bytes) -> str | None:
    """The file name that an image states first."""
    if not content.startswith(MAGIC + b"file "):
        return None
    name = content.removeprefix(MAGIC + b"file ").partition(b"\n")[0]
    return name.decode("ascii") if name.isascii() else None


@lru_cache(maxsize=64)
def _zero_filled(content: bytes, size: int) -> str:
    digest = hashlib.md5(content[:size], usedforsecurity=False)
    rest = size - len(content)
    while rest > 0:
        digest.update(BLOCK[:rest])
        rest -= len(BLOCK)
    return digest.hexdigest()


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
