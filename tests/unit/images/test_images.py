from pathlib import Path

import pytest
from msgspec.structs import replace

from emulator.images.container import ImageFault, pack, unpack
from emulator.images.features import NPE
from emulator.images.manifest import BuiltInEvaluation, ImageCatalogue, ImageManifest
from emulator.images.memory import memory_fault
from emulator.kernel.errors import DataFileError, UnknownName
from emulator.kernel.resources import data_directory
from emulator.kernel.time import DAY
from emulator.licensing.types import LicenseType

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
    (tmp_path / "x.toml").write_text('file = "x.bin"\nfamilly = ["880"]\n', encoding="utf-8")
    with pytest.raises(DataFileError, match=r"x\.toml:familly: unknown key 'familly'\. Did you mean families\?"):
        ImageCatalogue(tmp_path).get("x")


def test_the_release_is_what_the_configuration_names() -> None:
    assert M4.release == "15.0"


def test_the_built_in_evaluation_is_locked_to_no_device() -> None:
    [line] = M4.built_in
    assert (line.feature, line.period, line.udi, line.exclusive) == ("advipservices", 60 * DAY, None, False)


def test_an_image_may_carry_an_evaluation_that_becomes_a_right() -> None:
    other = replace(M4, evaluations=(BuiltInEvaluation("advipservices", 60, right_to_use=True),))
    [line] = other.built_in
    assert line.type is LicenseType.EVAL_RIGHT_TO_USE
    assert line.id == M4.built_in[0].id, "what was used under another image stays used"


def test_features_beside_the_levels_are_licensable_after_them() -> None:
    newer = IMAGES.get("c880data-universalk9-mz.154-2.T1.bin")
    assert M4.licensable == ("advipservices", "advsecurity")
    assert newer.licensable == ("advipservices", "advsecurity", "SSL_VPN", "ios-ips-update", "content-filter")


ALL = [IMAGES.get(name) for name in IMAGES.names()]


FAMILIES = {
    "860": ("c860", ("advsecurity",)),
    "880": ("c880-data", ("advsecurity", "advipservices")),
    "880srst": ("c880-voice", ("advsecurity", "advipservices")),
    "iad880": ("c880-voice", ("advsecurity", "advipservices")),
    "second generation": ("c800", ("advsecurity", "advipservices")),
}


@pytest.mark.parametrize("image", ALL, ids=lambda each: each.file)
def test_module_levels_and_evaluation_are_those_of_the_family(image: ImageManifest) -> None:
    for family in image.families:
        module, levels = FAMILIES[family]
        npe = NPE if NPE in image.file else ""
        assert (image.license_module, image.levels) == (module, tuple(f"{level}{npe}" for level in levels))
    right = ["ios-ips-update"] if "ios-ips-update" in image.subscriptions else []
    assert [(each.feature, each.days) for each in image.evaluations] == [
        (each, 60) for each in [*image.levels[1:], *right]
    ]


@pytest.mark.parametrize("image", ALL, ids=lambda each: each.file)
def test_the_name_of_a_file_says_what_is_in_it(image: ImageManifest) -> None:
    """C: `150-1.M4` is 15.0(1)M4, and the part before `-mz` is the image id."""
    name, _, release = image.file.removesuffix(".bin").replace(".SPA", "").partition("-mz.")
    train, _, rest = release.partition("-")
    number, _, build = rest.partition(".")
    assert image.version == f"{train[:2]}.{train[2:]}({number}){build}"
    assert image.image_id == f"{name.upper()}-M"
    assert image.software == ("C880" if "C880" in image.image_id else image.image_id[:4]) + " Software"


@pytest.mark.parametrize("image", ALL, ids=lambda each: each.file)
def test_the_dialect_is_that_of_the_release(image: ImageManifest) -> None:
    old, counted = image.version.startswith("12.4"), image.version > "15.1"
    dialect = image.dialect
    assert dialect.license_agreement_for_all is not old
    assert dialect.license_udi_line is not old
    assert dialect.license_detail_terms is not old
    assert dialect.license_comment_truncated is old
    assert dialect.license_right_to_use_column is counted
    assert dialect.reload_reason_after_power_on is counted
    assert image.can_become_right is (counted and bool(image.evaluations))
    assert dialect.license_period_used is dialect.license_udi_wide is counted
    assert dialect.license_expand_nvram is (image.version != "12.4(15)XZ2")
    levels = [each for each in image.evaluations if each.feature in image.levels]
    assert not any(each.right_to_use for each in levels), "by default it stops, as the FAQ says"


