"""Rows that are added or replaced, in both kinds of database."""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Connection, Insert, Table, bindparam
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert


def keep(connection: Connection, table: Table, **values: object) -> None:
    """Insert a row, or replace the one that has the same value in the first column that is given."""
    connection.execute(_upsert(table, tuple(values), connection.dialect.name), values)


@cache
def _upsert(table: Table, columns: tuple[str, ...], dialect: str) -> Insert:
    """Make the statement that keeps a row, once, for to make it takes longer than to carry it out."""
    new = postgresql_insert if dialect == "postgresql" else sqlite_insert
    statement = new(table).values({name: bindparam(name) for name in columns})
    replaced = {name: statement.excluded[name] for name in columns[1:]}
    return statement.on_conflict_do_update(index_elements=[columns[0]], set_=replaced)


def keep_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, except those that are there already."""
    new = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
    if rows:
        connection.execute(new(table).on_conflict_do_nothing(), [dict(row) for row in rows])
