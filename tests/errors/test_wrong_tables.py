"""Every table that ships, with each key and each name of a fixed set made wrong: told with file, row and right word."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli

import emulator
from emulator.backend.skus import SkuTable, load_skus
from emulator.console.configuration.rows import Words
from emulator.console.configuration.ssh_algorithms import AlgorithmTable, read_offers
from emulator.console.configuration.types import PhraseFile, read_phrases
from emulator.console.configuration.well_known import WellKnown
from emulator.console.idle_screens import IdleServices, read_services
from emulator.console.wording import Wording, read_wordings, text_file, wording
from emulator.hardware.platform import Platform, PlatformCatalogue
from emulator.hardware.ports import PortTable, read_ports
from emulator.hardware.stages import StageTable
from emulator.images.features import FeatureTable, LimitTable, limit
from emulator.images.manifest import ImageCatalogue, ImageManifest, manifest_problems
from emulator.kernel.data_path import shown_path
from emulator.kernel.datafile import convert, known_fields, known_values
from emulator.kernel.errors import DataFileError, Refused, UnknownName
from emulator.labs.rules import TaughtRules, read_rules
from emulator.router.files.protocols import ProtocolTable, read_protocols
from emulator.router.syslog_messages import MessageRule, read_catalogue
from emulator.world.build import rack
from emulator.world.platform_checks import check_platform, platform_problems
from emulator.world.recipe import RouterRecipe
from tests.driver import world_of
from tests.mistakes import NONSENSE, misspelt, wrong_values

PACKAGE = Path(emulator.__file__).parent
IMAGES = PACKAGE.parent / "images"
PLATFORMS = PACKAGE / "hardware" / "platforms"
EACH_FAMILY = ("cisco861-k9", "cisco881g-g-k9", "c888srstw-gn-a-k9", "iad888fw-gn-e-k9")

RECORDS: dict[Path, Any] = {
    PACKAGE / "backend/skus.toml": SkuTable,
    PACKAGE / "console/idle_services.toml": IdleServices,
    PACKAGE / "console/configuration/phrases.toml": PhraseFile,
    PACKAGE / "console/configuration/well_known.toml": WellKnown,
    PACKAGE / "console/configuration/words.toml": Words,
    PACKAGE / "console/wording.toml": dict[str, dict[str, Wording]],
    PACKAGE / "hardware/boot.toml": StageTable,
    PACKAGE / "hardware/ports.toml": PortTable,
    PACKAGE / "images/features.toml": FeatureTable,
    PACKAGE / "images/limits.toml": LimitTable,
    PACKAGE / "labs/rules.toml": TaughtRules,
    PACKAGE / "router/files/protocols.toml": ProtocolTable,
    PACKAGE / "router/messages.toml": dict[str, MessageRule],
    PACKAGE / "console/configuration/ssh_algorithms.toml": AlgorithmTable,
    **dict.fromkeys(sorted(PLATFORMS.glob("*.toml")), Platform),
    **dict.fromkeys(sorted(IMAGES.glob("*.toml")), ImageManifest),
}
MODES = PACKAGE / "console/configuration/modes"
"""Folder of the modes, whose files have tests of their own: `unit/console/configuration/test_wrong_rows.py`."""

CHECKED = [file for file in RECORDS if file.parent != PLATFORMS or file.stem in EACH_FAMILY]
"""Platforms are of one record; one of each family is taken to pieces."""


def shown(file: Path) -> str:
    return str(file.relative_to(PACKAGE.parent))


def data_of(file: Path) -> Any:
    return tomli.loads(file.read_text(encoding="utf-8"))


def test_every_table_that_ships_is_tried() -> None:
    shipped = {file for file in PACKAGE.rglob("*.toml") if MODES not in file.parents} | set(IMAGES.glob("*.toml"))
    assert shipped == set(RECORDS)


def places(data: Any, path: str = "", keys: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    """Every part of the data: the path to it in words and in keys."""
    yield path, keys, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, f"{path}.{key}".lstrip("."), (*keys, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from places(value, f"{path}[{number}]", (*keys, number))


def put(data: Any, keys: tuple[Any, ...], value: Any) -> Any:
    """The data with another value at a place."""
    if not keys:
        return value
    copy = data.copy()
    copy[keys[0]] = put(data[keys[0]], keys[1:], value)
    return copy


def problem(data: Any, file: Path) -> str:
    with pytest.raises(DataFileError) as caught:
        convert(data, RECORDS[file], str(file))
    return str(caught.value)


@pytest.mark.parametrize("file", CHECKED, ids=shown)
def test_a_key_that_there_is_not(file: Path) -> None:
    data, tried = data_of(file), 0
    for path, keys, part in places(data):
        known = known_fields(RECORDS[file], path) if isinstance(part, dict) else set()
        for key in part if known else ():
            for wrong in (misspelt(key), NONSENSE):
                renamed = {(wrong if each == key else each): value for each, value in part.items()}
                told = problem(put(data, keys, renamed), file)
                where = shown_path(f"{path}.{wrong}".lstrip("."))
                right = f"Did you mean {key}?" if wrong != NONSENSE else "Known: "
                assert told.startswith(f"{file}:{where}: unknown key '{wrong}'. {right}"), told
                tried += 1
    assert tried > 0


@pytest.mark.parametrize("file", CHECKED, ids=shown)
def test_a_value_that_is_none_of_those_there_are(file: Path) -> None:
    data = data_of(file)
    for path, keys, value in places(data):
        known = known_values(RECORDS[file], path) if isinstance(value, str) else set()
        for wrong in (misspelt(value), NONSENSE) if known else ():
            told = problem(put(data, keys, wrong), file)
            near = f"Did you mean {value}?" if wrong != NONSENSE and len(value) > 2 else "Known: "
            assert told.startswith(f"{file}:{shown_path(path)}: unknown value '{wrong}'. "), told
            assert near in told or "Did you mean" in told, told


def first_of_each_key(file: Path) -> list[tuple[str, tuple[Any, ...], Any]]:
    """One place for each key of the records in a file, whatever rows and names they stand under."""
    found: dict[tuple[str, ...], tuple[str, tuple[Any, ...], Any]] = {}
    kinds: dict[tuple[Any, ...], tuple[str, ...]] = {(): ()}
    fields: dict[tuple[str, ...], set[str]] = {}
    for path, keys, value in places(data_of(file)):
        if keys:
            above = kinds[keys[:-1]]
            kinds[keys] = (*above, keys[-1] if keys[-1] in fields[above] else "*")
            found.setdefault(kinds[keys], (path, keys, value))
        if kinds[keys] not in fields:
            fields[kinds[keys]] = known_fields(RECORDS[file], path)
    return list(found.values())


@pytest.mark.parametrize("file", CHECKED, ids=shown)
def test_a_value_of_another_type(file: Path) -> None:
    data = data_of(file)
    for path, keys, value in first_of_each_key(file):
        for wrong in ({"a": 1}, 7.5, [[1]]):
            if isinstance(value, dict) and isinstance(wrong, dict):
                continue
            told = problem(put(data, keys, wrong), file)
            assert told.startswith(f"{file}:{shown_path(path)}"), told
            assert "expected" in told or "unknown" in told, told


@pytest.mark.parametrize("file", CHECKED, ids=shown)
def test_a_number_below_the_least(file: Path) -> None:
    data = data_of(file)
    for path, keys, value in first_of_each_key(file):
        if type(value) is int:
            told = problem(put(data, keys, -1), file)
            assert told.startswith(f"{file}:{shown_path(path)}: expected a whole number >= "), told


@pytest.mark.parametrize("file", CHECKED, ids=shown)
def test_a_key_that_is_needed_is_missing(file: Path) -> None:
    data = data_of(file)
    for path, keys, _ in first_of_each_key(file):
        where = path.rpartition(".")[0] if "." in path else ""
        if isinstance(keys[-1], str) and keys[-1] in known_fields(RECORDS[file], where, required=True):
            row = put(
                data, keys[:-1], {key: value for key, value in part_at(data, keys[:-1]).items() if key != keys[-1]}
            )
            told = problem(row, file)
            place = f"{file}:{shown_path(where)}".removesuffix(":")
            assert told.startswith(f"{place}: the key '{keys[-1]}' is missing"), told


def part_at(data: Any, keys: tuple[Any, ...]) -> Any:
    for key in keys:
        data = data[key]
    return data


@pytest.mark.parametrize("file", CHECKED, ids=shown)
def test_a_name_that_stands_twice(file: Path) -> None:
    """Except in pairs of a number and its help."""
    data = data_of(file)
    for path, keys, value in places(data):
        if not isinstance(value, list) or not value:
            continue
        names = [each.get("name") if isinstance(each, dict) else each for each in value]
        if all(isinstance(each, str) and each for each in names) and file.stem != "well_known":
            told = problem(put(data, keys, [*value, value[0]]), file)
            assert told.startswith(f"{file}:{shown_path(f'{path}[{len(value)}]')}"), told
            assert f"'{names[0]}' stands here twice" in told, told


@pytest.mark.parametrize("name", ["features", "limits"])
def test_a_family_that_there_is_not(name: str) -> None:
    file = PACKAGE / f"images/{name}.toml"
    data = data_of(file)
    by_family = data[name][0]["levels" if name == "features" else "most"]
    by_family["88"] = by_family.pop("880")
    told = problem(data, file)
    assert "unknown key '88'. Did you mean 880?" in told
    assert data[name][0]["name"] in told


def test_features_and_limits_name_families_and_levels_that_there_are() -> None:
    images = [convert(data_of(file), ImageManifest, str(file)) for file in IMAGES.glob("*.toml")]
    levels = {level for image in images for level in image.levels}
    features = convert(data_of(PACKAGE / "images/features.toml"), FeatureTable, "").features
    assert {level for each in features for names in each.levels.values() for level in names} <= levels
    limits = convert(data_of(PACKAGE / "images/limits.toml"), LimitTable, "").limits
    assert {level for each in limits for most in each.most.values() for level in most} <= levels


# --- what several files say ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pid", PlatformCatalogue().pids())
def test_a_platform_names_what_there_is(pid: str) -> None:
    platforms, images, skus = PlatformCatalogue(), ImageCatalogue(), load_skus()
    check_platform(pid, platforms, images, skus)
    data = data_of(platforms.file(pid))
    for key in ("factory_image", "factory_levels", "upgrade_skus"):
        for _, wrong, changed in wrong_values(data, key):
            found = dict(platform_problems(convert(changed, Platform, ""), images, skus))
            assert set(found) == {key}, found
            assert f"'{wrong}'. " in found[key]
            assert ("Did you mean " if wrong != NONSENSE else "Known: ") in found[key] or key == "upgrade_skus"
    other = {**data, "family": "860" if data["family"] != "860" else "880"}
    assert "family" in dict(platform_problems(convert(other, Platform, ""), images, skus))


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"advsecurity"', '"advsecurty"', "factory_levels: unknown level 'advsecurty'. Did you mean advsecurity?"),
        ('family = "880"', 'family = "88"', "family: unknown value '88'. Did you mean 880?"),
        ('family = "880"', 'family = "860"', "family: unknown family of this factory image '860'. Did you mean 880?"),
        ('"L-880-AIS="', '"L-880-AIZ="', "upgrade_skus: unknown SKU for a 880 'L-880-AIZ='. Did you mean L-880-AIS=?"),
        (".bin", ".bim", "factory_image: unknown image '"),
    ],
)
def test_a_router_of_a_wrong_platform_is_not_racked(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    file = tmp_path / "cisco881-k9.toml"
    text = (PLATFORMS / file.name).read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    world = world_of()
    world.platforms = PlatformCatalogue(tmp_path)
    with pytest.raises((DataFileError, Refused)) as caught:
        rack(world, "R7", RouterRecipe("CISCO881-K9"))
    assert f"{file}:{told}" in str(caught.value)
    assert "R7" not in world.routers


@pytest.mark.parametrize("file", sorted(IMAGES.glob("*.toml")), ids=shown)
def test_an_image_names_features_that_it_has(tmp_path: Path, file: Path) -> None:
    text, data = file.read_text(encoding="utf-8"), data_of(file)
    copy = tmp_path / file.name
    tried = 0
    for found in re.finditer(r'feature = "([^"]+)"', text):
        for wrong in (misspelt(found[1]), NONSENSE):
            copy.write_text(f"{text[: found.start(1)]}{wrong}{text[found.end(1) :]}", encoding="utf-8")
            with pytest.raises(DataFileError) as caught:
                ImageCatalogue(tmp_path).get(data["file"])
            assert re.match(rf"{re.escape(str(copy))}:(evaluations|terms) \d, feature: ", str(caught.value))
            assert f"unknown feature '{wrong}'. " in str(caught.value)
            tried += 1
    assert tried >= 2 * len(data["evaluations"])


def test_a_feature_has_one_evaluation() -> None:
    image = ImageCatalogue().get("c880data-universalk9-mz.151-4.M5")
    twice = msgspec.structs.replace(image, evaluations=(*image.evaluations, image.evaluations[0]))
    number, feature = len(image.evaluations), image.evaluations[0].feature
    assert list(manifest_problems(twice)) == [(f"evaluations[{number}].feature", f"'{feature}' stands here twice")]


@pytest.mark.parametrize("version", ["", "15.1", "15.1(4", "fifteen", "15.1(4)", "15.1(4)m5", NONSENSE])
def test_an_image_has_a_version(tmp_path: Path, version: str) -> None:
    file = IMAGES / "c880data-universalk9-mz.151-4.M5.toml"
    copy = tmp_path / file.name
    text = file.read_text(encoding="utf-8")
    copy.write_text(text.replace('version = "15.1(4)M5"', f'version = "{version}"', 1), encoding="utf-8")
    with pytest.raises(DataFileError, match=r"M5\.toml:version: "):
        ImageCatalogue(tmp_path).get(file.stem)


def edited(file: Path, tmp_path: Path, right: str, wrong: str, read: Callable[[Path], object]) -> str:
    text = file.read_text(encoding="utf-8")
    assert right in text
    copy = tmp_path / file.name
    copy.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        read(copy)
    return str(caught.value).removeprefix(f"{copy}:")


@pytest.mark.parametrize("event", data_of(PACKAGE / "router/messages.toml"))
def test_a_message_of_an_event_or_a_field_that_there_is_not(tmp_path: Path, event: str) -> None:
    file = PACKAGE / "router/messages.toml"
    rule = data_of(file)[event]
    for wrong in (misspelt(event), NONSENSE):
        told = edited(file, tmp_path, f"[{event}]", f"[{wrong}]", read_catalogue)
        right = "Did you mean " if wrong != NONSENSE else "Known: "
        assert told.startswith(f"{wrong}: unknown event '{wrong}'. {right}")
    for slot in re.findall(r"\{(\w+)", rule["text"]):
        text = rule["text"].replace(f"{{{slot}", f"{{{misspelt(slot)}", 1)
        told = message_problem(tmp_path, event, {**rule, "text": text})
        assert told.startswith(f"{event}.text: unknown slot '{misspelt(slot)}'. "), told
    assert message_problem(tmp_path, event, {**rule, "id": "LICENSE"}).startswith(f"{event}.id: 'LICENSE' is not ")
    assert message_problem(tmp_path, event, {**rule, "text": "{"}).startswith(f"{event}.text: is not well formed")


def message_problem(tmp_path: Path, event: str, rule: dict[str, str]) -> str:
    file = tmp_path / "messages.toml"
    lines = [f"{key} = {msgspec.json.encode(value).decode()}" for key, value in rule.items()]
    file.write_text("\n".join([f"[{event}]", *lines]), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        read_catalogue(file)
    return str(caught.value).removeprefix(f"{file}:")


@pytest.mark.parametrize(
    ("table", "right", "wrong", "read", "told"),
    [
        ("hardware/ports.toml", '"mtu"', '"mtuu"', read_ports,
         "kinds.routed.layout 4: unknown line 'mtuu'. Did you mean mtu?"),
        ("hardware/ports.toml", "[kinds.atm", "[kinds.atn", read_ports, "unknown kind 'atn'. Did you mean atm?"),
        ("hardware/ports.toml", "[slots]", '[slots]\nbandwith = "x"', read_ports, "Did you mean bandwidth?"),
        ("hardware/ports.toml", 'mtu = "', 'mtu = "(', read_ports, "slots.mtu: is not a pattern: "),
        ("console/configuration/phrases.toml", "$host", "$hots", read_phrases,
         "phrases.ExtendedEntry: unknown part 'hots'. Did you mean host?"),
        ("console/configuration/phrases.toml", 'host = "', 'host = "$host ', read_phrases,
         "parts.host: the part 'host' is a part of itself"),
        ("console/wording.toml", "{line}", "{line", read_wordings, "parser.ambiguous.text: is not well formed: "),
        ("console/wording.toml", "{line}", "{}", read_wordings, "parser.ambiguous.text: '{}' is no name of a slot"),
        ("console/idle_services.toml", 'feature = "ipsec"', 'feature = "ipsek"', read_services,
         "feature: unknown feature 'ipsek'. Did you mean ipsec?"),
        ("console/idle_services.toml", 'since = "', 'since = "v', read_services,
         "is not a release; one is written 15.0"),
        ("router/files/protocols.toml", '"scp"', '"scpp"', read_protocols,
         "protocol 6, name: unknown protocol 'scpp'. Did you mean scp?"),
        ("router/files/protocols.toml", '"scp"', '"ftp"', read_protocols,
         "protocol 6, name: 'ftp' stands here twice"),
        ("labs/rules.toml", "number = 2", "number = 1", read_rules, "rules 2, number: 1 stands here twice"),
        ("console/configuration/ssh_algorithms.toml", 'since = "12.4"', 'since = "15.0"', read_offers,
         "offers 2, since: is 15.0, and the row before is of 15.0; the oldest is first"),
        ("backend/skus.toml", '"880"', '"88"', load_skus, "unknown value '88'. Did you mean 880? (in 'L-880-AIS=')"),
    ],
)  # fmt: skip
def test_a_name_in_another_table(
    tmp_path: Path, table: str, right: str, wrong: str, read: Callable[[Path], object], told: str
) -> None:
    assert told in edited(PACKAGE / table, tmp_path, right, wrong, read)


def test_an_unknown_string_is_told() -> None:
    with pytest.raises(DataFileError, match=r"unknown string 'parser\.invald'\. Did you mean parser\.invalid\?"):
        wording("parser.invald")


def test_a_slot_that_a_text_is_not_given_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataFileError) as caught:
        wording("parser.ambiguous", lines="show")
    file = PACKAGE / "console/wording.toml"
    assert str(caught.value) == f"{file}:parser.ambiguous.text: unknown slot 'line'. Did you mean lines?"
    long = tmp_path / "show_terminal.txt"
    long.write_text("Line {numbr}\n", encoding="utf-8")
    monkeypatch.setattr("emulator.console.wording.TEXTS", tmp_path)
    with pytest.raises(DataFileError) as caught:
        text_file("show_terminal", number=2)
    assert str(caught.value) == f"{long}: unknown slot 'numbr'. Did you mean number?"
    long.write_text("Line {number:q}\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"show_terminal\.txt: is not well formed: "):
        text_file("show_terminal", number=2)


def test_a_limit_that_there_is_not_is_told() -> None:
    with pytest.raises(UnknownName, match=r"unknown limit 'vlan'\. Did you mean vlans\?"):
        limit("vlan", "880", "advsecurity")
