"""Every file here is wrong in one way; beside it stands the message that the user gets."""

from pathlib import Path

import msgspec
import pytest

from emulator.kernel.errors import DataFileError, EmulatorError
from emulator.kernel.yamlfile import read_tree
from emulator.scenarios import loader
from emulator.scenarios.loader import Mistakes, find_scenario, load_scenario, scenario_names

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_wrong_scenario_file_is_told_with_its_line(file, monkeypatch):
    monkeypatch.chdir(file.parent)
    with pytest.raises(EmulatorError) as caught:
        load_scenario(Path(file.name))
    assert str(caught.value) == file.with_suffix(".txt").read_text(encoding="utf-8").strip()


@pytest.mark.heavy
@pytest.mark.parametrize("last", ["steps: []", "steps: [{bench: time}]", "steps: [", "none"])
def test_files_that_include_each_other_without_an_end_are_read_once_each(last, tmp_path, monkeypatch):
    """Eight times each through thirty files are more ways than anybody waits for, whatever the last of them holds."""
    read = []

    def reading(path, *name):
        read.append(path)
        return read_tree(path, *name)

    monkeypatch.setattr(loader, "read_tree", reading)
    for number in range(30):
        (tmp_path / f"{number}.yaml").write_text("steps:\n" + f"- include: {number + 1}.yaml\n" * 8)
    (tmp_path / "30.yaml").write_text(last)
    file = tmp_path / "scenario.yaml"
    file.write_text("title: T\nteaches: {question: q, lesson: l}\nrouters: {R1: {}}\nsteps:\n- include: 0.yaml\n")
    with pytest.raises(EmulatorError, match="there are more than 2000 steps, with all that is included"):
        load_scenario(file)
    assert len(read) == 32


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DataFileError, match=r"cannot be read: No such file"):
        load_scenario(tmp_path / "nowhere.yaml")


def test_a_telnet_client_has_no_password_of_its_own(tmp_path):
    file = tmp_path / "scenario.yaml"
    step = "connect: {client: ann, router: R1, user: ann, password: pw}"
    file.write_text(f"title: T\nteaches: {{question: q, lesson: l}}\nrouters: {{R1: {{}}}}\nsteps:\n- {step}\n")
    with pytest.raises(Mistakes) as caught:
        load_scenario(file)
    told = "5: step 1, connect.user: a telnet client is asked at its line; type the name and the password there"
    assert str(caught.value).endswith(told)


@pytest.mark.parametrize("name", scenario_names())
def test_no_line_is_blamed_for_routers_that_a_missing_file_may_rack(name, tmp_path):
    """Scenarios that ship may use routers that cannot be read: they may be racked by what cannot be read."""
    data = read_tree(find_scenario(name)).data
    file = tmp_path / "scenario.yaml"
    data |= {"routers": {"Other": {}}, "steps": [{"include": "missing.yaml"}, *data["steps"]]}
    file.write_bytes(msgspec.yaml.encode(data))
    with pytest.raises(Mistakes) as caught:
        load_scenario(file)
    [told] = caught.value.found
    assert str(told).endswith("cannot be read: No such file or directory")
