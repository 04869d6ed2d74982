"""Copies of a world that cannot be taken: each is refused with its file or the reason, and the world stays as it is."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from emulator.cli.main import main
from emulator.world.checked_json import without_checksum
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.saved_file import written
from tests.unit.runtime.test_time_travel import Life, told_at_bench


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A world with the snapshot `one`."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = tmp_path / "isrtwin" / "worlds" / "default"
    with WorldDirectory(path) as directory:
        life = Life(directory)
        life.bench("power R1 on", "order L-880-AIS=")
        state = directory.load()
        assert state is not None
        History(directory).snapshot(state, "one")
        life.bench("advance 1d")
    return path


def newer(file: Path) -> None:
    document = msgspec.json.decode(file.read_bytes())
    file.write_bytes(msgspec.json.encode({**document, "format": 99}))


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def halved(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def removed(file: Path) -> None:
    file.unlink()


def bare(file: Path) -> None:
    """Take the checksum off."""
    file.write_bytes(without_checksum(file.read_bytes()))


def unaccompanied(file: Path) -> None:
    file.with_name(f"{file.name}.sha256").unlink()


SPOILED: list[tuple[str, Callable[[Path], None], str]] = [
    ("world.json", newer, "this world was saved by a newer isrtwin (format 99"),
    ("world.json", flipped, "is damaged"),
    ("world.json", halved, "is damaged"),
    ("world.json", removed, "cannot be read: No such file"),
    ("backend.sqlite", flipped, "is damaged: it does not have the checksum"),
    ("backend.sqlite", halved, "is damaged"),
    ("backend.sqlite", removed, "is missing"),
    ("backend.sqlite", unaccompanied, "has no checksum beside it; put a copy of both back"),
    ("secret", halved, "is damaged"),
    ("secret", removed, ""),
    ("label.json", flipped, "is damaged"),
    ("label.json", halved, "is damaged"),
    ("label.json", bare, "is damaged: it has no checksum"),
]

ACTS = (["restore", "one"], ["fork", "twin", "--snapshot", "one"], ["diff", "now", "one"])


def files_of(world: Path) -> dict[str, bytes]:
    kept = ("world.json", "backend.sqlite", "backend.sqlite.sha256", "secret")
    return {name: (world / name).read_bytes() for name in kept if (world / name).is_file()}


@pytest.mark.parametrize("words", ACTS, ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("name", "spoil", "problem"), SPOILED, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_a_snapshot_that_cannot_be_read_is_told_by_its_file(
    world: Path,
    words: list[str],
    name: str,
    spoil: Callable[[Path], None],
    problem: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = files_of(world)
    spoil(world / "snapshots" / "one" / name)
    assert main(["world", *words]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"isrtwin: {world}/snapshots/one/{name}:")
    assert problem in told
    assert files_of(world) == before
    assert not world.with_name("twin").exists()


@pytest.mark.parametrize("words", [["snapshot", "two"], ["fork", "twin"], ["undo"], ["restore", "one"], ["replay"]])
def test_a_world_whose_records_are_on_a_server_is_not_copied(
    world: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with WorldDirectory(world) as directory:
        state = directory.load()
        assert state is not None
        state.database = "postgresql://nobody@127.0.0.1:1/none"
        directory.file.write_bytes(written(state))
    before = files_of(world)
    assert main(["world", *words]) == 2
    assert "the records of this world are on a server" in capsys.readouterr().err
    assert files_of(world) == before
    assert not world.with_name("twin").exists()


@pytest.mark.parametrize(("name", "spoil", "problem"), SPOILED)
def test_the_bench_refuses_such_a_snapshot_and_goes_on(
    world: Path, name: str, spoil: Callable[[Path], None], problem: str
) -> None:
    spoil(world / "snapshots" / "one" / name)
    with WorldDirectory(world) as directory:
        refused, time = told_at_bench(Life(directory), "restore one")[0], told_at_bench(Life(directory), "time")[0]
    assert refused.startswith("% ")
    assert problem in refused
    assert time == "It is Tue 2010-03-02 09:00:00 UTC\n"
