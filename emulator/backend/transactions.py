"""The transactions of one back end: each act runs in one, with its records, its account and its date.

C (the FAQ): what the portal has confirmed holds. I: so all that an act writes, letters and audit log included, is
written together or not at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from emulator.backend.account_names import account_of
from emulator.backend.entities import Account
from emulator.backend.queries import cleaned
from emulator.backend.store.database import Database
from emulator.backend.store.records import Records
from emulator.backend.transaction import LONGEST_REASON, BackendContext, Transaction
from emulator.kernel.time import Instant


class Transactions:
    """The transactions of one database, one for each act."""

    def __init__(self, database: Database, context: BackendContext) -> None:
        self.database, self.context = database, context

    @contextmanager
    def transaction(
        self, by: str | Account, now: Instant, why: str = "", *, mailed: bool = True
    ) -> Iterator[Transaction]:
        """Open a transaction that writes, its letters and audit entries included; an exception undoes it all.

        Args:
            by: the account that acts, or its name.
            now: the instant of the act, in milliseconds.
            why: a reason for the audit log.
            mailed: whether its letters go into the outbox.

        Raises:
            PortalError: the account does not exist.
        """
        with self.database.writing() as records:
            transaction = self._begin(by, records, now, cleaned(why.strip()[:LONGEST_REASON]), mailed=mailed)
            yield transaction
            transaction.finish()

    @contextmanager
    def looking(self, by: str | Account, now: Instant = 0) -> Iterator[Transaction]:
        """Open a transaction that only reads, and sees one moment of the records.

        Raises:
            PortalError: the account does not exist.
        """
        with self.database.reading() as records:
            yield self._begin(by, records, now)

    def _begin(
        self, by: str | Account, records: Records, now: Instant, why: str = "", *, mailed: bool = True
    ) -> Transaction:
        account = by if isinstance(by, Account) else account_of(records, by)
        return Transaction(self.context, records, now, account, why, mailed)
