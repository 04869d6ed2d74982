"""The audit log: only ever added to."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from emulator.backend.entities import AuditEntry
from emulator.backend.store.rows import containing, insert_rows, page
from emulator.backend.store.tables import AUDIT
from emulator.backend.views import Listing
from emulator.kernel.time import Instant

_ALL = select(AUDIT)


class AuditRecords:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entries: Iterable[AuditEntry]) -> None:
        """Add entries; the database numbers them."""
        rows = [
            (each.at, each.act, each.by, each.subject, each.detail, each.why, each.device, each.other)
            for each in entries
        ]
        insert_rows(self._connection, AUDIT, rows, without=1)

    def find(
        self,
        *,
        account: str = "",
        act: str = "",
        text: str = "",
        since: Instant | None = None,
        until: Instant | None = None,
        offset: int,
        limit: int,
    ) -> Listing[AuditEntry]:
        """List entries of an account, an act, a text or a time from `since` to before `until`, latest first."""
        filters = containing(text, AUDIT.c.subject, AUDIT.c.detail, AUDIT.c.why)
        if account:
            filters.append(AUDIT.c.by == account)
        if act:
            filters.append(AUDIT.c.act == act)
        if since is not None:
            filters.append(AUDIT.c.at >= since)
        if until is not None:
            filters.append(AUDIT.c.at < until)
        return self._page(filters, [AUDIT.c.number.desc()], offset, limit)

    def of_device(self, udi: str, offset: int, limit: int) -> Listing[AuditEntry]:
        """List the entries that concern a device, oldest first."""
        return self._page([or_(AUDIT.c.device == udi, AUDIT.c.other == udi)], [AUDIT.c.number], offset, limit)

    def _page(
        self,
        filters: Sequence[ColumnElement[bool]],
        order: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> Listing[AuditEntry]:
        rows, total = page(self._connection, _ALL, filters, order, offset, limit)
        return Listing(tuple(AuditEntry(*row) for row in rows), total, offset)
