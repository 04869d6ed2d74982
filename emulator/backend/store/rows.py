"""Conversion between rows and records, which the modules of this package share."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Dialect, Row, Select, Table, func, select

from emulator.licensing.udi import Udi

CHUNK = 5000
"""Values in one list of a query; both databases take more."""


def udi_of(text: str) -> Udi:
    """Read a UDI from its column."""
    pid, _, serial = text.partition(":")
    return Udi(pid, serial)


def words(texts: Sequence[str]) -> str:
    """Join some texts for one column."""
    return msgspec.json.encode(texts).decode()


def words_of(text: str) -> tuple[str, ...]:
    """Split the texts of such a column."""
    return msgspec.json.decode(text, type=tuple[str, ...])


def chunks(values: Sequence[str]) -> Iterator[list[str]]:
    """Split the values into lists that one query takes."""
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def insert_rows(connection: Connection, table: Table, rows: Sequence[Sequence[object]], *, without: int = 0) -> None:
    """Insert rows given as values in the order of the table's columns, the first few of which may be left out.

    A registration inserts tens of thousands: one prepared statement, and no dictionary for every row.
    """
    if rows:
        connection.exec_driver_sql(_insert(connection.dialect, table, without), list(map(tuple, rows)))


def insert_new(connection: Connection, table: Table, rows: Sequence[Sequence[object]]) -> int:
    """Insert rows like `insert_rows`, except those that are there already; returns the number of new ones."""
    statement = f"{_insert(connection.dialect, table, 0)} ON CONFLICT DO NOTHING"
    return connection.exec_driver_sql(statement, list(map(tuple, rows))).rowcount


@cache
def _insert(dialect: Dialect, table: Table, without: int) -> str:
    names = [dialect.identifier_preparer.quote(column.name) for column in table.columns][without:]
    marks = ", ".join([mark(dialect)] * len(names))
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of our own


def mark(dialect: Dialect) -> str:
    """Placeholder of a value in a statement of this database."""
    return "?" if dialect.paramstyle == "qmark" else "%s"


def page(
    connection: Connection,
    statement: Select[*tuple[Any, ...]],
    filters: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    offset: int,
    limit: int,
) -> tuple[Sequence[Row[*tuple[Any, ...]]], int]:
    """Return one page of the rows that the filters leave, and the number of all such rows."""
    narrowed = statement.where(*filters)
    total = connection.execute(select(func.count()).select_from(narrowed.subquery())).scalar_one()
    return connection.execute(narrowed.order_by(*order).offset(offset).limit(limit)).all(), total


def sorted_by(
    sort: str, columns: Mapping[str, ColumnElement[Any]], usual: Sequence[ColumnElement[Any]]
) -> tuple[ColumnElement[Any], ...]:
    """Order by the column of a name, falling if a minus sign is before it; what is equal there stands as usual."""
    if not sort:
        return tuple(usual)
    column = columns[sort.removeprefix("-")]
    return (column.desc() if sort.startswith("-") else column.asc(), *usual)


def containing(text: str, *columns: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """Build the filter for a text in any of the columns, in either case; none for an empty text."""
    if not text:
        return []
    first, *others = (column.icontains(text, autoescape=True) for column in columns)
    for other in others:
        first = first | other
    return [first]
