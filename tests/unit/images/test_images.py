from pathlib import Path

import pytest

from emulator.images.container import ImageFault, pack, unpack
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import DataFileError, UnknownName
from emulator.kernel.time import DAY

IMAGES = ImageCatalogue()
M4 = IMAGES.get("c880data-universalk9-mz.150-1.M4.bin")


def test_a_good_copy_names_its_image() -> None:
    assert unpack(pack(M4), M4.size) == M4.file


@pytest.mark.parametrize("place", range(0, len(pack(M4)), 5))
def test_a_changed_byte_is_found(place: int) -> None:
    content = bytearray(pack(M4))
    content[place] ^= 1
    assert unpack(bytes(content), M4.size) in {ImageFault.BAD_MAGIC, ImageFault.BAD_CHECKSUM}


@pytest.mark.parametrize("kept", [24, 40, 80, len(pack(M4)) - 1])
def test_a_shortened_copy_is_found(kept: int) -> None:
    assert unpack(pack(M4)[:kept], M4.size) is ImageFault.BAD_CHECKSUM


def test_a_copy_of_another_size_is_found() -> None:
    assert unpack(pack(M4), M4.size - 1) is ImageFault.BAD_CHECKSUM


def test_another_file_is_no_image() -> None:
    assert unpack(b"hello", 5) is ImageFault.BAD_MAGIC
    assert unpack(b"", 0) is ImageFault.BAD_MAGIC


def test_an_image_is_found_with_and_without_its_ending() -> None:
    assert IMAGES.get(M4.file.removesuffix(".bin")) is M4


def test_an_unknown_image_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        IMAGES.get("c880data-universalk9-mz.150-1.M5.bin")
    assert str(caught.value) == (
        "unknown image 'c880data-universalk9-mz.150-1.M5.bin'. Did you mean c880data-universalk9-mz.150-1.M4.bin?"
    )


def test_a_wrong_manifest_is_told_with_its_key(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('file = "x.bin"\nfamilly = "880"\n', encoding="utf-8")
    with pytest.raises(DataFileError, match=r"x\.toml:familly: unknown key 'familly'\. Did you mean family\?"):
        ImageCatalogue(tmp_path).get("x")


def test_the_release_is_what_the_configuration_names() -> None:
    assert M4.release == "15.0"


def test_the_built_in_evaluation_is_locked_to_no_device() -> None:
    [line] = M4.built_in
    assert (line.feature, line.period, line.udi, line.exclusive) == ("advipservices", 60 * DAY, None, False)
