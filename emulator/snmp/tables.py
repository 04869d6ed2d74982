"""Definition of managed objects: tables with columns; a group of scalars is a table with one row of index 0.

A row is whatever its columns are read from. What can be written says so in its column; the table plans the change of a
row as a whole, so that a row that is made in one request is checked at once.
"""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from emulator.router.device import Router
from emulator.snmp.errors import ErrorStatus, SetRefused
from emulator.snmp.values import Oid, Value, ValueType

Index = tuple[int, ...]
Row = TypeVar("Row")

SCALAR: Index = (0,)
FIRST_REVISION = 2006
"""Year of the first revision of the license MIB; objects of other MIBs are in every profile."""

Readable = int | bool | str | bytes | Oid | None


class Syntax:
    """The values that can be written to an object."""

    def __init__(self, *, lowest: int = 0, highest: int = (1 << 32) - 1, longest: int = 255, text: bool = True) -> None:
        """Limit them.

        Args:
            lowest, highest: of a number.
            longest: octets of a text.
            text: octets are a text of one line.
        """
        self._lowest, self._highest, self._longest, self._text = lowest, highest, longest, text

    def fault(self, value: Value) -> ErrorStatus | None:
        """Tell why a value of the right type cannot be written; None if it can."""
        match value.data:
            case int():
                return None if self._lowest <= value.data <= self._highest else ErrorStatus.WRONG_VALUE
            case bytes() if len(value.data) > self._longest:
                return ErrorStatus.WRONG_LENGTH
            case bytes() if self._text and value.kind is ValueType.OCTETS and not is_text(value.data):
                return ErrorStatus.WRONG_VALUE
        return None


def is_text(data: bytes) -> bool:
    """Tell whether octets are a text of one line that a configuration and a screen can hold."""
    try:
        return data.decode().isprintable()
    except UnicodeDecodeError:
        return False


TRUTH = Syntax(lowest=1, highest=2)


class Column(Generic[Row]):
    """A column of a table, or a scalar."""

    __slots__ = ("kind", "name", "number", "read", "since", "written")

    def __init__(
        self,
        number: int,
        name: str,
        kind: ValueType,
        read: Callable[[Row], Readable],
        *,
        written: Syntax | None = None,
        since: int = FIRST_REVISION,
    ) -> None:
        """Define a column.

        Args:
            number: its last number.
            name: its name in the MIB.
            kind: type of its values.
            read: its value in a row; None: that row has none.
            written: what can be written to it; None: it is read-only.
            since: year of the revision of its MIB that introduced it.
        """
        self.number, self.name, self.kind, self.read = number, name, kind, read
        self.written, self.since = written, since


Assignments = Mapping[str, Value]
"""New values of the columns of one row, by name."""

Commit = Callable[[], None]


class RowChange:
    """The part of a SET that concerns one row, before it takes effect."""

    def __init__(self, router: Router, index: Index, oids: Mapping[str, Oid], values: Assignments) -> None:
        self.router, self.index, self.values = router, index, values
        self._oids = oids

    def number(self, name: str) -> int | None:
        """New value of a column that holds a number; None if it is not set."""
        value = self.values.get(name)
        return value.data if value is not None and isinstance(value.data, int) else None

    def text(self, name: str) -> str | None:
        """New value of a column that holds a text; None if it is not set."""
        value = self.values.get(name)
        return value.data.decode() if value is not None and isinstance(value.data, bytes) else None

    def refuse(self, status: ErrorStatus, name: str | None = None) -> SetRefused:
        """Refusal to raise; it blames one column, or the first that is set."""
        first = next(iter(self._oids.values()))
        return SetRefused(status, first if name is None else self._oids.get(name, first))


Plan = Callable[[RowChange], Commit]
"""Checks the change of a row, raises SetRefused, and returns how it takes effect."""


class MibTable(Generic[Row]):
    """A table, or a group of scalars."""

    __slots__ = ("columns", "oid", "plan", "rows")

    def __init__(
        self,
        oid: Oid,
        rows: Callable[[Router], Mapping[Index, Row]],
        columns: tuple[Column[Row], ...],
        plan: Plan | None = None,
    ) -> None:
        """Define a table.

        Args:
            oid: identifier of its entry, which is that of a column without the last number.
            rows: its rows by index, in any order.
            columns: in any order.
            plan: plans the change of a row; without one no column can be written.
        """
        self.oid, self.rows, self.columns, self.plan = oid, rows, columns, plan


def scalars(oid: Oid, columns: tuple[Column[Router], ...], plan: Plan | None = None) -> MibTable[Router]:
    """Define a group of scalars, which are read from the router itself."""

    def plan_scalars(change: RowChange) -> Commit:
        if change.index != SCALAR or plan is None:
            raise change.refuse(ErrorStatus.NO_CREATION)
        return plan(change)

    return MibTable(oid, lambda router: {SCALAR: router}, columns, plan and plan_scalars)


AnyTable = MibTable[Any]
AnyColumn = Column[Any]
