"""Sales orders and PAKs. The debit of a PAK is checked under its lock, and by the database besides."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, bindparam, func, not_, or_, select, update

from emulator.backend.entities import Pak, SalesOrder
from emulator.backend.store.rows import containing, page, sorted_by
from emulator.backend.store.tables import ORDERS, PAKS
from emulator.backend.views import Listing, OrderView
from emulator.kernel.time import Instant

_ORDER = select(ORDERS, PAKS.c.code).join(PAKS).where(ORDERS.c.number == bindparam("wanted"))
_PAK = select(PAKS).where(PAKS.c.code == bindparam("wanted"))
_PAK_LOCKED = _PAK.with_for_update()
_ADD_ORDER, _ADD_PAK = ORDERS.insert(), PAKS.insert()
_DEBIT = update(PAKS).where(PAKS.c.code == bindparam("wanted")).values(spent=PAKS.c.spent + bindparam("number"))
_CLAIM_PAK = update(PAKS).where(PAKS.c.code == bindparam("wanted")).values(owner=bindparam("owner"))
_LEFT = PAKS.c.quantity - PAKS.c.spent
_ORDER_COLUMNS: dict[str, ColumnElement[Any]] = {
    "number": ORDERS.c.number, "at": ORDERS.c.at, "sku": ORDERS.c.sku, "left": _LEFT,
    "owner": func.coalesce(ORDERS.c.owner, ""),
}  # fmt: skip
_PAK_COLUMNS: dict[str, ColumnElement[Any]] = {
    "at": PAKS.c.at, "sku": PAKS.c.sku, "left": _LEFT, "order": PAKS.c.order, "owner": func.coalesce(PAKS.c.owner, ""),
}  # fmt: skip
"""Columns that lists are sorted by, under their names; no PAK, for one that is under way would show its place."""
_CLAIM_ORDER = update(ORDERS).where(ORDERS.c.number == bindparam("wanted")).values(owner=bindparam("owner"))


class OrderRecords:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, placed: SalesOrder, sequence: int) -> None:
        """Record an order and its PAK; `sequence` counts the orders sold up to it."""
        row = {"number": placed.number, "sku": placed.sku, "quantity": placed.quantity, "owner": placed.owner}
        self._connection.execute(_ADD_ORDER, {**row, "at": placed.at, "sequence": sequence})
        del row["number"]
        self._connection.execute(
            _ADD_PAK, {**row, "code": placed.pak, "order": placed.number, "spent": 0, "at": placed.at}
        )

    def find(self, number: str) -> SalesOrder | None:
        row = self._connection.execute(_ORDER, {"wanted": number}).one_or_none()
        return None if row is None else SalesOrder(row.number, row.sku, row.quantity, row.code, row.at, row.owner)

    def pak(self, code: str, *, locked: bool = False) -> Pak | None:
        """Return a PAK, or None; `locked` until the transaction ends, where the database has locks of rows."""
        row = self._connection.execute(_PAK_LOCKED if locked else _PAK, {"wanted": code}).one_or_none()
        return None if row is None else _pak(row)

    def debit(self, code: str, number: int) -> None:
        """Take so many licenses off a PAK; the database refuses more than there are."""
        self._connection.execute(_DEBIT, {"wanted": code, "number": number})

    def claim(self, pak: Pak, owner: str) -> None:
        """Record the owner of a PAK and its order."""
        self._connection.execute(_CLAIM_PAK, {"wanted": pak.code, "owner": owner})
        self._connection.execute(_CLAIM_ORDER, {"wanted": pak.order, "owner": owner})

    def orders(
        self,
        *,
        owner: str | None,
        sku: str,
        text: str,
        under_way: Mapping[str, Instant],
        offset: int,
        limit: int,
        sort: str = "",
    ) -> Listing[OrderView]:
        """List orders, latest first unless sorted; PAKs under way (SKU: ordered since) are not searched."""
        filters = _told(text, under_way, ORDERS, ORDERS.c.number, ORDERS.c.sku)
        if owner is not None:
            filters.append(ORDERS.c.owner == owner)
        if sku:
            filters.append(ORDERS.c.sku == sku)
        statement = select(ORDERS, PAKS.c.code, PAKS.c.spent).join(PAKS)
        order = sorted_by(sort, _ORDER_COLUMNS, (ORDERS.c.at.desc(), ORDERS.c.sequence.desc()))
        rows, total = page(self._connection, statement, filters, order, offset, limit)
        views = (
            OrderView(row.number, row.sku, row.quantity, row.code, row.owner, row.at, row.quantity - row.spent, row.at)
            for row in rows
        )
        return Listing(tuple(views), total, offset)

    def paks(
        self,
        *,
        owner: str | None,
        sku: str,
        text: str,
        left_only: bool,
        under_way: Mapping[str, Instant],
        offset: int,
        limit: int,
        sort: str = "",
    ) -> Listing[Pak]:
        """List PAKs, latest first unless sorted; codes under way (SKU: ordered since) are not searched."""
        filters = _told(text, under_way, PAKS, PAKS.c.order, PAKS.c.sku)
        if owner is not None:
            filters.append(PAKS.c.owner == owner)
        if sku:
            filters.append(PAKS.c.sku == sku)
        if left_only:
            filters.append(PAKS.c.spent < PAKS.c.quantity)
        order = sorted_by(sort, _PAK_COLUMNS, (PAKS.c.at.desc(), ORDERS.c.sequence.desc()))
        rows, total = page(self._connection, select(PAKS).join(ORDERS), filters, order, offset, limit)
        return Listing(tuple(_pak(row) for row in rows), total, offset)


def _told(
    text: str, under_way: Mapping[str, Instant], table: Table, *columns: ColumnElement[str]
) -> list[ColumnElement[bool]]:
    """The filter for a text in the columns or in a PAK, unless that is one that is still under way."""
    if not text:
        return []
    hidden = [and_(table.c.sku == sku, table.c.at > since) for sku, since in under_way.items()]
    [in_pak] = containing(text, PAKS.c.code)
    if hidden:
        in_pak = and_(in_pak, not_(or_(*hidden)))
    return [or_(*containing(text, *columns), in_pak)]


def _pak(row: Row[*tuple[Any, ...]]) -> Pak:
    return Pak(row.code, row.order, row.sku, row.quantity, row.spent, row.owner, row.at)
