"""The products as data: what the hardware notes say of them, and what is told of a wrong file."""

from pathlib import Path

import msgspec
import pytest

from emulator.backend.skus import load_skus
from emulator.hardware.platform import KINDS, Families, Platform, PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import DataFileError, UnknownName
from emulator.licensing.types import LicenseType

PLATFORMS, IMAGES = PlatformCatalogue(), ImageCatalogue()
ALL = [PLATFORMS.get(pid) for pid in PLATFORMS.pids()]
FILES = Path(__file__).parents[3] / "emulator/hardware/platforms"

BASE, TOP = "advsecurity", "advipservices"
TABLE_1 = {
    "860": ({BASE}, set()),
    "880": ({BASE}, {TOP}),
    "880srst": ({TOP}, set()),
    "iad880": ({BASE}, {TOP}),
    "second generation": ({BASE}, {TOP}),
}
"""Table 1 of the software activation FAQ: the default feature sets of a family, and those offered as an upgrade.

It does not know the second generation, which came later; R that it is sold as the first.
"""

ORDERED_WITH_THE_UPGRADE = {f"CISCO{model}-SEC-K9" for model in ("881", "886", "886VA", "887", "887VA", "888")}


@pytest.mark.parametrize("family", TABLE_1)
def test_table_1_of_the_faq(family: str) -> None:
    defaults, upgrades = TABLE_1[family]
    plain = [each for each in ALL if each.family == family and each.pid not in ORDERED_WITH_THE_UPGRADE]
    assert plain
    skus = load_skus()
    for platform in plain:
        assert defaults <= set(platform.factory_levels) <= defaults | {BASE}
        assert {skus[name].feature for name in platform.upgrade_skus} == upgrades


def test_what_is_ordered_with_the_upgrade_carries_both_licenses_and_is_offered_none() -> None:
    """SRST units, which have the higher level by default, are like it (FAQ; MIB scenario 2)."""
    both = [each for each in ALL if each.pid in ORDERED_WITH_THE_UPGRADE or each.family == "880srst"]
    assert both
    for platform in both:
        assert (platform.factory_levels, platform.upgrade_skus) == ((BASE, TOP), ())


def test_an_upgrade_of_a_product_is_sold_for_its_family() -> None:
    sold = {
        name: sku.families for name, sku in load_skus().items()
        if sku.feature == TOP and sku.type is LicenseType.PERMANENT and sku.count is None
    }  # fmt: skip
    for platform in ALL:
        for name in platform.upgrade_skus:
            assert platform.family in sold[name]
    assert {name for platform in ALL for name in platform.upgrade_skus} == set(sold)


COUNTED = {
    "FastEthernet interface": ("switchport", "routed"),
    "Ethernet interface": ("ethernet",),
    "ATM interface": ("atm",),
    "Cellular interface": ("cellular",),
    "Gigabit Ethernet interface": ("wlan-switchport",),
    "cisco Embedded AP (s)": ("wlan-ap",),
}
ORDER = (
    "FastEthernet interface", "Gigabit Ethernet interface", "Ethernet interface", "ISDN Basic Rate interface",
    "ATM interface", "terminal line", "Cellular interface", "VDSL controller", "DSL controller",
    "Voice FXS interface(s)", "Voice FXO interface(s)", "Virtual Private Network (VPN) Module",
    "cisco Embedded AP (s)",
)  # fmt: skip


def counts(platform: Platform) -> dict[str, int]:
    """`{"FastEthernet interface": 5, …}`."""
    split = (line.split(" ", 1) for line in platform.counts)
    return {what.removesuffix("s"): int(number) for number, what in split}


@pytest.mark.parametrize("platform", ALL, ids=lambda each: each.pid)
def test_the_counts_are_those_of_the_ports_in_the_order_of_ios(platform: Platform) -> None:
    shown = counts(platform)
    assert list(shown) == [what for what in ORDER if what in shown]
    for what, kinds in COUNTED.items():
        assert shown.get(what, 0) == sum(port.kind in kinds for port in platform.interfaces)
    voice = [port.split()[0] for port in platform.voice_ports]
    assert shown.get("Voice FXS interface(s)", 0) == voice.count("FXS")
    assert shown.get("Voice FXO interface(s)", 0) == voice.count("FXO")
    isdn = voice.count("BRI") + sum(port.kind == "bri" for port in platform.interfaces)
    assert shown.get("ISDN Basic Rate interface", 0) == isdn
    assert len(platform.controllers) == shown.get("DSL controller", 0) + shown.get("VDSL controller", 0)
    for line in platform.counts:
        assert "(" in line or line.endswith("s") is not line.startswith("1 ")


def test_the_counts_of_an_881w_are_as_captured() -> None:
    """C: `show version` of a CISCO881W-GN-A-K9 with 15.0(1)M7, published 2014 in a network programmer's weblog."""
    platform = PLATFORMS.get("CISCO881W-GN-A-K9")
    assert platform.model == "881"
    assert platform.counts == (
        "5 FastEthernet interfaces",
        "1 Gigabit Ethernet interface",
        "1 terminal line",
        "1 Virtual Private Network (VPN) Module",
        "1 cisco Embedded AP (s)",
    )


