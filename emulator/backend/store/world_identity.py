"""Identity of the world whose records a database has, so that no other world reads them or writes among them."""

from sqlalchemy import Connection, func, select

from emulator.backend.store.tables import COUNTERS, DEVICES, WORLD
from emulator.kernel.errors import DataFileError, Refused

_IDENTITY = select(WORLD.c.identity)
_USED = tuple(select(func.count()).select_from(table) for table in (DEVICES, COUNTERS))


def claim(connection: Connection, identity: str, name: str) -> None:
    """Claim an empty database for a new world.

    Raises:
        Refused: the database has the records of a world.
    """
    if _owner(connection) is not None or any(connection.execute(each).scalar_one() for each in _USED):
        raise Refused(
            f"the database {name} has the records of another world, which are left alone;"
            " name an empty one with --database"
        )
    connection.execute(WORLD.insert(), {"identity": identity})


def adopt(connection: Connection, identity: str, name: str) -> None:
    """Claim a database for a world that used it before databases recorded their world.

    Raises:
        Refused: the database belongs to another world by now.
    """
    if (owner := _owner(connection)) is None:
        connection.execute(WORLD.insert(), {"identity": identity})
    elif owner != identity:
        raise _others(name)


def check(connection: Connection, identity: str, name: str) -> None:
    """Make sure that a database is that of a saved world.

    Raises:
        DataFileError: the database is empty.
        Refused: the database belongs to another world.
    """
    if (owner := _owner(connection)) is None:
        raise DataFileError(name, None, "is empty, but the world expects its records there; put a copy back")
    if owner != identity:
        raise _others(name)


def _owner(connection: Connection) -> str | None:
    return connection.execute(_IDENTITY).scalar_one_or_none()


def _others(name: str) -> Refused:
    return Refused(f"the database {name} belongs to another world")
