"""One open database and its transactions.

A transaction that writes takes the right to write first (SQLite: BEGIN IMMEDIATE; PostgreSQL: row locks as it goes), so
what it has checked still holds when it writes. What the database cannot do just now is told as `SERVICE_DOWN`.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from weakref import finalize

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from emulator.backend.refusals import RETRY_AFTER, PortalRefusal
from emulator.backend.store.checkpoints import Checkpoints
from emulator.backend.store.plain import Plain, read_plain, write_plain
from emulator.backend.store.records import Records
from emulator.backend.store.schema import bring_up, create, is_newest
from emulator.backend.store.world_identity import adopt, check, claim
from emulator.databases.engines import Engines, file_engines, memory_engines, server_engines
from emulator.kernel.errors import START_ANEW, DataFileError, Refused

DatabasePlace = Path | str | None
"""Location of a database: a file for SQLite, the URL of a server, or None for memory."""


class Database:
    """The database at a place, brought up to date.

    Raises:
        DataFileError: the database is damaged, or newer than this program.
        Refused: the database cannot be reached.
    """

    def __init__(self, place: DatabasePlace = None) -> None:
        self.place = place
        self._checkpoints = _checkpoints(place) if isinstance(place, Path) else None
        self._writer, self._reader = _engines(place)
        self._sqlite = self._writer.dialect.name == "sqlite"
        if place is not None:
            self._bring_up()
        self._close = finalize(self, _close, self._checkpoints, self._writer, self._reader)

    @contextmanager
    def writing(self) -> Iterator[Records]:
        """Open a transaction that is kept if the block ends well, and rolled back otherwise."""
        with _told(), self._connected(self._writer) as connection:
            if self._sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield Records(connection)
            connection.commit()
        if self._checkpoints is not None:
            self._checkpoints.committed(self._writer)

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """Open a view of one moment of the records."""
        with _told(), self._connected(self._reader) as connection:
            if not self._sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            elif self.place is not None:  # in memory nobody else can write meanwhile
                connection.exec_driver_sql("BEGIN")
            yield Records(connection)

    @contextmanager
    def _connected(self, engine: Engine) -> Iterator[Connection]:
        """A connection; one to a server over which something went wrong is not used again.

        The system may have had no handle to wait with, which leaves a connection in the middle of a statement.
        """
        with engine.connect() as connection:
            try:
                yield connection
            except (OperationalError, InterfaceError, OSError):
                if not self._sqlite:
                    connection.invalidate()
                raise

    def dump(self) -> Plain:
        """Return all rows of all tables as plain data, in a fixed order: the same records give the same data."""
        with self.reading() as records:
            return read_plain(records.connection)

    def load(self, content: Plain) -> None:
        """Load such rows into the empty database, in one transaction."""
        with self.writing() as records:
            write_plain(records.connection, content)

    def claim(self, identity: str, *, new: bool) -> None:
        """Make sure that this is the database of one world: an empty one for a new world, else its own.

        Raises:
            DataFileError: the database is empty, and the world is not new.
            Refused: the database belongs to another world, is in use by another process, or cannot be used.
        """
        with self._writer.begin() as connection:
            self._check_alone(connection)
            (claim if new else check)(connection, identity, self._name)

    def adopt(self, identity: str) -> None:
        """Claim a database for a world that used it before databases recorded their world.

        Raises:
            Refused: the database belongs to another world by now, is in use by another process, or cannot be used.
        """
        with self._writer.begin() as connection:
            self._check_alone(connection)
            adopt(connection, identity, self._name)

    def close(self) -> None:
        """Close the connections; the database stays where it is, unless it is in memory."""
        self._close()

    def _bring_up(self) -> None:
        try:
            with self._writer.connect() as connection:
                if self._sqlite:
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                if self._checkpoints is not None:
                    self._checkpoints.opened(connection, older=not is_newest(connection))
                with self._unhurried(connection):
                    bring_up(connection, self._name)
                connection.commit()
            if self._checkpoints is not None and self._checkpoints.unsettled:
                self._checkpoints.carry_over(self._writer)
        except OperationalError as error:
            self._abandon()
            raise Refused(f"the database {self._name} cannot be used: {_first_line(error)}") from error
        except DBAPIError as error:
            self._abandon()
            raise DataFileError(self._name, None, f"is damaged: {_first_line(error)}; {START_ANEW}") from error
        except DataFileError:
            self._abandon()
            raise

    def _unhurried(self, connection: Connection) -> AbstractContextManager[None]:
        """The context in which a server may take its time."""
        if self._sqlite:
            return nullcontext()
        from emulator.databases.server_connections import unhurried

        return unhurried(connection)

    def _check_alone(self, connection: Connection) -> None:
        """Check that no other process uses the records of a server; those in a folder are locked with it."""
        if self._sqlite:
            return
        from emulator.databases.server_connections import use_alone

        if not use_alone(connection):
            raise Refused(
                f"the database {self._name} is in use by another isrtwin, which may have a copy of this world"
            )

    def _abandon(self) -> None:
        """Let go of a database that cannot be used, as it is."""
        self._reader.dispose()
        self._writer.dispose()
        if self._checkpoints is not None:
            self._checkpoints.abandon()

    @property
    def _name(self) -> str:
        """Display name of the database, without the password of a URL."""
        return make_url(self.place).render_as_string() if isinstance(self.place, str) else str(self.place)


def _checkpoints(path: Path) -> Checkpoints:
    try:
        return Checkpoints(path)
    except OSError as error:
        raise Refused(f"the database {path} cannot be used: {error.strerror}") from error


def _close(checkpoints: Checkpoints | None, writer: Engine, reader: Engine) -> None:
    """Close a database; also one that nobody closed, at the latest when the process ends by itself."""
    if checkpoints is not None:
        checkpoints.close(writer, reader)
    else:
        reader.dispose()
        writer.dispose()


def _engines(place: DatabasePlace) -> Engines:
    if place is None:
        return memory_engines(_empty_image())
    if isinstance(place, Path):
        return file_engines(place)  # `checkpoints` carries its log over
    return server_engines(place)


@cache
def _empty_image() -> bytes:
    """A database without records, as the bytes that a connection can take over: faster than making tables each time."""
    engine, _ = memory_engines(None)
    with engine.connect() as connection:
        create(connection)
        connection.commit()
        driver = connection.connection.driver_connection
        assert driver is not None
        image: bytes = driver.serialize()
    engine.dispose()
    return image


@contextmanager
def _told() -> Iterator[None]:
    """Return what the database cannot do just now, in words for whoever asked."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError, OSError) as error:
        raise PortalRefusal.SERVICE_DOWN.error(seconds=RETRY_AFTER) from error


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).partition("\n")[0]


__all__ = ["Connection", "Database", "DatabasePlace", "Plain"]
