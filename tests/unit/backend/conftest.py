"""Every test of the back end runs on SQLite and, where ISRTWIN_TEST_POSTGRES names a database, on PostgreSQL too.

On PostgreSQL a desk has a schema of its own; a worker makes a few and uses them in turn, emptied.
"""

import os
from collections.abc import Callable
from functools import cache
from itertools import cycle
from urllib.parse import quote

import pytest
from sqlalchemy import create_engine

from emulator.backend import accounts
from emulator.backend.store.database import Database
from tests.backend_records import replace_records

from .desk import Places

SERVER = os.environ.get("ISRTWIN_TEST_POSTGRES")
SCHEMAS = 4
"""Desks that a test may have at a time."""


@pytest.fixture(autouse=True, params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Place where the desks of this test keep their records. A log-in, slow on purpose, is cheap here."""
    monkeypatch.setitem(accounts._COST, "n", 2)
    if request.param == "postgres":
        if SERVER is None:
            pytest.skip("ISRTWIN_TEST_POSTGRES names no database")
        monkeypatch.setattr(Places, "new", staticmethod(next_schema()))
    return str(request.param)


@cache
def next_schema() -> Callable[[], Database]:
    """Gives out the schemas of this worker, which are made anew."""
    assert SERVER is not None
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    engine = create_engine(SERVER.replace("postgresql:", "postgresql+psycopg:", 1), isolation_level="AUTOCOMMIT")
    databases = []
    with engine.connect() as connection:
        for number in range(SCHEMAS):
            name = f"{worker}_{number}"
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {name} CASCADE")
            connection.exec_driver_sql(f"CREATE SCHEMA {name}")
            databases.append(Database(f"{SERVER}?options={quote(f'-csearch_path={name}')}"))
    engine.dispose()
    turn = cycle(databases)

    def new() -> Database:
        database = next(turn)
        replace_records(database, {})
        return database

    return new
