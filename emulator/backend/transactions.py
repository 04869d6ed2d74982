"""The desks of one back end: where each act finds its records, its account and its date."""

from collections.abc import Iterator
from contextlib import contextmanager

from emulator.backend.account_names import account_of
from emulator.backend.entities import Account
from emulator.backend.outbox_reader import PostRoom
from emulator.backend.queries import cleaned
from emulator.backend.store.database import Database
from emulator.backend.transaction import LONGEST_REASON, House, Office
from emulator.kernel.time import Instant


class Desks(PostRoom):
    """Opens a desk for each act."""

    def __init__(self, database: Database, house: House) -> None:
        super().__init__(database, house.key)
        self._house = house

    @contextmanager
    def _act(self, by: str | Account, now: Instant, why: str = "", *, mailed: bool = True) -> Iterator[Office]:
        """A desk for one act that writes; what it sends and notes is written with it."""
        with self.database.writing() as records:
            office = Office(
                self._house,
                records,
                now,
                by if isinstance(by, Account) else account_of(records, by),
                cleaned(why.strip()[:LONGEST_REASON]),
                mailed,
            )
            yield office
            office.finish()

    @contextmanager
    def _look(self, by: str | Account, now: Instant = 0) -> Iterator[Office]:
        """A desk for one act that only looks."""
        with self.database.reading() as records:
            yield Office(self._house, records, now, by if isinstance(by, Account) else account_of(records, by))
