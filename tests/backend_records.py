"""The records of a world's back end, for tests to look at: its rows as the records that they stand for."""

import sqlite3
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from emulator.backend.entities import IssuedLicense, Pak, Permission, SalesOrder, TicketState
from emulator.backend.service import LicensingService
from emulator.backend.store.database import Database, Plain
from emulator.backend.store.plain import write_plain
from emulator.backend.store.tables import METADATA, WORLD
from emulator.licensing.lines import LicenseLine
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi, parse_udi
from emulator.world.world import World


class Records:
    """The rows of one moment."""

    def __init__(self, plain: Plain) -> None:
        self.plain = plain

    def rows(self, table: str) -> list[dict[str, Any]]:
        return self.plain.get(table, [])

    @cached_property
    def orders(self) -> dict[str, SalesOrder]:
        """Orders by number, in the order of sale."""
        codes = {row["order"]: row["code"] for row in self.rows("paks")}
        return {
            row["number"]: SalesOrder(
                row["number"], row["sku"], row["quantity"], codes[row["number"]], row["at"], row["owner"]
            )
            for row in sorted(self.rows("orders"), key=lambda row: row["sequence"])
        }

    def order(self, number: int) -> SalesOrder:
        """The first order is 1."""
        return list(self.orders.values())[number - 1]

    @cached_property
    def paks(self) -> dict[str, Pak]:
        """PAKs by code, in the order of sale."""
        place = {number: at for at, number in enumerate(self.orders)}
        rows = sorted(self.rows("paks"), key=lambda row: place[row["order"]])
        return {
            row["code"]: Pak(
                row["code"], row["order"], row["sku"], row["quantity"], row["spent"], row["owner"], row["at"]
            )
            for row in rows
        }

    @cached_property
    def licenses(self) -> dict[str, IssuedLicense]:
        """Licenses by id, in the order of issue."""
        return {row["id"]: _license(row) for row in self.rows("licenses")}

    def held(self, udi: object) -> list[IssuedLicense]:
        return [each for each in self.licenses.values() if str(each.line.udi) == str(udi)]

    @cached_property
    def permissions(self) -> dict[str, Permission]:
        return {
            row["id"]: Permission(
                msgspec.json.decode(row["ticket"], type=PermissionTicket),
                row["at"],
                TicketState(row["state"]),
                None if row["target"] is None else parse_udi(row["target"]),
                tuple(msgspec.json.decode(row["issued"])),
            )
            for row in self.rows("permissions")
        }

    @property
    def open_permissions(self) -> dict[str, Permission]:
        """Open permission tickets by their source."""
        return {str(each.ticket.source): each for each in self.permissions.values() if each.state is TicketState.OPEN}


def _license(row: dict[str, Any]) -> IssuedLicense:
    pid, _, serial = row["udi"].partition(":")
    line = LicenseLine(
        row["id"], row["feature"], LicenseType(row["type"]), Udi(pid, serial), row["period"], row["exclusive"],
        row["version"], row["count"], row["ends"],
    )  # fmt: skip
    names = ("source", "created", "at", "origin", "root", "sku", "pak", "predecessor", "state")
    return msgspec.convert({"line": line, **{name: row[name] for name in names}}, IssuedLicense)


_SEEN: WeakKeyDictionary[Database, tuple[sqlite3.Connection, int, Records]] = WeakKeyDictionary()
"""Of each database in memory its one connection, how much was written through it, and what was on record then."""


def records(service: LicensingService) -> Records:
    """Records as they are now; read again only after something was written to a database in memory."""
    database = service.database
    if database.place is not None:
        return Records(database.dump())
    if database in _SEEN:
        driver, changes, found = _SEEN[database]
        if driver.total_changes == changes:
            return found
    else:
        with database.reading() as view:
            connection = view.connection.connection.driver_connection
            assert isinstance(connection, sqlite3.Connection)
            driver = connection
    found = Records(_dump(driver))
    _SEEN[database] = driver, driver.total_changes, found
    return found


def _dump(driver: sqlite3.Connection) -> Plain:
    """Content of `Database.dump`, without what makes that work with any database: it is asked for after every act."""
    tables: Plain = {}
    for name, statement, columns in _STATEMENTS:
        if rows := driver.execute(statement).fetchall():
            tables[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    return tables


_STATEMENTS = [
    (
        table.name,
        f"SELECT * FROM {table.name} ORDER BY {', '.join(column.name for column in table.primary_key)}",
        [column.name for column in table.columns],
    )
    for table in METADATA.sorted_tables
    if table is not WORLD
]


def records_of(world: World) -> Records:
    """Records of the back end of a world."""
    return records(world.backend)


def replace_records(database: Database, plain: Plain) -> None:
    """Give a database these rows and no others."""
    with database.writing() as view:
        names = [table.name for table in reversed(METADATA.sorted_tables)]
        if view.connection.dialect.name == "postgresql":
            view.connection.exec_driver_sql(f"TRUNCATE {', '.join(names)} RESTART IDENTITY")
        else:
            for name in names:
                view.connection.exec_driver_sql(f"DELETE FROM {name}")
        write_plain(view.connection, plain)
