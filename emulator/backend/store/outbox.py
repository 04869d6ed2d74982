"""The outbox: letters, written in the transaction of the act that sends them, so none is lost and none is doubled."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select, update

from emulator.backend.store.rows import containing, insert_rows, page, words, words_of
from emulator.backend.store.tables import OUTBOX
from emulator.kernel.time import Instant

AttachmentKind = Literal["", "licenses", "ticket", "content"]


class StoredLetter(msgspec.Struct, frozen=True, gc=False):
    """A letter as stored, without the attachment that is signed again whenever it is read.

    Attributes:
        account: the recipient; empty for the bench's own.
        kind: the source of its attachment: the licenses or the ticket that `refers` names, or `content`.
        file: the name of the attachment; empty where there is none.
    """

    number: int
    due: Instant
    account: str
    address: str
    date: str
    sender: str
    subject: str
    body: str
    kind: AttachmentKind = ""
    file: str = ""
    refers: tuple[str, ...] = ()
    content: bytes | None = None


_ARRIVED = select(OUTBOX).where(OUTBOX.c.due <= bindparam("now")).order_by(OUTBOX.c.due, OUTBOX.c.number)
_ARRIVED_FOR = _ARRIVED.where(OUTBOX.c.account == bindparam("account"))
_COUNT = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.due <= bindparam("now"))
_ONE = select(OUTBOX).where(OUTBOX.c.number == bindparam("wanted"), OUTBOX.c.due <= bindparam("now"))
_UNDELIVERED = _ARRIVED.where(OUTBOX.c.delivered.is_(None)).limit(bindparam("most"))
_DELIVERED = update(OUTBOX).where(OUTBOX.c.number == bindparam("wanted")).values(delivered=bindparam("at"))
_HEADINGS = (
    select(OUTBOX.c.number, OUTBOX.c.due, OUTBOX.c.subject)
    .where(OUTBOX.c.due <= bindparam("now"))
    .order_by(OUTBOX.c.due, OUTBOX.c.number)
)
_UNDER_WAY = (
    select(OUTBOX.c.number, OUTBOX.c.due, OUTBOX.c.subject)
    .where(OUTBOX.c.due > bindparam("now"))
    .order_by(OUTBOX.c.due, OUTBOX.c.number)
)


class OutboxRecords:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, letters: Iterable[StoredLetter]) -> None:
        """Add letters."""
        rows = [
            (
                each.number, each.due, each.account, each.address, each.date, each.sender, each.subject, each.body,
                each.kind, each.file, words(each.refers), each.content, None,
            )
            for each in letters
        ]  # fmt: skip
        insert_rows(self._connection, OUTBOX, rows)

    def arrived(self, now: Instant, account: str | None, offset: int, limit: int | None) -> list[StoredLetter]:
        """List letters that have arrived, of one account or all, by arrival."""
        statement = _ARRIVED if account is None else _ARRIVED_FOR
        rows = self._connection.execute(
            statement.offset(offset).limit(limit),
            {"now": now, "account": account} if account is not None else {"now": now},
        )
        return [_letter(row) for row in rows]

    def latest(
        self, now: Instant, account: str | None, text: str, offset: int, limit: int
    ) -> tuple[list[StoredLetter], int]:
        """Return some of the letters that have arrived, of one account or all, latest first, and their total number."""
        filters = [OUTBOX.c.due <= now, *containing(text, OUTBOX.c.subject, OUTBOX.c.body, OUTBOX.c.file)]
        if account is not None:
            filters.append(OUTBOX.c.account == account)
        order = (OUTBOX.c.due.desc(), OUTBOX.c.number.desc())
        rows, total = page(self._connection, select(OUTBOX), filters, order, offset, limit)
        return [_letter(row) for row in rows], total

    def count(self, now: Instant) -> int:
        """Count the letters that have arrived."""
        return self._connection.execute(_COUNT, {"now": now}).scalar_one()

    def find(self, number: int, now: Instant) -> StoredLetter | None:
        """Return a letter that has arrived, by its number; None if there is none."""
        row = self._connection.execute(_ONE, {"wanted": number, "now": now}).one_or_none()
        return None if row is None else _letter(row)

    def headings(self, now: Instant) -> Sequence[tuple[int, Instant, str]]:
        """List number, arrival and subject of the letters that have arrived."""
        return [tuple(row) for row in self._connection.execute(_HEADINGS, {"now": now})]

    def under_way(self, now: Instant) -> Sequence[tuple[int, Instant, str]]:
        """List number, arrival and subject of the letters that are still to come."""
        return [tuple(row) for row in self._connection.execute(_UNDER_WAY, {"now": now})]

    def undelivered(self, now: Instant, most: int) -> list[StoredLetter]:
        """List letters that have arrived and that no mail server has taken yet."""
        return [_letter(row) for row in self._connection.execute(_UNDELIVERED, {"now": now, "most": most})]

    def delivered(self, number: int, at: Instant) -> None:
        """Record that a mail server has taken a letter."""
        self._connection.execute(_DELIVERED, {"wanted": number, "at": at})


def _letter(row: Row[*tuple[Any, ...]]) -> StoredLetter:
    return StoredLetter(
        row.number, row.due, row.account, row.address, row.date, row.sender, row.subject, row.body,
        row.kind, row.file, words_of(row.refers), row.content,
    )  # fmt: skip
