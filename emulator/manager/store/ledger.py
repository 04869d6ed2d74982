"""The chain over the audit trail."""

from sqlalchemy import Connection, insert, select

from emulator.manager.entities import TrailEntry
from emulator.manager.store.ledger_tables import CHAIN
from emulator.manager.store.tables import TRAIL

_GONE = TrailEntry(0, "", "", "", "")
"""Entry that stands for one that is not in the trail any more."""


class LedgerRecords:
    """Chained entries, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def entries(self) -> list[tuple[int, str, TrailEntry]]:
        """List the chained entries: position, digest, and the entry as the trail has it now."""
        joined = select(CHAIN.c.position, CHAIN.c.digest, TRAIL).outerjoin_from(
            CHAIN, TRAIL, CHAIN.c.number == TRAIL.c.number
        )
        return [
            (
                row.position,
                row.digest,
                _GONE if row.at is None else TrailEntry(row.at, row.by, row.act, row.subject, row.outcome),
            )
            for row in self._connection.execute(joined.order_by(CHAIN.c.position))
        ]

    def unchained(self) -> list[tuple[int, TrailEntry]]:
        """List the entries that are not chained yet, each with its number in the trail."""
        statement = select(TRAIL).where(TRAIL.c.number.not_in(select(CHAIN.c.number))).order_by(TRAIL.c.number)
        return [
            (row.number, TrailEntry(row.at, row.by, row.act, row.subject, row.outcome))
            for row in self._connection.execute(statement)
        ]

    def chain(self, position: int, number: int, digest: str) -> None:
        """Chain an entry."""
        self._connection.execute(insert(CHAIN), {"position": position, "number": number, "digest": digest})
