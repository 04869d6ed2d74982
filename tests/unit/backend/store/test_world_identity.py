"""A database is one world's: another is refused, a new one wants it empty, and an empty one is told of."""

from functools import partial
from pathlib import Path

import pytest

from emulator.backend.store.database import Database
from emulator.databases import server_connections
from emulator.kernel.errors import DataFileError, Refused
from tests.unit.backend.desk import R1, Desk, Places


def test_a_new_world_takes_an_empty_one_and_finds_it_again() -> None:
    database = Places.new()
    database.claim("one", new=True)
    database.claim("one", new=False)
    database.adopt("one")


@pytest.mark.parametrize("new", [True, False])
def test_another_world_is_refused(new: bool) -> None:
    database = Places.new()
    database.claim("one", new=True)
    with pytest.raises(Refused, match=r"another world"):
        database.claim("two", new=new)
    with pytest.raises(Refused, match=r"belongs to another world"):
        database.adopt("two")
    database.claim("one", new=False)


def test_a_new_world_is_refused_where_there_are_records_of_nobody() -> None:
    desk = Desk()
    desk.manufacture(R1, ["advsecurity"], 0)
    with pytest.raises(Refused, match=r"has the records of another world, which are left alone"):
        desk.database.claim("new", new=True)
    desk.database.adopt("old")
    desk.database.claim("old", new=False)


def test_a_world_finds_its_database_empty(tmp_path: Path) -> None:
    database = Database(tmp_path / "backend.sqlite")
    with pytest.raises(DataFileError, match=r"is empty, but the world expects its records there"):
        database.claim("one", new=False)
    database.close()


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_a_copy_of_a_world_does_not_use_the_records_beside_it(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that was copied has the identity of its world, and the database that both name tells them apart."""
    monkeypatch.setattr(server_connections, "OTHERS_LEAVE", 0.2)
    world = Places.new()
    world.claim("one", new=True)
    copy = Database(world.place)
    for use in (partial(copy.claim, "one", new=False), partial(copy.adopt, "one")):
        with pytest.raises(Refused, match=r"is in use by another isrtwin"):
            use()
    with world.writing() as records:
        assert records.counters.take("order") == 1
    world._writer.dispose()
    copy.claim("one", new=False)
    copy.close()
