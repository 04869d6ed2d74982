"""`isrtwin new` and `isrtwin schema`: a first file that is right, and a schema that takes what the program takes."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from emulator.cli.main import main
from emulator.cli.schema import SCHEMAS
from emulator.kernel.schema import attributes
from emulator.kernel.yamlfile import read_tree
from emulator.labs.page import read_page
from emulator.scenarios.loader import find_scenario, scenario_names
from emulator.scenarios.model import ClientConnection, Meanwhile, Scenario, Step
from emulator.world.recipe import RouterRecipe, WorldRecipe


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def validator(kind: str) -> Any:
    schema = SCHEMAS[kind]()
    jsonschema_rs.meta.validate(schema)
    return jsonschema_rs.validator_for(schema)


def test_a_new_scenario_is_right_and_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "scenario", "first"]) == 0
    assert "first.yaml is written; next: isrtwin validate first.yaml" in capsys.readouterr().out
    assert main(["validate", "first.yaml"]) == 0
    assert main(["run", "first.yaml", "--quiet"]) == 0
    assert capsys.readouterr().out == "first.yaml: ok, 9 steps\n1 scenario passed\n"
    assert main(["run", "first.yaml", "--quiet", "--set", "FEATURE=advsecurity"]) == 1
    assert "came: After a power cut now, R1 would come up at advipservices." in capsys.readouterr().out


def test_a_new_world_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "world", "lab"]) == 0
    assert main(["validate", "lab.yaml"]) == 0
    assert capsys.readouterr().out.endswith("lab.yaml: ok, 2 routers\n")


def test_a_new_class_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "class", "monday"]) == 0
    assert "next: isrtwin validate monday.yaml, isrtwin serve --class monday.yaml" in capsys.readouterr().out
    assert main(["validate", "monday.yaml"]) == 0
    assert capsys.readouterr().out == "monday.yaml: ok, 2 learners, 2 labs\n"


def test_a_class_is_not_served_with_options_of_a_world(capsys: pytest.CaptureFixture[str]) -> None:
    main(["new", "class", "monday"])
    capsys.readouterr()
    assert main(["serve", "--class", "monday.yaml", "--world", "w"]) == 2
    assert capsys.readouterr().err == "isrtwin: --world is for a world; a class has --host and --port-base\n"


def test_nothing_is_written_over(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (directory / "mine.yaml").write_text("precious")
    assert main(["new", "world", "mine"]) == 2
    assert capsys.readouterr().err == "isrtwin: there is a file mine.yaml already\n"
    assert (directory / "mine.yaml").read_text() == "precious"


def test_every_mistake_of_a_world_is_told(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (directory / "w.yaml").write_text("name: /\nstart: x\nrouters:\n  R1: {pid: CISC0881-K9}\n  R2: {serial: X}\n")
    assert main(["validate", "w.yaml"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[2].split(": ")[0] for line in told] == ["w.yaml:1", "w.yaml:2", "w.yaml:4", "w.yaml:5"]


@pytest.mark.parametrize("name", scenario_names())
def test_the_schema_takes_every_shipped_scenario(name: str) -> None:
    validator("scenario").validate(read_tree(find_scenario(name)).data)


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_the_schema_takes_what_is_begun_with_and_no_unknown_key(kind: str, directory: Path) -> None:
    assert main(["new", kind, "it"]) == 0
    data = read_page(directory / "it.md").front.data if kind == "lab" else read_tree(directory / "it.yaml").data
    validator(kind).validate(data)
    (error,) = validator(kind).iter_errors({**data, "unknown": 1})
    assert "'unknown' was unexpected" in str(error)


def test_the_schema_takes_an_include_alone() -> None:
    head = {"title": "T", "teaches": {"question": "Q", "lesson": "L"}, "routers": {}}
    validator("scenario").validate({**head, "steps": [{"include": "other.yaml"}]})
    assert not validator("scenario").is_valid({**head, "steps": [{"include": "other.yaml", "bench": "time"}]})


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_a_schema_is_printed(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", kind]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(SCHEMAS[kind]()))


@pytest.mark.parametrize("record", [Scenario, Step, ClientConnection, Meanwhile])
def test_every_key_of_a_scenario_is_explained(record: type[msgspec.Struct]) -> None:
    assert {field.name for field in msgspec.structs.fields(record)} == set(attributes(record))


def test_keys_of_other_records_are_explained() -> None:
    assert attributes(RouterRecipe)["rsa_key"].startswith("bits of an RSA key that is in its NVRAM, as `crypto key")
    assert attributes(RouterRecipe)["rsa_key"].endswith("after host name and domain name of `startup`.")
    assert attributes(WorldRecipe) == {}
