"""RMAs, and the permission tickets of rehosts. A device has at most one ticket that is open."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, bindparam, select, update

from emulator.backend.entities import Permission, Rma, TicketState
from emulator.backend.store.rows import chunks, page, udi_of, words, words_of
from emulator.backend.store.tables import DEVICES, PERMISSIONS, RMAS
from emulator.backend.views import Listing
from emulator.kernel.time import Instant
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.udi import Udi

_RMA = select(RMAS).where(RMAS.c.failed == bindparam("wanted"))
_RMAS = select(RMAS.c.failed, RMAS.c.replacement).where(RMAS.c.failed.in_(bindparam("wanted", expanding=True)))
_RMA_OF = select(RMAS.c.failed).where(RMAS.c.replacement == bindparam("wanted")).order_by(RMAS.c.failed)
_ADD_RMA = RMAS.insert()
_PERMISSION = select(PERMISSIONS).where(PERMISSIONS.c.id == bindparam("wanted"))
_PERMISSION_LOCKED = _PERMISSION.with_for_update()
_OPEN = select(PERMISSIONS).where(PERMISSIONS.c.source == bindparam("wanted"), PERMISSIONS.c.state == TicketState.OPEN)
_ADD_PERMISSION = PERMISSIONS.insert()
_SETTLE = (
    update(PERMISSIONS)
    .where(PERMISSIONS.c.id == bindparam("wanted"))
    .values(state=bindparam("state"), target=bindparam("target"), issued=bindparam("issued"), at=bindparam("at"))
)


class TransferRecords:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- RMA ---------------------------------------------------------------------------------------------------

    def rma(self, failed: Udi) -> Rma | None:
        """Return the RMA in which a device was replaced, or None."""
        row = self._connection.execute(_RMA, {"wanted": str(failed)}).one_or_none()
        if row is None:
            return None
        return Rma(failed, udi_of(row.replacement), row.at, row.contract, words_of(row.issued))

    def replacements(self, udis: Sequence[Udi]) -> dict[Udi, Udi]:
        """Map those of these devices that were replaced to their replacements."""
        found: dict[Udi, Udi] = {}
        for some in chunks([str(udi) for udi in udis]):
            rows = self._connection.execute(_RMAS, {"wanted": some})
            found.update((udi_of(failed), udi_of(replacement)) for failed, replacement in rows)
        return found

    def replaced_by(self, replacement: Udi) -> Udi | None:
        """Return the device that this one replaced, or None."""
        failed = self._connection.execute(_RMA_OF, {"wanted": str(replacement)}).scalar()
        return None if failed is None else udi_of(failed)

    def add_rma(self, rma: Rma) -> None:
        row = {"failed": str(rma.failed), "replacement": str(rma.replacement), "at": rma.at}
        self._connection.execute(_ADD_RMA, {**row, "contract": rma.contract, "issued": words(rma.issued)})

    # --- rehost ------------------------------------------------------------------------------------------------

    def permission(self, ticket: str, *, locked: bool = False) -> Permission | None:
        """Return a permission ticket by its id, or None."""
        statement = _PERMISSION_LOCKED if locked else _PERMISSION
        row = self._connection.execute(statement, {"wanted": ticket}).one_or_none()
        return None if row is None else _permission(row)

    def open_permission(self, source: Udi) -> Permission | None:
        """Return the ticket that a device has not answered yet, or None."""
        row = self._connection.execute(_OPEN, {"wanted": str(source)}).one_or_none()
        return None if row is None else _permission(row)

    def add_permission(self, number: int, ticket: PermissionTicket, at: Instant) -> None:
        row = {"id": ticket.id, "number": number, "source": str(ticket.source), "at": at, "issued": "[]"}
        text = msgspec.json.encode(ticket).decode()
        self._connection.execute(_ADD_PERMISSION, {**row, "ticket": text, "state": TicketState.OPEN.value})

    def settle(self, permission: Permission) -> None:
        """Record the outcome of a ticket."""
        target = None if permission.target is None else str(permission.target)
        row = {"wanted": permission.ticket.id, "state": permission.state.value, "target": target, "at": permission.at}
        self._connection.execute(_SETTLE, {**row, "issued": words(permission.issued)})

    def page(self, *, seen_by: str | None, open_only: bool, offset: int, limit: int) -> Listing[Permission]:
        """List tickets, latest first; those of an account's devices, or all."""
        filters: list[ColumnElement[bool]] = []
        if open_only:
            filters.append(PERMISSIONS.c.state == TicketState.OPEN)
        if seen_by is not None:
            filters.append(DEVICES.c.owner == seen_by)
        statement = select(PERMISSIONS).join(DEVICES, DEVICES.c.udi == PERMISSIONS.c.source)
        rows, total = page(self._connection, statement, filters, (PERMISSIONS.c.number.desc(),), offset, limit)
        return Listing(tuple(_permission(row) for row in rows), total, offset)


def _permission(row: Row[*tuple[Any, ...]]) -> Permission:
    return Permission(
        msgspec.json.decode(row.ticket, type=PermissionTicket),
        row.at,
        TicketState(row.state),
        None if row.target is None else udi_of(row.target),
        words_of(row.issued),
    )
