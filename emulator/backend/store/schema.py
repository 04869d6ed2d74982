"""The version of a database: made new, brought up to date, or refused because a newer program wrote it.

A new database is made from the tables at once and stamped; an older one goes through alembic's migrations, which are
shipped with the package and imported only then. Both happen in one transaction, so a killed process leaves the old
version or the new one.
"""

from collections.abc import Sequence

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select

from emulator.backend.store.tables import METADATA
from emulator.kernel.errors import DataFileError

VERSIONS: Sequence[str] = ("0001", "0002", "0003")
"""Versions that ever existed, the newest last; one file each in `migrations/versions`."""

SETUP_LOCK = 0x69737274
"""Number of the lock on which processes that open a PostgreSQL database at once wait for each other."""

_VERSION = Table("alembic_version", MetaData(), Column("version_num", Text, primary_key=True))


def bring_up(connection: Connection, name: str) -> None:
    """Make sure that the schema is the newest one.

    Raises:
        DataFileError: the database is newer than this program, or not one of this program.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SETUP_LOCK})")
    version = _version(connection)
    if version == VERSIONS[-1]:
        return
    if version is None:
        if clash := sorted(set(inspect(connection).get_table_names()) & set(METADATA.tables)):
            raise DataFileError(name, None, f"has a table '{clash[0]}' that is none of isrtwin's")
        create(connection)
    elif version in VERSIONS:
        _migrate(connection)
    else:
        raise DataFileError(
            name,
            None,
            f"this database was written by a newer isrtwin (version {version}, this one knows up to {VERSIONS[-1]})",
        )


def is_newest(connection: Connection) -> bool:
    """Tell whether the schema is the newest one already."""
    return _version(connection) == VERSIONS[-1]


def create(connection: Connection) -> None:
    """Make all tables and stamp them."""
    METADATA.create_all(connection, checkfirst=False)
    _VERSION.create(connection, checkfirst=True)
    connection.execute(_VERSION.insert(), {"version_num": VERSIONS[-1]})


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION.name):
        return None
    return connection.execute(select(_VERSION.c.version_num)).scalar()


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "emulator.backend.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
