"""A journal that ends before the state of its world is told, and never taken for all that was done."""

import shutil
from pathlib import Path

import pytest

from emulator.cli.main import main

LINES = ("rack R9 CISCO881-K9", "advance 1d", "order L-880-AIS=", "advance 2d")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("lived") / "world"
    assert main(["bench", "--world", str(path), *(word for line in LINES for word in ("-c", line))]) == 0
    return path


@pytest.mark.parametrize("kept", [0, 1, len(LINES) - 1])
@pytest.mark.parametrize(
    "line",
    [
        "world undo --world W",
        "world journal --world W",
        "world replay --world W",
        "record F.yaml --world W",
        "bench --at 2010-03-02T12:00 -c status --world W",
    ],
)
def test_missing_inputs_are_told(
    lived: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, kept: int
) -> None:
    world = tmp_path / "world"
    shutil.copytree(lived, world)
    journal = world / "history" / "0001" / "journal.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:kept]))
    before = (world / "world.json").read_bytes()
    capsys.readouterr()
    names = {"W": str(world), "F.yaml": str(tmp_path / "F.yaml")}
    assert main([names.get(word, word.replace("~", " ")) for word in line.split()]) == 2
    told = f"the world is at input {len(LINES)}, and those after {kept} are missing; put a copy back"
    assert capsys.readouterr().err == f"isrtwin: {journal}: {told}\n"
    assert (world / "world.json").read_bytes() == before
    assert not (tmp_path / "F.yaml").exists()
