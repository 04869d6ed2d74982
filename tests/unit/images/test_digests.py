"""Digests by `verify`: the published MD5 of a good copy, another one for anything else."""

import hashlib

import pytest

from emulator.images.container import pack
from emulator.images.digests import embedded_hashes, file_md5, published_md5
from emulator.images.manifest import ImageCatalogue, ImageManifest

IMAGES = ImageCatalogue()
KNOWN = "c800-universalk9-mz.SPA.153-3.M.bin"
IMAGE = "c880data-universalk9-mz.150-1.M4.bin"


@pytest.fixture(params=[KNOWN, IMAGE])
def manifest(request: pytest.FixtureRequest) -> ImageManifest:
    return IMAGES.get(request.param)


def spoiled(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_a_known_image_has_the_digest_that_its_vendor_published() -> None:
    manifest = IMAGES.get(KNOWN)
    assert file_md5(pack(manifest), manifest.size, IMAGES) == "1ca8afee8c32623cf4e99644ce40a3cd"


def test_any_other_file_has_the_digest_of_its_bytes() -> None:
    assert file_md5(b"hello\n", 6, IMAGES) == "b1946ac92492d2347c6235b4d2611184"
    assert file_md5(b"", 0, IMAGES) == "d41d8cd98f00b204e9800998ecf8427e"


def test_what_is_not_kept_reads_as_zeros() -> None:
    whole = b"begin" + bytes(3_000_000)
    assert file_md5(b"begin", len(whole), IMAGES) == hashlib.md5(whole).hexdigest()


def test_a_good_copy_agrees_with_the_software_center(manifest: ImageManifest) -> None:
    assert file_md5(pack(manifest), manifest.size, IMAGES) == published_md5(manifest)
    embedded = embedded_hashes(pack(manifest), manifest.size)
    assert embedded is not None
    assert embedded[0] == embedded[1]


def test_a_changed_byte_gives_another_digest(manifest: ImageManifest) -> None:
    good = pack(manifest)
    for at in (0, len(good) // 3, len(good) // 2, len(good) - 1):
        assert file_md5(spoiled(good, at), manifest.size, IMAGES) != published_md5(manifest)


def test_a_changed_byte_anywhere_is_found_by_the_hash_inside(manifest: ImageManifest) -> None:
    good = pack(manifest)
    for at in range(len(good)):
        hashes = embedded_hashes(spoiled(good, at), manifest.size)
        assert hashes is None or hashes[0] != hashes[1]


def test_a_shorter_copy_gives_another_digest(manifest: ImageManifest) -> None:
    good = pack(manifest)
    for size in (manifest.size - 1, manifest.size // 2, len(good), 30):
        assert file_md5(good[:size], size, IMAGES) != published_md5(manifest)
        hashes = embedded_hashes(good[:size], size)
        assert hashes is None or hashes[0] != hashes[1]


def test_what_is_no_image_has_no_hash_inside() -> None:
    assert embedded_hashes(b"hello", 5) is None
