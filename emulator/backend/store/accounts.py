"""Accounts and the tokens of programs."""

from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, update

from emulator.backend.entities import Account, ApiToken, Role
from emulator.backend.store.rows import page
from emulator.backend.store.tables import ACCOUNTS, TOKENS
from emulator.backend.views import Listing
from emulator.kernel.time import Instant

_FIND = select(ACCOUNTS).where(ACCOUNTS.c.name == bindparam("wanted"))
_FIND_LOCKED = _FIND.with_for_update()
_OPERATORS_LOCKED = (
    select(ACCOUNTS.c.name).where(ACCOUNTS.c.role == Role.OPERATOR).order_by(ACCOUNTS.c.name).with_for_update()
)
_ADD = ACCOUNTS.insert()
_CHANGE = (
    update(ACCOUNTS)
    .where(ACCOUNTS.c.name == bindparam("wanted"))
    .values(role=bindparam("role"), password=bindparam("password"), address=bindparam("address"))
)
_TOKEN = select(TOKENS).where(TOKENS.c.hash == bindparam("wanted"))
_TOKEN_BY_ID = select(TOKENS).where(TOKENS.c.id == bindparam("wanted"))
_TOKENS_OF = select(TOKENS).where(TOKENS.c.account == bindparam("wanted")).order_by(TOKENS.c.id)
_ADD_TOKEN = TOKENS.insert().returning(TOKENS.c.id)
_REVOKE_ALL = update(TOKENS).where(TOKENS.c.account == bindparam("wanted")).values(revoked=True)
_REVOKE = update(TOKENS).where(TOKENS.c.id == bindparam("wanted")).values(revoked=True)


class AccountRecords:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, name: str, *, locked: bool = False) -> tuple[Account, str] | None:
        """Return an account and the hash of its password, or None; `locked` where the database has locks of rows."""
        row = self._connection.execute(_FIND_LOCKED if locked else _FIND, {"wanted": name}).one_or_none()
        return None if row is None else (Account(row.name, Role(row.role), row.address, row.opened), row.password)

    def all(self, offset: int, limit: int) -> Listing[Account]:
        """List accounts by name."""
        rows, total = page(self._connection, select(ACCOUNTS), (), (ACCOUNTS.c.name,), offset, limit)
        accounts = (Account(name, Role(role), address, opened) for name, role, _, address, opened in rows)
        return Listing(tuple(accounts), total, offset)

    def operators_locked(self) -> list[str]:
        """List the names of the operators on file, locked until the transaction ends."""
        return list(self._connection.execute(_OPERATORS_LOCKED).scalars())

    def put(self, account: Account, password: str) -> None:
        """Open an account, or change the one of that name."""
        values = {"role": account.role, "password": password, "address": account.address}
        if not self._connection.execute(_CHANGE, {"wanted": account.name, **values}).rowcount:
            self._connection.execute(_ADD, {"name": account.name, "opened": account.opened, **values})

    def add_token(self, account: str, name: str, hashed: str, created: Instant) -> ApiToken:
        """Store the hash of a new token."""
        values = {"account": account, "name": name, "hash": hashed, "created": created, "revoked": False}
        return ApiToken(
            self._connection.execute(_ADD_TOKEN, values).scalar_one(), account, name, created, revoked=False
        )

    def token(self, hashed: str) -> ApiToken | None:
        return self._one_token(_TOKEN, hashed)

    def token_by_id(self, number: int) -> ApiToken | None:
        return self._one_token(_TOKEN_BY_ID, number)

    def tokens(self, account: str) -> tuple[ApiToken, ...]:
        """List the tokens of an account, by age."""
        rows = self._connection.execute(_TOKENS_OF, {"wanted": account})
        return tuple(ApiToken(row.id, row.account, row.name, row.created, row.revoked) for row in rows)

    def revoke(self, number: int) -> None:
        self._connection.execute(_REVOKE, {"wanted": number})

    def revoke_all(self, account: str) -> None:
        """Revoke all tokens of an account."""
        self._connection.execute(_REVOKE_ALL, {"wanted": account})

    def _one_token(self, statement: Select[*tuple[Any, ...]], wanted: object) -> ApiToken | None:
        row = self._connection.execute(statement, {"wanted": wanted}).one_or_none()
        return None if row is None else ApiToken(row.id, row.account, row.name, row.created, row.revoked)
