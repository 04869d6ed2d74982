"""The database itself: its versions, its constraints, what it says when it cannot be used."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.store import checkpoints
from emulator.backend.store.checksum import settle
from emulator.backend.store.database import Database
from emulator.backend.store.schema import VERSIONS, create
from emulator.backend.store.tables import METADATA
from emulator.backend.store.waiting import letters_under_way
from emulator.databases import engines
from emulator.kernel.errors import DataFileError, Refused
from emulator.kernel.time import DAY
from tests.unit.backend.desk import R1, Desk, Places


@contextmanager
def emptied() -> Iterator[Connection]:
    """A database without any table, which is put back as it was."""
    with Places.new().writing() as records:
        connection = records.connection
        METADATA.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
        yield connection
        connection.rollback()


def schema(connection: Connection) -> list[str]:
    """Statements that SQLite keeps of the tables and indexes."""
    rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    return ["".join(row[0].split()).replace('"', "") for row in rows]


def migrated(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "emulator.backend.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def test_the_migrations_make_what_the_tables_say(place: str) -> None:
    with emptied() as connection:
        migrated(connection)
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        if place == "sqlite":
            one = [text for text in schema(connection) if "alembic" not in text]
            with Database().reading() as records:
                other = [text for text in schema(records.connection) if "alembic" not in text]
            assert [text for text in one if "INDEX" in text] == [text for text in other if "INDEX" in text]


def test_every_version_is_a_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "emulator.backend.store:migrations")
    scripts = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(scripts)) == tuple(VERSIONS)


def test_a_new_database_is_stamped_and_opens_again(tmp_path: Path) -> None:
    file = tmp_path / "backend.sqlite"
    desk = Desk(database=Database(file))
    pak = desk.pak()
    desk.close()
    again = Desk(database=Database(file))
    assert list(again.state.paks) == [pak]
    with again.database.reading() as records:
        assert records.connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == VERSIONS[-1]
        assert records.connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    again.close()


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "backend.sqlite"
    Database(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    settle(file)
    with pytest.raises(DataFileError, match=r"written by a newer isrtwin \(version 9999, this one knows up to 0003\)"):
        Database(file)


def test_an_older_database_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Migrations have one version so far; that a first one before it was stamped `0000` stands for an older program."""
    file = tmp_path / "backend.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE alembic_version (version_num TEXT PRIMARY KEY)")
    connection.execute("INSERT INTO alembic_version VALUES ('0000')")
    connection.commit()
    connection.close()
    monkeypatch.setattr("emulator.backend.store.schema.VERSIONS", ("0000", *VERSIONS))
    seen = []

    def upgrade(config: Config, revision: str) -> None:
        seen.append(revision)
        create(config.attributes["connection"])

    monkeypatch.setattr(command, "upgrade", upgrade)
    Database(file).close()
    assert seen == ["head"]


def test_a_strange_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "backend.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE orders (x)")
    connection.commit()
    connection.close()
    with pytest.raises(DataFileError, match="has a table 'orders' that is none of isrtwin's"):
        Database(file)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("mysql://joe@db/x", "databases of the kind 'mysql' are not used; write postgresql://"),
        ("hello", "'hello' is not the URL of a database; write postgresql://user@host/name"),
    ],
)
def test_another_kind_of_database_is_refused(place: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        Database(place)


def test_a_server_that_is_not_there_is_told_of_without_the_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(Refused, match=r"cannot be used: .*onnection") as caught:
        Database("postgresql://joe:s3cret@127.0.0.1:1/x")
    assert "joe:***@127.0.0.1" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be used: No such file or directory"):
        Database(tmp_path / "no" / "backend.sqlite")


def test_the_database_itself_keeps_a_pak_from_being_overdrawn() -> None:
    desk = Desk()
    pak = desk.pak(2)
    with pytest.raises(IntegrityError), desk.database.writing() as records:
        records.orders.debit(pak, 3)
    assert desk.state.paks[pak].spent == 0


def test_a_locked_database_is_out_of_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT", 0.05)
    file = tmp_path / "backend.sqlite"
    desk = Desk(database=Database(file))
    pak = desk.pak()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(PortalError) as caught:
        desk.register(pak, [R1], 0)
    assert (caught.value.refusal, caught.value.retry_after) == (PortalRefusal.SERVICE_DOWN, 5)
    assert desk.look_up(pak, R1)[0].available == 1, "who only looks is served"
    other.execute("ROLLBACK")
    other.close()
    desk.register(pak, [R1], 0)
    desk.close()


def test_letters_under_way_are_found_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "backend.sqlite"
    desk = Desk(database=Database(file))
    desk.order("L-880-AIS=", 1, 0)
    desk.order("SL-880-AIS=", 1, 7)
    assert letters_under_way(file, 8) == list(desk.outbox.under_way(8))
    assert [(number, due) for number, due, _ in letters_under_way(file, 8)] == [(2, 7 + 5 * DAY)]
    desk.close()
    (tmp_path / "empty").touch()
    assert letters_under_way(tmp_path / "empty", 0) == []


def test_what_is_dumped_can_be_loaded_and_goes_on() -> None:
    desk = Desk()
    desk.manufacture(R1, ["advsecurity"], 0)
    desk.register(desk.pak(), [R1], 0)
    desk.customer("joe")
    desk.accounts.new_token("joe", "ci", 0, by="joe", entropy=b"x" * 16)
    copy = Desk(desk.database.dump())
    for each in (desk, copy):
        each.resend(R1, 1)
        each.accounts.new_token("joe", "cd", 0, by="joe", entropy=b"y" * 16)
    assert copy.database.dump() == desk.database.dump()


def test_a_database_in_a_file_is_for_its_owners_eyes_alone(tmp_path):
    database = Database(tmp_path / "backend.sqlite")
    desk = Desk(database=database)
    desk.pak()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [
        "backend.sqlite", "backend.sqlite-shm", "backend.sqlite-wal", "backend.sqlite.sha256",
    ]  # fmt: skip
    assert [oct(file.stat().st_mode & 0o777) for file in files] == ["0o600"] * 4
    database.close()


@pytest.mark.parametrize("mode", ["reading", "writing"])
def test_a_system_without_handles_is_out_of_service(tmp_path: Path, mode: str) -> None:
    """A driver may have nothing to wait with; the next transaction gets another connection or the same one, mended."""
    desk = Desk()
    pak = desk.pak()
    with pytest.raises(PortalError) as caught, getattr(desk.database, mode)():
        raise OSError(24, "Too many open files")
    assert caught.value.retry_after == 5
    desk.register(pak, [R1], 0)
    assert desk.state.paks[pak].spent == 1


def test_a_log_that_was_carried_over_is_short_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Length decides when a log is carried over, so it must not stay as long as it once was."""
    carried: list[Engine] = []
    carry_over = checkpoints.Checkpoints.carry_over

    def counted(self: checkpoints.Checkpoints, writer: Engine) -> None:
        carried.append(writer)
        carry_over(self, writer)

    monkeypatch.setattr(checkpoints, "LONG_LOG", 64 * 1024)
    monkeypatch.setattr(checkpoints.Checkpoints, "carry_over", counted)
    database = Database(tmp_path / "backend.sqlite")
    for _ in range(200):
        with database.writing() as records:
            records.counters.take("license")
    database.close()
    assert 1 <= len(carried) <= 40
