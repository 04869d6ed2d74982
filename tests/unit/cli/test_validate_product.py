"""`isrtwin validate` of platforms, images, and of everything that ships: all that is wrong, with the right word."""

from pathlib import Path

import pytest

import emulator
from emulator.cli.main import main
from emulator.console.configuration import rows, tables
from emulator.console.modes import MODE_FILES
from emulator.kernel.errors import DataFileError
from emulator.runtime.product_files import product_problems

PACKAGE = Path(emulator.__file__).parent
PLATFORM = PACKAGE / "hardware" / "platforms" / "cisco881-k9.toml"
IMAGE = PACKAGE.parent / "images" / "c880data-universalk9-mz.151-4.M5.toml"


@pytest.mark.parametrize(("file", "what"), [(PLATFORM, "a platform"), (IMAGE, "an image")])
def test_a_file_that_is_right(file: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: ok, {what}\n"


def complaints(file: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["validate", str(file)]) == 2
    return capsys.readouterr().err.replace(f"isrtwin: {file}", "FILE").splitlines()


def test_everything_that_is_wrong_with_a_platform(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cisco881-k9.toml"
    text = PLATFORM.read_text(encoding="utf-8")
    file.write_text(text.replace('"advsecurity"', '"advsecurty"', 1).replace('"L-880-AIS="', '"L-880-AIZ="'), "utf-8")
    assert complaints(file, capsys) == [
        "FILE:factory_levels: unknown level 'advsecurty'. Did you mean advsecurity?",
        "FILE:upgrade_skus: unknown SKU for a 880 'L-880-AIZ='. Did you mean L-880-AIS=?",
    ]
    file.write_text(text.replace('"routed"', '"roted"').replace('family = "880"', 'famly = "880"'), "utf-8")
    assert complaints(file, capsys) == [
        "FILE:interfaces 5, kind: unknown value 'roted'. Did you mean routed?",
        "FILE:famly: unknown key 'famly'. Did you mean family?",
    ]
    file = file.rename(tmp_path / "cisco881-k8.toml")
    file.write_text(text, "utf-8")
    assert complaints(file, capsys) == ["FILE:pid: is CISCO881-K9, but the file is named for CISCO881-K8"]


def test_everything_that_is_wrong_with_an_image(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / IMAGE.name
    text = IMAGE.read_text(encoding="utf-8")
    file.write_text(text.replace('feature = "advipservices"', 'feature = "advipservces"'), "utf-8")
    assert complaints(file, capsys)[0].startswith(
        "FILE:evaluations 1, feature: unknown feature 'advipservces'. Did you"
    )
    file.write_text(text.replace('"880"', '"88"', 1), "utf-8")
    assert complaints(file, capsys) == ["FILE:families 1: unknown value '88'. Did you mean 880?"]


def test_a_file_of_neither(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.toml"
    for text, told in (
        ("a = 1", "FILE: is neither a platform, which has a pid"),
        ("a = ", "FILE: cannot be read as TOML"),
    ):
        file.write_text(text, "utf-8")
        assert complaints(file, capsys)[0].startswith(told)
    assert complaints(tmp_path / "none.toml", capsys)[0].startswith("FILE: cannot be read as TOML: [Errno 2]")


def test_what_ships_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate"]) == 0
    assert capsys.readouterr() == ("the data files that ship: ok\n", "")


def test_a_line_that_leads_to_a_mode_of_another_parent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    file = MODE_FILES / "config-archive.toml"
    row = rows.Row(line="frob", enters="config-vlan")
    wrong = tables.Table(str(file), "", (row,), (str(file),), {})
    known = tables.table
    monkeypatch.setattr(
        "emulator.runtime.product_files.table", lambda mode: wrong if mode == "config-archive" else known(mode)
    )
    told = f"{file}:rows: 'frob'.enters: leads to config-vlan, whose parent is config and not config-archive"
    assert [str(each) for each in product_problems()] == [told]


def test_what_several_modes_stumble_over_is_told_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error = DataFileError("config.toml", "rows: 'frob'.hook", "unknown hook 'linx'. Did you mean links?")
    monkeypatch.setattr("emulator.runtime.product_files.product_problems", lambda: iter([error, error]))
    assert main(["validate"]) == 2
    assert capsys.readouterr().err == f"isrtwin: {error}\n"
