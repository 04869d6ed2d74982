"""The whole database as plain data: for saved worlds, for worlds of an older format, and to compare two databases."""

from typing import Any

from sqlalchemy import Connection, Integer, func, select, text

from emulator.backend.store.tables import KEYED_REQUESTS, METADATA, WORLD

Plain = dict[str, list[dict[str, Any]]]
"""Rows of each table of records that has any, as values by column name; bytes stay bytes."""

_SELECTS = {
    table.name: select(table).order_by(*(column for column in table.primary_key))
    for table in METADATA.sorted_tables
    if table not in {WORLD, KEYED_REQUESTS}
}


def read_plain(connection: Connection) -> Plain:
    """Return all rows, ordered by their primary keys, the tables in the order in which they can be written."""
    tables: Plain = {}
    for name, statement in _SELECTS.items():
        if rows := connection.execute(statement).mappings().all():
            tables[name] = [dict(row) for row in rows]
    return tables


def write_plain(connection: Connection, content: Plain) -> None:
    """Insert rows into empty tables."""
    for table in METADATA.sorted_tables:
        if rows := content.get(table.name):
            connection.execute(table.insert(), rows)
            if connection.dialect.name == "postgresql":
                _count_on(connection, table.name)


def _count_on(connection: Connection, name: str) -> None:
    """Continue a table's own numbering behind rows that brought their numbers along."""
    column = METADATA.tables[name].autoincrement_column
    if column is not None and isinstance(column.type, Integer):
        highest = connection.execute(select(func.max(column))).scalar()
        sequence = func.pg_get_serial_sequence(text(f"'{name}'"), text(f"'{column.name}'"))
        connection.execute(select(func.setval(sequence, highest)))
