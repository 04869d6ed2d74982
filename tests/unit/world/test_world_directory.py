"""A world has a folder of its own: one of other things is left as it is, down to the modes of its files."""

import stat
from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.kernel.errors import Refused
from emulator.world.directory import MARKS, WorldDirectory


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """A folder that others may read, with a file and a folder in it."""
    folder = tmp_path / "etc"
    (folder / "ssh").mkdir(parents=True)
    for path, mode in ((folder / "passwd", 0o644), (folder / "ssh" / "config", 0o664)):
        path.touch()
        path.chmod(mode)
    (folder / "ssh").chmod(0o775)
    folder.chmod(0o755)
    return folder


def modes(folder: Path) -> dict[str, str]:
    found = {str(path.relative_to(folder)): stat.filemode(path.lstat().st_mode) for path in folder.rglob("*")}
    return found | {"": stat.filemode(folder.lstat().st_mode)}


def test_a_folder_of_other_things_is_refused_and_left_as_it_is(others: Path) -> None:
    before = modes(others)
    expected = f"cannot use {others} as a world directory: it has other files and no world; name a new or empty one"
    with pytest.raises(Refused) as refused, WorldDirectory(others):
        pass
    assert str(refused.value) == expected
    assert modes(others) == before


@pytest.mark.parametrize(
    "command",
    [
        ["console", "-c", "show clock"],
        ["bench", "-c", "time"],
        ["world", "new"],
        ["world", "show"],
        ["world", "snapshot", "a"],
        ["serve"],
        ["explain", "R1", "advipservices"],
        ["record", "new.yaml"],
    ],
)
def test_no_command_takes_one_for_its_world(
    others: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = modes(others)
    assert main([*command, "--world", str(others)]) != 0
    assert str(others) in capsys.readouterr().err
    assert modes(others) == before


@pytest.mark.parametrize("mark", ["", *sorted(MARKS)])
def test_an_empty_one_and_one_that_had_a_world_are_taken(tmp_path: Path, mark: str) -> None:
    folder = tmp_path / "w"
    folder.mkdir(mode=0o755)
    if mark:
        (folder / mark).touch()
        (folder / "notes").touch()
    with WorldDirectory(folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
