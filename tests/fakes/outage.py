"""A database that is away for a while: no connection can be had, as while its server is stopped."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from emulator.backend.store.database import Database


class _Stopped:
    """An engine whose server does not answer."""

    def __init__(self) -> None:
        self.asked = 0

    def connect(self) -> Connection:
        self.asked += 1
        raise OperationalError("", {}, ConnectionRefusedError("connection refused"))


@contextmanager
def outage(database: Database) -> Iterator[_Stopped]:
    """The database is away in this block; the value counts who asked."""
    writer, reader, stopped = database._writer, database._reader, _Stopped()
    database._writer = database._reader = stopped  # type: ignore[assignment]
    try:
        yield stopped
    finally:
        database._writer, database._reader = writer, reader
