"""Every file here is wrong in one way; beside it stands the message that the user gets."""

from pathlib import Path

import pytest

from emulator.kernel.errors import DataFileError, EmulatorError
from emulator.scenarios.loader import load_scenario

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_wrong_scenario_file_is_told_with_its_line(file, monkeypatch):
    monkeypatch.chdir(file.parent)
    with pytest.raises(EmulatorError) as caught:
        load_scenario(Path(file.name))
    assert str(caught.value) == file.with_suffix(".txt").read_text(encoding="utf-8").strip()


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DataFileError, match=r"cannot be read: No such file"):
        load_scenario(tmp_path / "nowhere.yaml")
