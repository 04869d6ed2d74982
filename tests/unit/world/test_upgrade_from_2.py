"""A world of format 2, before there were secrets: it keeps its keys and all that they signed, and is not served."""

import shutil
import sqlite3
from pathlib import Path

import msgspec
import pytest

from emulator.backend.store.checksum import UNSETTLED, verified
from emulator.kernel.errors import DataFileError, Refused
from emulator.keys.documents import read_license_file
from emulator.runtime.held_world import hold
from emulator.runtime.servers import Served, Where
from emulator.world.directory import WorldDirectory
from emulator.world.saved_file import format_of
from emulator.world.state import FORMAT
from tests.backend_records import records_of
from tests.driver import ConsoleDriver

SAMPLES = Path(__file__).with_name("samples")
OLD = msgspec.json.decode((SAMPLES / "format-2.json").read_bytes())
ORDERS = ["90000001", "90000002"]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory with the world of format 2, as it was left: readable by everybody but for two files."""
    directory = tmp_path / "world"
    directory.mkdir(mode=0o755)
    directory.chmod(0o755)
    shutil.copy(SAMPLES / "format-2.json", directory / "world.json")
    connection = sqlite3.connect(directory / "backend.sqlite")
    connection.executescript((SAMPLES / "format-2.sql").read_text(encoding="utf-8"))
    connection.close()
    (directory / "lock").touch()
    (directory / "lock").chmod(0o644)
    return directory


def test_it_goes_on_with_its_keys(directory: Path) -> None:
    with WorldDirectory(directory) as held:
        world = hold(held, fresh=False, first=None).world
        assert world.secret.is_known
        assert format_of((directory / "world.json").read_bytes(), "") == FORMAT
        found = records_of(world)
        assert list(found.orders) == ORDERS
        assert [each.line.feature for each in found.licenses.values()] == ["advsecurity", "advipservices"]
        [letter] = [each for each in world.post.arrived() if each.attachments]
        assert read_license_file(letter.attachments[0].content, world.license_verifier)
        console = ConsoleDriver(world)
        console.wait()
        primary = console.router.activation.inventory.licenses.primary
        assert [each.line.feature for each in primary] == ["advsecurity", "advipservices"]
        number = world.backend.order("L-880-AIS=", 1, world.now, by="lab")[0].number
        assert list(records_of(world).orders) == [*ORDERS, number]
        world.close()
    with WorldDirectory(directory) as held:
        again = hold(held, fresh=False, first=None).world
        assert list(records_of(again).orders) == [*ORDERS, number]
        again.close()
    assert verified(directory / "backend.sqlite") not in {None, UNSETTLED}


def test_it_is_not_served(directory: Path) -> None:
    with WorldDirectory(directory) as held:
        world = hold(held, fresh=False, first=None).world
        with pytest.raises(Refused, match=r"it is not served; start anew with --fresh"):
            Served(world, directory, Where())
        world.close()


def test_others_can_neither_read_it_nor_hold_its_lock_any_more(directory: Path) -> None:
    with WorldDirectory(directory) as held:
        hold(held, fresh=False, first=None).world.close()
    assert directory.stat().st_mode & 0o077 == 0
    assert [each.name for each in directory.rglob("*") if each.lstat().st_mode & 0o077] == []


def test_a_migration_that_was_cut_short_is_done_again(directory: Path) -> None:
    """The database was adopted and brought up, and the process killed before it wrote the world."""
    old = (directory / "world.json").read_bytes()
    with WorldDirectory(directory) as held:
        first = held.load()
    (directory / "world.json").write_bytes(old)
    with WorldDirectory(directory) as held:
        assert held.load() == first


@pytest.mark.parametrize("lost", ["backend.sqlite", "world.json"])
def test_one_without_a_part_is_told_of_and_left_alone(directory: Path, lost: str) -> None:
    (directory / lost).unlink()
    before = {each.name for each in directory.iterdir()}
    with WorldDirectory(directory) as held, pytest.raises(DataFileError, match=f"{lost}: is missing"):
        held.load()
    assert {each.name for each in directory.iterdir()} == before


@pytest.mark.parametrize("version", [1, 0, -1, 3])
def test_a_changed_format_is_told_of_and_moves_nothing(directory: Path, version: int) -> None:
    """A number that is not its own: format 1 had the records in its file, and its upgrade made a new database."""
    changed = msgspec.json.encode({**OLD, "format": version})
    (directory / "world.json").write_bytes(changed)
    before = (directory / "backend.sqlite").read_bytes()
    with WorldDirectory(directory) as held, pytest.raises(DataFileError, match="is damaged"):
        held.load()
    assert (directory / "world.json").read_bytes() == changed
    assert (directory / "backend.sqlite").read_bytes() == before
