"""One open database of the manager and its transactions.

A transaction that writes takes the right to write first (SQLite: BEGIN IMMEDIATE), so several processes may work on one
file. The tables are made at the first opening, in one transaction; a database of a newer program is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, select, update
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from emulator.databases.engines import file_engines, server_engines
from emulator.kernel.errors import DataFileError, Refused
from emulator.keys.secret_box import SecretBox
from emulator.manager.store.records import ManagerRecords
from emulator.manager.store.tables import MANAGER_METADATA, SCHEMA, TRAIL

VERSION = 12
"""Version of the tables that this program makes and reads; a change to them needs a migration and the next number."""

CHECKPOINT_PAGES = 1_000
"""Pages of SQLite's log after which it is carried over into the file."""

_SETUP_LOCK = 0x69737272
"""Number of the lock on which processes that open a new PostgreSQL database wait for each other."""


class ManagerDatabase:
    """Database of a manager, with the key to the secrets in it.

    Raises:
        DataFileError: it is damaged, or newer than this program.
        Refused: it cannot be used.
    """

    def __init__(self, place: Path | str, box: SecretBox) -> None:
        self._place, self._box = place, box
        self._viewer: str | None = None
        self._writer, self._reader = (
            file_engines(place, checkpoint_pages=CHECKPOINT_PAGES) if isinstance(place, Path) else server_engines(place)
        )
        self._sqlite = self._writer.dialect.name == "sqlite"
        try:
            with self._writer.connect() as connection:
                self._begin(connection)
                self._bring_up(connection)
                connection.commit()
        except OperationalError as error:
            self.close()
            raise Refused(f"the database {self.name} cannot be used: {_first_line(error)}") from error
        except DBAPIError as error:
            self.close()
            raise DataFileError(self.name, None, f"is damaged: {_first_line(error)}") from error
        except DataFileError:
            self.close()
            raise

    @property
    def name(self) -> str:
        """Display name of the database, without the password of a URL."""
        return make_url(self._place).render_as_string() if isinstance(self._place, str) else str(self._place)

    def seen_by(self, viewer: str | None) -> "ManagerDatabase":
        """Return the same database as a user sees it, by the access lists; None sees everything."""
        seen = copy(self)
        seen._viewer = viewer
        return seen

    @contextmanager
    def writing(self) -> Iterator[ManagerRecords]:
        """Open a transaction that is kept if the block ends well, and rolled back otherwise."""
        with self._told(), self._writer.connect() as connection:
            self._begin(connection)
            yield ManagerRecords(connection, self._box, self._viewer)
            connection.commit()

    @contextmanager
    def reading(self) -> Iterator[ManagerRecords]:
        """Open a view of one moment of the records."""
        with self._told(), self._reader.connect() as connection:
            if self._sqlite:
                connection.exec_driver_sql("BEGIN")
            else:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield ManagerRecords(connection, self._box, self._viewer)

    def close(self) -> None:
        """Close the connections."""
        self._reader.dispose()
        self._writer.dispose()

    def _begin(self, connection: Connection) -> None:
        if self._sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    def _bring_up(self, connection: Connection) -> None:
        if not self._sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_SETUP_LOCK})")
        if not inspect(connection).has_table(SCHEMA.name):
            MANAGER_METADATA.create_all(connection, checkfirst=False)
            connection.execute(SCHEMA.insert(), {"version": VERSION})
            return
        found = connection.execute(select(SCHEMA.c.version)).scalar()
        if found is not None and found < VERSION:  # new: whole tables, indexes, columns that may be empty
            MANAGER_METADATA.create_all(connection)
            _add_columns(connection)
            for index in sorted(TRAIL.indexes, key=lambda each: str(each.name)):
                index.create(connection, checkfirst=True)
            connection.execute(update(SCHEMA).values(version=VERSION))
        elif found != VERSION:
            raise DataFileError(
                self.name, None, f"was written by a newer isrtwin (version {found}, this one knows up to {VERSION})"
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell what the database cannot do just now, as an error."""
        try:
            yield
        except (OperationalError, InterfaceError) as error:
            raise Refused(f"the database {self.name} cannot be used just now: {_first_line(error)}") from error
        except PoolTimeoutError as error:
            raise Refused(f"the database {self.name} is busy") from error


def _add_columns(connection: Connection) -> None:
    """Add the columns that tables of an older version do not have; what no row tells yet may be empty."""
    there = inspect(connection)
    for table in MANAGER_METADATA.sorted_tables:
        known = {each["name"] for each in there.get_columns(table.name)}
        for column in table.columns:
            if column.name not in known:
                name, kind = connection.dialect.identifier_preparer, column.type.compile(connection.dialect)
                connection.exec_driver_sql(
                    f"ALTER TABLE {name.format_table(table)} ADD COLUMN {name.format_column(column)} {kind}"
                )


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).partition("\n")[0]
