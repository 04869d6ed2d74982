"""Numbers that are given out once: of orders, licenses, tickets and letters.

Taking one locks its counter until the transaction ends, so numbers have no gaps, and whoever issues waits for whoever
issues. Transactions take them last, and always in the same order, so that none waits for another in a circle.
"""

from typing import Literal

from sqlalchemy import Connection, bindparam, update

from emulator.backend.store.rows import insert_new
from emulator.backend.store.tables import COUNTERS

Counter = Literal["order", "license", "ticket", "letter"]

_TAKE = (
    update(COUNTERS)
    .where(COUNTERS.c.name == bindparam("counter"))
    .values(value=COUNTERS.c.value + bindparam("number"))
    .returning(COUNTERS.c.value)
)


class Counters:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, counter: Counter, number: int = 1) -> int:
        """Take so many new numbers and return the first; numbers begin at 1."""
        values = {"counter": counter, "number": number}
        last: int | None = self._connection.execute(_TAKE, values).scalar()
        if last is None:
            insert_new(self._connection, COUNTERS, [(counter, 0)])
            last = self._connection.execute(_TAKE, values).scalar()
        assert last is not None
        return last - number + 1