@pytest.mark.parametrize("platform", ALL, ids=lambda each: each.pid)
def test_a_product_is_made_up_as_its_name_says(platform: Platform) -> None:
    kinds = [port.kind for port in platform.interfaces]
    assert kinds.count("switchport") == 4
    assert (kinds[-1], platform.interfaces[-1].name) == ("vlan", "Vlan1")
    model = platform.pid.partition("-")[0].removeprefix("CISCO").removeprefix("IAD").lstrip("C0123456789")
    wireless = "W" in model or "-W-" in platform.pid
    assert ("wlan-ap" in kinds) is ("wlan-switchport" in kinds) is wireless
    assert ("cellular" in kinds) is platform.pid.startswith("CISCO881G")
    assert bool(platform.voice_ports) is (platform.family in {"880srst", "iad880"})
    board = {"860": (0, "C860"), "second generation": (1, "C800")}.get(platform.family, (1, "C880"))
    assert (platform.usb_ports, platform.rommon_platform) == board
    assert platform.sys_object_id.startswith("1.3.6.1.4.1.9.1.")
    assert (platform.chassis_type is None) is (platform.chassis_type_id is None)
    assert platform.model == platform.inventory.name


WANS = {
    "Fast Ethernet": "FastEthernet4",
    "ADSL2+": "ATM0",
    "G.SHDSL": "ATM0",
    "VDSL2": "Ethernet0",
    "VDSL2 and ADSL2+": "Ethernet0",
    "G.SHDSL EFM": "Ethernet0",
}


@pytest.mark.parametrize("platform", ALL, ids=lambda each: each.pid)
def test_the_line_goes_into_the_wan_port(platform: Platform) -> None:
    assert platform.wan_interface == WANS[platform.wan]


def test_what_the_vendors_mib_does_not_publish_is_left_out() -> None:
    first = [each for each in ALL if each.family != "second generation"]
    assert {each.model for each in first if each.chassis_type is None} == {"861", "888"}
    assert not any(each.chassis_type for each in ALL if each not in first)


def test_memory_is_divided_as_captured() -> None:
    for platform in ALL:
        if platform.family != "second generation":
            assert (platform.main_kib, platform.iomem_kib) == (236544, 25600)
        else:  # C: 1 GB, and 512 MB beside a radio, by the product MIB
            assert platform.dram_kib // 1024 == (512 if "W-" in platform.pid else 1024)
            assert (platform.main_kib, platform.iomem_kib) == (488524, 35763)


def test_every_kind_of_interface_is_in_some_product() -> None:
    assert {port.kind for platform in ALL for port in platform.interfaces} == set(KINDS)


def test_an_unknown_pid_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"unknown PID 'CISCO881-K8'\. Did you mean CISCO881-K9\?"):
        PLATFORMS.get("CISCO881-K8")


def test_a_platform_is_read_once() -> None:
    assert PLATFORMS.get("CISCO881-K9") is PLATFORMS.get("CISCO881-K9")


def test_the_family_of_a_product_is_read_when_it_is_asked_for() -> None:
    platforms = PlatformCatalogue()
    families = Families(platforms)
    assert list(families) == platforms.pids()
    assert len(families) == len(platforms.pids())
    assert platforms._read == {}
    assert families["IAD888F-K9"] == "iad880"
    assert families.get("CISCO999-K9") is None
    assert list(platforms._read) == ["IAD888F-K9"]


GOOD = (FILES / "cisco881-k9.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("usb_ports", "usb_port", "usb_port: unknown key 'usb_port'. Did you mean usb_ports?"),
        ('wan = "Fast Ethernet"\n', "", " the key 'wan' is missing"),
        ("dram_kib = 262144", 'dram_kib = "256 MB"', "dram_kib: expected a whole number, got text"),
        ('"routed"', '"routted"', "interfaces 5, kind: unknown value 'routted'. Did you mean routed?"),
        ('vid = "V01 "', "vid = 1", "inventory.vid: expected text, got a whole number"),
        ('counts = "C"', 'counts = "X"', "basis.counts: unknown value 'X'. Known: C, I, R"),
        ('memory = "C"\n', "", "basis: the key 'memory' is missing"),
        ('pid = "CISCO881-K9"', 'pid = "CISCO882-K9"', "pid: is CISCO882-K9, but the file is named for CISCO881-K9"),
        ("[basis]", "[basis", " is not TOML: "),
    ],
)
def test_a_wrong_file_is_told_with_its_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert GOOD.count(old) >= 1
    file = tmp_path / "cisco881-k9.toml"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        PlatformCatalogue(tmp_path).get("CISCO881-K9")
    assert str(caught.value).startswith(f"{file}:{told}")


def test_every_group_of_facts_has_a_mark() -> None:
    for platform in ALL:
        assert set(msgspec.structs.astuple(platform.basis)) <= {"C", "R", "I"}
        assert platform.source
