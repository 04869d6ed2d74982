"""Connections to a PostgreSQL server that end a wait whatever has become of the server.

A server that is stopped in the middle of its work (SIGSTOP, a host without memory) still has its packets acknowledged
by the kernel, so no time-out of TCP ends the wait for its answer; this process counts how long the server is silent.
The server itself ends what waits for a lock or works for too long, where its administrator has set no limits of their
own, and lets go of the locks of a client that was stopped in the middle of a transaction.

Every connection shows that its process uses the records; a process that opens them waits until none of another does.
So two copies of one world never write to the same records, and a server that was away is shown it again.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

SILENCE = 20.0
"""Seconds without a sign of the server after which it is given up: longer than it is allowed to work (I)."""

LOOK = 0.1
"""Seconds after which a wait looks whether it has lasted for too long."""

_SET_LIMITS = """\
SELECT set_config(name, value, false)
FROM (VALUES ('lock_timeout', '10s'), ('statement_timeout', '15s'),
             ('idle_in_transaction_session_timeout', '60s')) AS wanted(name, value)
WHERE current_setting(name) = '0'"""
"""Limits that the server is asked for (I)."""

_LOCK = "746189002, hashtext(current_schema())"
"""The advisory lock of the records in a schema: a number of ours, and one for the schema."""

_SHOW_USE = f"SELECT pg_advisory_lock_shared({_LOCK})"
_USE_ALONE = f"SELECT pg_advisory_xact_lock({_LOCK})"

OTHERS_LEAVE = 2.0
"""Seconds that another process may take to end."""

LOCKED = frozenset({"55P03", "40P01"})
"""The server's states for a lock that is not had: the wait was too long, or for each other."""

Result = TypeVar("Result")


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that is closed when its server is silent for too long.

    Attributes:
        hurried: whether it is; not while tables are changed.
    """

    hurried = True

    def wait(self, gen: Generator[Any, Any, Result], interval: float = LOOK, *_: Any, **__: Any) -> Result:
        """Wait for the server.

        Raises:
            psycopg.OperationalError: it was silent for too long, and the connection is closed.
        """
        return super().wait(self._bounded(gen), interval)

    def _bounded(self, gen: Generator[Any, Any, Result]) -> Generator[Any, Any, Result]:
        silent, ready = 0.0, None
        while True:
            try:
                wanted = gen.send(ready)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            ready = yield wanted
            silent = 0.0 if ready else silent + LOOK
            if self.hurried and silent > SILENCE:
                gen.close()
                self.close()
                raise psycopg.OperationalError("the server does not answer")


def bound_waits(engine: Engine) -> None:
    """Have all connections of an engine end their waits."""

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, options: Any) -> BoundedConnection:
        connection = BoundedConnection.connect(*arguments, **options, autocommit=True)
        connection.execute(_SET_LIMITS)
        connection.execute(_SHOW_USE)
        connection.autocommit = False
        return connection


@contextmanager
def unhurried(connection: Connection) -> Iterator[None]:
    """Let the statements of one transaction, which changes tables, take as long as they need."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, BoundedConnection)
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
    driver.hurried = False
    try:
        yield
    finally:
        driver.hurried = True


def use_alone(connection: Connection) -> bool:
    """Tell whether no other process uses the records, after a short wait for one that ends just now."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(1000 * OTHERS_LEAVE)}")
    try:
        connection.exec_driver_sql(_USE_ALONE)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) in LOCKED:
            return False
        raise
    return True
