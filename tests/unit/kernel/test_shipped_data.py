"""Every data file that ships with the product loads and agrees with the others."""

from pathlib import Path

import pytest

from emulator.console.wording import wordings
from emulator.hardware.platform import PlatformCatalogue
from emulator.hardware.stages import StageName, boot_stages, read_stages
from emulator.images.features import feature_table, features_of
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import DataFileError
from emulator.router.syslog_messages import catalogue

PLATFORMS, IMAGES = PlatformCatalogue(), ImageCatalogue()


def test_every_platform_loads_under_its_own_pid_and_has_its_factory_image() -> None:
    assert "CISCO881-K9" in PLATFORMS.pids()
    for pid in PLATFORMS.pids():
        platform = PLATFORMS.get(pid)
        assert platform.pid == pid
        image = IMAGES.get(platform.factory_image)
        assert platform.family in image.families
        assert set(platform.factory_levels) <= set(image.levels)
        assert image.size < platform.flash_bytes
        assert len({interface.name for interface in platform.interfaces}) == len(platform.interfaces)


def test_every_image_loads_under_its_own_name() -> None:
    assert IMAGES.names()
    for name in IMAGES.names():
        image = IMAGES.get(name)
        assert image.file == name
        assert {each.feature for each in image.evaluations} <= {*image.levels, *image.subscriptions}
        if image.compiled is not None:
            assert str(image.copyright_year)[2:] == image.compiled.split()[1].split("-")[2]


def test_features_name_levels_of_some_image() -> None:
    levels = {level for name in IMAGES.names() for level in IMAGES.get(name).levels}
    assert feature_table()
    for feature in feature_table():
        assert {level for of in feature.levels.values() for level in of} <= levels, feature.name
    base, whole = features_of("advsecurity", "880"), features_of("advipservices", "880")
    assert base < whole
    assert whole - base == {
        "bfd", "bgp", "eigrp", "ipv6", "multicast", "ospf", "vrf", "vrf-firewall", "wccp", "wlan-unified",
    }  # fmt: skip
    assert not features_of("advipservices", "860"), "an 860 has one level"
    assert {"voice", "srst", "cme"} <= features_of("advipservices", "880srst")


def test_the_boot_stages_are_in_order() -> None:
    assert [stage.name for stage in boot_stages()] == [
        "post", "rommon", "load", "decompress", "early init", "interfaces", "configuration"
    ]  # fmt: skip


def test_messages_and_wording_have_a_basis_mark() -> None:
    assert {rule.basis for rule in catalogue().values()} <= {"C", "R", "I"}
    assert {each.basis for topic in wordings().values() for each in topic.values()} <= {"C", "R", "I"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[[stages]]\nname = "post"\n',
         "{file}:stages: has each of these once, in this order: " + ", ".join(StageName)),
        ('[[stages]]\nname = "pots"\n', "{file}:stages 1, name: unknown value 'pots'. Did you mean post? (in 'pots')"),
    ],
)  # fmt: skip
def test_a_table_of_stages_that_is_wrong_is_told(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "boot.toml"
    file.write_text(text)
    with pytest.raises(DataFileError) as caught:
        read_stages(file)
    assert str(caught.value) == problem.format(file=file)
