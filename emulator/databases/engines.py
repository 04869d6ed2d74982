"""Ways to a database: SQLite in memory or in a file, PostgreSQL by URL.

A SQLite file has one connection that writes and several that read (its write-ahead log lets them go on meanwhile), so
writers queue here rather than on its lock; another process is waited for as long as `BUSY_TIMEOUT` says. A commit is
in the operating system's hands before it is acknowledged, so it survives the end of this process, not that of the
machine (DESIGN: no fsync a command). A database in memory is one connection that all share in turn. What goes wrong is
told without the values that a statement was given: passwords' hashes and PAKs are in no log.
"""

import contextlib
import os
import re
import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from emulator.kernel.errors import Refused

BUSY_TIMEOUT = 20
"""Seconds that a transaction waits for another one before the service reports that it is away (I)."""

READERS = 8
CACHE_KIB = 16 * 1024
SERVER_CONNECTIONS = 16

SERVER_PATIENCE = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "tcp_user_timeout": 20_000}
"""Limits after which a server is given up, in libpq's terms: seconds for a connection, for the silence before and
between probes, and milliseconds for unacknowledged data. Settings in the URL come first.
"""

_PASSWORD = re.compile(r":[^:@]*@")

Engines = tuple[Engine, Engine]
"""Engines of a database: the one that writes and the one that reads."""

MOST_STATEMENTS = 500


@cache
def _compiled() -> LRUCache[Any, Any]:
    """Statements that were put into SQL once, for every SQLite database of this process; the latest are kept."""
    return LRUCache(MOST_STATEMENTS)


def memory_engines(image: bytes | None) -> Engines:
    """Open a database in memory, a copy of an image where one is given."""

    def connect() -> sqlite3.Connection:
        connection = _connect(":memory:")
        if image is not None:
            connection.deserialize(image)
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    engine = _sqlite_engine(connect, size=1)
    return engine, engine


def file_engines(path: Path, *, checkpoint_pages: int = 0) -> Engines:
    """Open a database in a file, which is made if it is not there, readable by its owner alone.

    Args:
        path: the file.
        checkpoint_pages: pages of the log after which SQLite carries it over by itself; 0 leaves that to the caller.
    """
    # SQLite gives its log and its shared memory the permissions of the file.
    with contextlib.suppress(OSError):  # what is wrong with the place is told when SQLite opens it
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))

    def connect() -> sqlite3.Connection:
        connection = _connect(str(path))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA journal_size_limit = 0")  # a log that was carried over is short again
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {checkpoint_pages}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    return _sqlite_engine(connect, size=1), _sqlite_engine(connect, size=READERS)


def server_engines(url: str) -> Engines:
    """Connect to a PostgreSQL server.

    Raises:
        Refused: the URL is malformed, or not one of PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number
        shown = _PASSWORD.sub(":***@", url)
        raise Refused(f"'{shown}' is not the URL of a database; write postgresql://user@host/name") from None
    if parsed.get_backend_name() != "postgresql":
        raise Refused(f"databases of the kind '{parsed.get_backend_name()}' are not used; write postgresql://…")
    try:
        from emulator.databases.server_connections import bound_waits

        patience = {name: str(value) for name, value in SERVER_PATIENCE.items() if name not in parsed.query}
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg").update_query_dict(patience),
            pool_size=SERVER_CONNECTIONS,
            max_overflow=0,
            pool_timeout=BUSY_TIMEOUT,
            pool_pre_ping=True,
            hide_parameters=True,
        )
        bound_waits(engine)
    except ImportError:
        raise Refused("PostgreSQL needs the extra 'postgres': pip install 'isrtwin[postgres]'") from None
    return engine, engine


def _connect(name: str) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)


def _sqlite_engine(connect: Callable[[], sqlite3.Connection], *, size: int) -> Engine:
    dialect = _sqlite_dialect()
    pool = QueuePool(connect, pool_size=size, max_overflow=0, timeout=BUSY_TIMEOUT, dialect=dialect)  # type: ignore[arg-type]
    return Engine(
        pool,
        dialect,
        make_url("sqlite://"),
        hide_parameters=True,
        execution_options={"compiled_cache": _compiled()},
    )


@cache
def _sqlite_dialect() -> Dialect:
    """The dialect as it is after its first connection; shared, so that a statement is compiled once a process."""
    engine = create_engine("sqlite://")
    engine.connect().close()
    return engine.dialect
