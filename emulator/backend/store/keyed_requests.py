"""Requests that were given a key by the program that sent them, and what they were answered."""

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError

from emulator.backend.store.tables import KEYED_REQUESTS

KEPT = 1000
"""Requests that are remembered of an account; the oldest is forgotten first."""

EVERY = 100
"""Requests after which the oldest are looked for."""

_OF_KEY = (KEYED_REQUESTS.c.account == bindparam("whose")) & (KEYED_REQUESTS.c.key == bindparam("wanted"))
_FIND = select(KEYED_REQUESTS.c.request, KEYED_REQUESTS.c.answer).where(_OF_KEY)
_ADD = KEYED_REQUESTS.insert().returning(KEYED_REQUESTS.c.number)
_ANSWER = update(KEYED_REQUESTS).where(_OF_KEY).values(answer=bindparam("content"))
_NEWEST = (
    select(KEYED_REQUESTS.c.number)
    .where(KEYED_REQUESTS.c.account == bindparam("whose"))
    .order_by(KEYED_REQUESTS.c.number.desc())
    .limit(KEPT)
)
_FORGET = delete(KEYED_REQUESTS).where(
    KEYED_REQUESTS.c.account == bindparam("whose"), KEYED_REQUESTS.c.number.not_in(_NEWEST)
)


class KeyedRequest(msgspec.Struct, frozen=True):
    """A request that was carried out: its hash, and its answer, or None where that is not kept."""

    request: str
    answer: bytes | None


class KeyedRequests:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, account: str, key: str) -> KeyedRequest | None:
        row = self._connection.execute(_FIND, {"whose": account, "wanted": key}).one_or_none()
        return None if row is None else KeyedRequest(row.request, row.answer)

    def add(self, account: str, key: str, request: str) -> bool:
        """Note that a request is carried out in this transaction; returns False where the key was used before."""
        values = {"account": account, "key": key, "request": request}
        try:
            number = self._connection.execute(_ADD, values).scalar_one()
        except IntegrityError:
            return False
        if number % EVERY == 0:
            self._connection.execute(_FORGET, {"whose": account})
        return True

    def keep_answer(self, account: str, key: str, content: bytes) -> None:
        """Keep the answer of a request that was carried out."""
        self._connection.execute(_ANSWER, {"whose": account, "wanted": key, "content": content})
