"""A disk full of bytes or of files is told of in words by every command, and takes nothing of a world that was kept."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.world.directory import LOCK
from tests.chaos.host import Disk, small_disk

pytestmark = pytest.mark.chaos

CAPTURE = Path(__file__).parents[1] / "captures" / "show-version.c881.advsecurity.15.4-2-T1.txt"

WORDS = ("No space left on device", "disk I/O error", "database or disk is full", "room on its disk")
"""The ways in which the system, SQLite (before it writes and while it does) and this program tell of it."""

MAKING = (
    "world new --world WORLD",
    "console --world WORLD -c show~clock",
    "bench --world WORLD -c order~L-880-AIS=",
    "serve --world WORLD --port-base 0 --router-port-base 0",
    f"import {CAPTURE} --world WORLD --name R9",
    "new scenario DISK/new",
    "run upgrade-by-pak --quiet --transcript DISK/x.txt",
    "run upgrade-by-pak --quiet --junit DISK/x.xml",
    "run upgrade-by-pak --quiet --html DISK/x.html",
)
"""Commands that write, with `~` for a blank within a word."""

GOING_ON = (
    *MAKING[1:],
    "world advance --world WORLD 1d",
    "world snapshot --world WORLD x",
    "world fork --world WORLD DISK/other",
    "record --world WORLD DISK/x.yaml",
)
"""Commands that write where there is a world already."""


def carry_out(line: str, disk: Disk) -> int:
    words = line.replace("WORLD", str(disk.path / "world")).replace("DISK", str(disk.path)).split()
    return main([word.replace("~", " ") for word in words])


@pytest.mark.parametrize("fill", [Disk.fill, Disk.fill_with_files])
@pytest.mark.parametrize(("before", "commands"), [((), MAKING), (MAKING[1:3], GOING_ON)], ids=["new", "kept"])
def test_every_command_that_writes(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    fill: Callable[[Disk], None],
    before: Sequence[str],
    commands: Sequence[str],
) -> None:
    with small_disk(tmp_path / "disk", 8, files=60) as disk:
        for line in before:
            assert carry_out(line, disk) == 0
        fill(disk)
        for line in commands:
            capsys.readouterr()
            status, told = carry_out(line, disk), capsys.readouterr()
            assert status == 2, (line, told)
            assert any(words in told.err for words in WORDS), (line, told)
        disk.empty()
        orders = len(before) // 2
        for line in MAKING[1:3]:
            assert carry_out(line, disk) == 0
        capsys.readouterr()
        assert carry_out("bench --world WORLD -c mail", disk) == 0
        assert capsys.readouterr().out.count("sales order") == orders + 1


def test_a_lock_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with small_disk(tmp_path / "disk", 8, files=60) as disk:
        assert carry_out(MAKING[1], disk) == 0
        (disk.path / "world" / LOCK).unlink()
        disk.fill_with_files()
        assert carry_out(MAKING[1], disk) == 2
        told = capsys.readouterr().err
        assert f"cannot use {disk.path / 'world'} as a world directory: No space left on device" in told
        disk.empty()
        assert carry_out(MAKING[1], disk) == 0
