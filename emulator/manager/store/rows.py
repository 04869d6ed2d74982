"""Rows that are added or replaced, in both kinds of database."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert


def keep(connection: Connection, table: Table, **values: object) -> None:
    """Insert a row, or replace the one that has the same value in the first column that is given."""
    new = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
    key, *others = values
    replaced = {name: values[name] for name in others}
    connection.execute(new(table).values(**values).on_conflict_do_update(index_elements=[key], set_=replaced))


def keep_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, except those that are there already."""
    new = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
    if rows:
        connection.execute(new(table).on_conflict_do_nothing(), [dict(row) for row in rows])
