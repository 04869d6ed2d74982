"""A world that was got from elsewhere reaches no file of this computer: not by its history, not by a link, not when its
lock cannot be written.
"""

import errno
import os
from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.kernel.errors import Refused
from emulator.world.directory import FILE, LOCK, HeldElsewhere, WorldDirectory


def bench(world: Path, *lines: str) -> int:
    return main(["bench", "--world", str(world), *(part for line in lines for part in ("-c", line))])


def test_a_replay_reads_and_writes_no_file_of_the_host(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world, mine = tmp_path / "world", tmp_path / "mine.txt"
    mine.write_text("as it was")
    assert bench(world, f"put usb {mine}", f"get mine.txt usb to {tmp_path}/copy.txt", "files usb") == 0
    assert bench(world, f"put usb {tmp_path}/none") == 1
    mine.write_text("as it is now, and longer")
    (tmp_path / "copy.txt").unlink()
    capsys.readouterr()
    assert main(["world", "replay", "--world", str(world)]) == 0
    assert "the same bytes, the same state" in capsys.readouterr().out
    assert not (tmp_path / "copy.txt").exists()
    assert main(["world", "journal", "--world", str(world)]) == 0
    assert "get mine.txt" not in capsys.readouterr().out, "it is no input of the world"


@pytest.mark.parametrize("name", ["backend.sqlite", "history", "old/1/world.json", "mail", LOCK])
def test_a_world_with_a_link_is_refused_and_writes_nothing_there(tmp_path: Path, name: str) -> None:
    world, target = tmp_path / "world", tmp_path / "target"
    assert bench(world, "time") == 0
    target.mkdir()
    link = world / name
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_dir():
        link.rename(tmp_path / "away")
    link.unlink(missing_ok=True)
    link.symlink_to(target)
    before = (world / FILE).read_bytes()
    assert bench(world, "time") == 2
    assert list(target.iterdir()) == []
    assert (world / FILE).read_bytes() == before


def test_a_world_is_held_although_its_lock_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "pwrite", full)
    with WorldDirectory(tmp_path / "w"), pytest.raises(HeldElsewhere, match="process unknown"):
        WorldDirectory(tmp_path / "w").__enter__()
    with WorldDirectory(tmp_path / "w"):
        """It was let go of."""


def test_a_lock_with_anything_in_it(tmp_path: Path) -> None:
    with WorldDirectory(tmp_path / "w") as held:
        (held.path / LOCK).write_bytes(b"\xff\x1b[2J")
        with pytest.raises(HeldElsewhere, match="process unknown"):
            WorldDirectory(tmp_path / "w").__enter__()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="File name too long"):
        WorldDirectory(tmp_path / ("w" * 300)).__enter__()


@pytest.mark.parametrize("name", ["world.json", "secret", "backend.sqlite-wal", "history/0001/journal.jsonl", "more/x"])
def test_a_world_with_a_pipe_is_refused_and_waits_for_nobody(tmp_path: Path, name: str) -> None:
    world = tmp_path / "world"
    assert bench(world, "time") == 0
    (world / name).unlink(missing_ok=True)
    (world / name).parent.mkdir(exist_ok=True)
    os.mkfifo(world / name)
    with pytest.raises(Refused, match="is neither a file nor a folder"), WorldDirectory(world):
        """Held."""
    assert bench(world, "time") == 2
