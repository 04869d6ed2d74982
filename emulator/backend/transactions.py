"""The desks of one back end: where each act finds its records, its account and its date."""

from collections.abc import Iterator
from contextlib import contextmanager

from emulator.backend.account_names import account_of
from emulator.backend.entities import Account
from emulator.backend.outbox_reader import OutboxReader
from emulator.backend.queries import cleaned
from emulator.backend.store.database import Database
from emulator.backend.transaction import LONGEST_REASON, BackendContext, Transaction
from emulator.kernel.time import Instant


class Transactions(OutboxReader):
    """Opens a desk for each act."""

    def __init__(self, database: Database, context: BackendContext) -> None:
        super().__init__(database, context.key)
        self._context = context

    @contextmanager
    def _act(self, by: str | Account, now: Instant, why: str = "", *, mailed: bool = True) -> Iterator[Transaction]:
        """A desk for one act that writes; what it sends and notes is written with it."""
        with self.database.writing() as records:
            transaction = Transaction(
                self._context,
                records,
                now,
                by if isinstance(by, Account) else account_of(records, by),
                cleaned(why.strip()[:LONGEST_REASON]),
                mailed,
            )
            yield transaction
            transaction.finish()

    @contextmanager
    def _look(self, by: str | Account, now: Instant = 0) -> Iterator[Transaction]:
        """A desk for one act that only looks."""
        with self.database.reading() as records:
            yield Transaction(self._context, records, now, by if isinstance(by, Account) else account_of(records, by))