@pytest.mark.parametrize("image", ALL, ids=lambda each: each.file)
def test_an_image_with_a_right_to_use_writes_as_those_do(image: ImageManifest) -> None:
    """C2: EvalRightToUse stands in the Built-In License Storage and is Not Activated at first; Evaluation does not."""
    right, dialect = any(each.right_to_use for each in image.evaluations), image.dialect
    if image.evaluations:
        assert dialect.license_right_to_use_column is right
    if right:
        assert (dialect.license_built_in_store, dialect.license_unused_period) == (
            "Built-In License Storage", "not activated"
        )  # fmt: skip
    else:
        assert dialect.license_unused_period == ("not activated" if dialect.license_right_to_use_column else "by type")


def test_what_nobody_knows_is_left_out_of_the_banner() -> None:
    known = IMAGES.get("c880data-universalk9-mz.155-3.M8.bin").banner
    assert known == (
        "Cisco IOS Software, C880 Software (C880DATA-UNIVERSALK9-M), Version 15.5(3)M8, RELEASE SOFTWARE (fc1)\n"
        "Technical Support: http://www.cisco.com/techsupport\n"
        "Copyright (c) 1986-2018 by Cisco Systems, Inc.\n"
        "Compiled Thu 02-Aug-18 12:15 by prod_rel_team"
    )
    assert IMAGES.get("c880data-universalk9-mz.155-3.M6.bin").banner == (
        "Cisco IOS Software, C880 Software (C880DATA-UNIVERSALK9-M), Version 15.5(3)M6, RELEASE SOFTWARE\n"
        "Technical Support: http://www.cisco.com/techsupport\n"
        "Copyright (c) 1986-2017 by Cisco Systems, Inc."
    )


@pytest.mark.parametrize(
    ("size", "dram_mib", "fault"),
    [
        (42_600_000, 256, None),
        (67_900_000, 256, None),
        (28_000_000, 128, None),
        (31_000_000, 128, ImageFault.NO_ROOM_TO_WORK),
        (44_000_000, 128, ImageFault.NO_ROOM_TO_WORK),
        (44_200_000, 128, ImageFault.TOO_LARGE),
    ],
)
def test_the_examples_of_the_memory_rule(size: int, dram_mib: int, fault: ImageFault | None) -> None:
    assert memory_fault(size, dram_mib * 1024, dram_mib // 10 * 1024) is fault


GOOD = (data_directory("images") / "c880data-universalk9-mz.150-1.M4.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("compiled", "compilled", "compilled: unknown key 'compilled'. Did you mean compiled?"),
        ('families = ["880"]', 'families = "880"', "families: expected a list, got text"),
        ("size = 28311552", 'size = "28 MB"', "size: expected a whole number, got text"),
        ("min_flash_mib = 128\n", "", " the key 'min_flash_mib' is missing"),
        ('basis = "C"', 'basis = "maybe"', "basis: unknown value 'maybe'. Known: C, I, R"),
        ("days = 60", "days = 60, hours = 1", "evaluations 1, hours: unknown key 'hours'. Known: "),
        ("license_right_to_use_column", "license_column", "dialect.license_column: unknown key 'license_column'."),
        ("150-1.M4.bin", "150-1.M5.bin", "file: is c880data-universalk9-mz.150-1.M5.bin, but this file is named for "),
        ("[dialect]", "[dialect", " is not TOML: "),
    ],
)
def test_a_wrong_file_is_told_with_its_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    file = tmp_path / f"{M4.file.removesuffix('.bin')}.toml"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        ImageCatalogue(tmp_path).get(M4.file)
    assert str(caught.value).startswith(f"{file}:{told}")
