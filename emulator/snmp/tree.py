"""The tree of managed objects: every column in the order of its identifier, and the walk through its instances.

The order of GETNEXT is that of RFC 3416: the columns one after the other, in each the rows by their index. A row that
has no value in a column, and an instance outside of the view, do not exist.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from emulator.router.device import Router
from emulator.snmp.profile import revision
from emulator.snmp.tables import AnyColumn, AnyTable, Index
from emulator.snmp.values import NO_INSTANCE, NO_OBJECT, Binding, Oid, Value, made
from emulator.snmp.views import View


class Tree:
    """The objects that the agents of all routers have."""

    def __init__(self, tables: Sequence[AnyTable]) -> None:
        """Put tables into order.

        Raises:
            ValueError: a column lies in another one.
        """
        entries = sorted(((*table.oid, column.number), table, column) for table in tables for column in table.columns)
        self._oids = [entry[0] for entry in entries]
        self._entries = entries
        for one, other in zip(self._oids, self._oids[1:], strict=False):
            if other[: len(one)] == one:
                raise ValueError(f"the column {other} lies in {one}")

    def __iter__(self) -> Iterator[tuple[Oid, AnyTable, AnyColumn]]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, oid: Oid) -> tuple[AnyTable, AnyColumn, Index] | None:
        """Return the column that an identifier lies in, and the rest of the identifier; None without one."""
        at = bisect_right(self._oids, oid) - 1
        if at < 0:
            return None
        own, table, column = self._entries[at]
        return (table, column, oid[len(own) :]) if oid[: len(own)] == own else None

    def first_after(self, oid: Oid) -> tuple[int, Index | None]:
        """Place of the column in which the walk goes on, and the index after which; None: from its first row."""
        at = bisect_right(self._oids, oid) - 1
        if at >= 0:
            own = self._oids[at]
            if oid[: len(own)] == own:
                return at, oid[len(own) :]
        return at + 1, None

    def entry(self, place: int) -> tuple[Oid, AnyTable, AnyColumn]:
        """Return the column at a place."""
        return self._entries[place]


class Walk:
    """Reads the objects of one router, each table at most once."""

    def __init__(self, tree: Tree, router: Router) -> None:
        """Begin; what the router does from now on is not seen."""
        self._tree, self._router = tree, router
        self._revision = revision(router)
        self._read: dict[AnyTable, tuple[list[Index], dict[Index, Any]]] = {}

    def value(self, oid: Oid, view: View) -> Value:
        """Return the value of an instance, or that there is no such object or instance."""
        found = self._tree.find(oid)
        if found is None:
            return NO_OBJECT
        table, column, index = found
        if column.since > self._revision or oid not in view:
            return NO_OBJECT
        row = self._rows(table)[1].get(index)
        read = None if row is None else column.read(row)
        return NO_INSTANCE if read is None else made(column.kind, read)

    def following(self, oid: Oid, view: View) -> Binding | None:
        """Return the first instance after an identifier, or None at the end."""
        return next(self.after(oid, view), None)

    def after(self, oid: Oid, view: View) -> Iterator[Binding]:
        """Yield the instances after an identifier, in their order."""
        place, after = self._tree.first_after(oid)
        while place < len(self._tree):
            own, table, column = self._tree.entry(place)
            if column.since <= self._revision:
                order, rows = self._rows(table)
                for index in order[0 if after is None else bisect_right(order, after) :]:
                    read = column.read(rows[index])
                    instance = own + index
                    if read is not None and instance in view:
                        yield Binding(instance, made(column.kind, read))
            place, after = place + 1, None

    def _rows(self, table: AnyTable) -> tuple[list[Index], dict[Index, Any]]:
        known = self._read.get(table)
        if known is None:
            rows = dict(table.rows(self._router))
            known = self._read[table] = (sorted(rows), rows)
        return known
