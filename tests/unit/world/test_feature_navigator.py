"""Feature Navigator: every product, image and level, against the matrix; and what a feature needs, against both."""

import json

import pytest

from emulator.backend.skus import load_skus
from emulator.cli.main import main
from emulator.hardware.platform import PlatformCatalogue
from emulator.images.features import Feature, feature_table, features_of
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import Refused, UnknownName
from emulator.world.feature_navigator import compare, feature_set, image_for, images_of, matching, needs
from emulator.world.known_lines import known_line

PLATFORMS, IMAGES = PlatformCatalogue(), ImageCatalogue()
PIDS = PLATFORMS.pids()
LICENSABLE = {name for image in IMAGES.names() for name in IMAGES.get(image).licensable}

NOT_BY_COMMAND = {
    "vrf-firewall": "a profile of ISAKMP is there without VRFs too",
    "copp": "control-plane and service-policy are there for other ends too",
    "wlan": "its command needs an access point, which these products do not have",
}
"""Features whose command does not tell whether they are there."""


@pytest.mark.parametrize("pid", PIDS)
def test_the_sets_of_a_product_are_those_of_the_matrix(pid: str) -> None:
    platform = PLATFORMS.get(pid)
    names = images_of(platform, IMAGES)
    sets = [feature_set(PLATFORMS, IMAGES, pid, name, level) for name in names for level in IMAGES.get(name).levels]
    rows = compare(sets)
    for at, one in enumerate(sets):
        assert {row.name for row in rows if row.there[at] is True} == features_of(one.level, platform.family)


@pytest.mark.parametrize("pid", PIDS)
def test_a_level_that_is_needed_is_the_lowest_that_has_the_feature(pid: str) -> None:
    platform, skus = PLATFORMS.get(pid), load_skus()
    for name in images_of(platform, IMAGES):
        image = IMAGES.get(name)
        for feature in feature_table():
            (need,) = needs(feature.name, platform, image, skus, PLATFORMS)
            having = [level for level in image.levels if feature.name in features_of(level, platform.family)]
            assert need.level == (having[0] if having else None)
            assert all(skus[sku].feature == need.level and platform.family in skus[sku].families for sku in need.skus)
            if need.included:
                assert need.level in {image.levels[0], *platform.factory_levels}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("bgp", ["bgp"]),
        ("BGP", ["bgp"]),
        ("router ospf", ["ospf"]),
        ("ssl vpn", ["sslvpn"]),
        ("ospf router", ["ospf"]),
    ],
)
def test_a_feature_is_found_by_its_name_its_title_or_its_command(text: str, names: list[str]) -> None:
    found = [each.name for each in matching(text)]
    assert found == names or [each.replace("-", "") for each in found] == names


@pytest.mark.parametrize("text", ["", " ", "frobnicate", "bgp frobnicate"])
def test_a_text_about_no_feature_is_refused(text: str) -> None:
    with pytest.raises(UnknownName):
        matching(text)


@pytest.mark.parametrize(
    ("text", "kind", "level", "order"),
    [
        ("zone-pair security", "Global configuration command", "advsecurity", ()),
        ("ip nat inside source list 1 interface FastEthernet4 overload", "Global configuration command", "advsecurity",
         ()),
        ("ip route vrf", "Global configuration command", "advipservices", ("L-880-AIS=", "SL-880-AIS=")),
        ("sh ip bgp summary", "EXEC command", "advipservices", ("L-880-AIS=", "SL-880-AIS=")),
        ("ip pim sparse-mode", "Interface configuration command", "advipservices", ("L-880-AIS=", "SL-880-AIS=")),
        ("encapsulation dot1q 2", "Interface configuration command", "advsecurity", ()),
        ("dial-peer voice 1 pots", "Global configuration command", None, ()),
    ],
)  # fmt: skip
def test_a_line_that_no_feature_is_named_for_is_looked_up_in_the_parsers(
    text: str, kind: str, level: str | None, order: tuple[str, ...]
) -> None:
    platform = PLATFORMS.get("CISCO881-K9")
    (need,) = needs(text, platform, IMAGES.get(platform.factory_image), load_skus(), PLATFORMS)
    assert (need.feature, need.title, need.command) == ("", kind, text)
    assert (need.level, need.skus, need.included) == (level, order, level == "advsecurity")


def test_the_parsers_agree_with_the_matrix() -> None:
    """The command that shows a feature is in the parsers of the levels that have it, and in no others."""
    for pid in ("CISCO881-K9", "C888SRST-K9", "IAD888F-K9", "CISCO861-K9"):
        platform = PLATFORMS.get(pid)
        image = IMAGES.get(platform.factory_image)
        for feature in feature_table():
            command = feature.command.partition(",")[0]
            line = known_line(command, platform, image, PLATFORMS)
            if line is None or feature.name in NOT_BY_COMMAND:
                continue
            having = feature.levels.get(platform.family, ())
            assert line.level == next((each for each in image.levels if each in having), None), (pid, command)


