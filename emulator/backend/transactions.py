"""The transactions of one back end: each act runs in one, with its records, its account and its date.

C (the FAQ): what the portal has confirmed holds. I: so all that an act writes, letters and audit log included, is
written together or not at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from emulator.backend.account_names import account_of
from emulator.backend.entities import Account
from emulator.backend.queries import cleaned
from emulator.backend.refusals import PortalRefusal
from emulator.backend.request_key import RequestKey
from emulator.backend.store.database import Database
from emulator.backend.store.records import Records
from emulator.backend.transaction import LONGEST_REASON, BackendContext, Transaction
from emulator.kernel.time import Instant


class Transactions:
    """The transactions of one database, one for each act; with a key, those of one request."""

    def __init__(self, database: Database, context: BackendContext, key: RequestKey | None = None) -> None:
        self.database, self.context, self.key = database, context, key

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
            PortalError: the account does not exist, or the key of the request was used before.
        """
        with self._claiming(), self.database.writing() as records:
            if self.key is not None and not self.key.claimed:
                _claim(records, self.key)
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

    @contextmanager
    def _claiming(self) -> Iterator[None]:
        """The first transaction of a request with a key claims the key, unless it is undone."""
        yield
        if self.key is not None:
            self.key.claimed = True

    def _begin(
        self, by: str | Account, records: Records, now: Instant, why: str = "", *, mailed: bool = True
    ) -> Transaction:
        account = by if isinstance(by, Account) else account_of(records, by)
        return Transaction(self.context, records, now, account, why, mailed)


def _claim(records: Records, key: RequestKey) -> None:
    if not records.keyed_requests.add(key.account, key.key, key.request):
        raise PortalRefusal.REPEATED.error()