def test_a_text_that_is_neither_feature_nor_command_is_refused() -> None:
    platform = PLATFORMS.get("CISCO881-K9")
    with pytest.raises(UnknownName, match=r"^unknown feature or command 'router isis'\. Known: "):
        needs("router isis", platform, IMAGES.get(platform.factory_image), load_skus(), PLATFORMS)


def test_an_image_of_other_hardware_is_refused_with_those_that_run() -> None:
    with pytest.raises(Refused, match=r"does not run on CISCO861-K9; images for it: c860-universalk9-mz"):
        image_for(PLATFORMS.get("CISCO861-K9"), IMAGES, "c880data-universalk9-mz.150-1.M4")


# --- the command ---------------------------------------------------------------------------------------------------


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["list", "features", *words]) == 0
    return capsys.readouterr().out.splitlines()


def test_several_needs_are_told_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed(capsys, "--need", "ip route vrf", "--need", "bgp", "--pid", "CISCO881-K9")
    assert [line.split()[0] for line in lines] == ["title", "Global", "BGP"]


def test_levels_stand_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed(capsys, "--level", "advsecurity", "--level", "advipservices", "--pid", "CISCO881-K9")
    assert lines[0].split() == ["name", "area", "title", "advsecurity", "advipservices", "basis"]
    assert next(line for line in lines if line.startswith("bgp ")).split() == ["bgp", "Routing", "BGP", "-", "yes", "R"]
    vlans = next(line for line in lines if line.startswith("vlans "))
    assert vlans.split()[-3:-1] == ["4", "8"]


def test_columns_are_named_for_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    pids = ("--pid", "CISCO881-K9", "--pid", "CISCO888-K9")
    assert listed(capsys, "--level", "advsecurity", *pids)[0].split()[3:5] == ["CISCO881-K9", "CISCO888-K9"]
    images = [f"c880data-universalk9-mz.{each}" for each in ("150-1.M4", "154-2.T1")]
    named = listed(capsys, "--level", "advsecurity", "--image", images[0], "--image", images[1])[0].split()[3:5]
    assert named == [f"{each}.bin" for each in images]


def test_the_level_that_a_feature_needs_is_told_with_what_to_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(capsys, "--need", "router bgp", "--pid", "CISCO881-K9")[1].split() == [
        "BGP", "router", "bgp", "CISCO881-K9", "advipservices", "-", "L-880-AIS=,", "SL-880-AIS=", "R",
    ]  # fmt: skip
    assert "licensed at the factory" in listed(capsys, "--need", "bgp", "--pid", "CISCO881-SEC-K9")[1]
    assert "none has it" in listed(capsys, "--need", "bgp", "--pid", "CISCO861-K9")[1]


@pytest.mark.parametrize("feature", [each for each in feature_table() if each.license], ids=lambda each: each.name)
@pytest.mark.parametrize("pid", ["CISCO881-K9", "CISCO881-SEC-K9", "IAD881B-K9", "C881-K9"])
def test_a_license_beside_the_level_is_told_with_what_to_order(pid: str, feature: Feature) -> None:
    platform, skus = PLATFORMS.get(pid), load_skus()
    (need,) = needs(feature.name, platform, image_for(platform, IMAGES), skus, PLATFORMS)
    assert need.license_skus
    assert need.order == " or ".join(need.license_skus)
    assert all(skus[each].feature == feature.license_feature in LICENSABLE for each in need.license_skus)


def test_the_rows_are_there_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads("\n".join(listed(capsys, "--need", "bgp", "--json")))
    assert [(row["level"], row["skus"]) for row in rows] == [("advipservices", ["L-880-AIS=", "SL-880-AIS="])]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--need", ""), "unknown feature or command ''. Known: "),
        (("--need", "bgp", "--need", "frobnicate"), "unknown feature or command 'frobnicate'"),
        (("--need", "frobnicate"), "unknown feature or command 'frobnicate'. Known: bfd, bgp, "),
        (("--level", "advance"), "unknown level 'advance'"),
        (("--level", "advsecurity", "--pid", "CISCO881-K8"), "Did you mean CISCO881-K9?"),
        (("--level", "advsecurity", "--need", "bgp"), "leave --level out"),
        (("--pid", "CISCO881-K9", "--pid", "CISCO888-K9"), "several images or products are compared by --level"),
    ],
)
def test_what_cannot_be_told_is_refused(words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "features", *words]) != 0
    assert why in capsys.readouterr().err
