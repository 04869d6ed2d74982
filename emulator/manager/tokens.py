"""Tokens of users: secrets by which a program or a browser acts for one. The records have digests alone.

I: a token is drawn from the operating system and told once; so a plain digest is enough, for nobody guesses one.
"""

import secrets
from hashlib import sha256

from emulator.kernel.errors import Refused, UnknownName
from emulator.manager.context import ManagerContext
from emulator.manager.names import check_name
from emulator.manager.roles import ManagerAction
from emulator.manager.store.records import ManagerRecords

MOST_TOKENS = 50
"""Tokens of one user."""


def new_token(context: ManagerContext, user: str, name: str) -> str:
    """Make a token of a user, and return its secret; one of the same name is refused.

    Raises:
        NotAllowed: the acting user may not manage users.
        Refused: the name is malformed or taken, or there are too many.
        UnknownName: there is no such user.
    """
    context.require(ManagerAction.MANAGE_USERS)
    check_name("token", name)
    secret = secrets.token_urlsafe(32)
    with context.database.writing() as records:
        if records.role_of(user) is None:
            raise UnknownName("user", user, (each.name for each in records.users()))
        names = [each for each, _ in records.tokens(user)]
        if name in names:
            raise Refused(f"'{user}' has a token '{name}' already; revoke it first")
        if len(names) >= MOST_TOKENS:
            raise Refused(f"'{user}' has {MOST_TOKENS} tokens already; revoke one first")
        records.keep_token(_digest(secret), user, name, context.now())
        context.record(records, "token", user, f"'{name}' made")
    return secret


def list_tokens(context: ManagerContext, user: str) -> list[tuple[str, int]]:
    """List the tokens of a user by name, each with the instant at which it was made.

    Raises:
        NotAllowed: the acting user may not manage users.
    """
    context.require(ManagerAction.MANAGE_USERS)
    with context.database.reading() as records:
        return records.tokens(user)


def revoke_token(context: ManagerContext, user: str, name: str) -> None:
    """Revoke a token of a user.

    Raises:
        NotAllowed: the acting user may not manage users.
        UnknownName: there is no such token.
    """
    context.require(ManagerAction.MANAGE_USERS)
    with context.database.writing() as records:
        if not records.drop_tokens(user, name):
            raise UnknownName("token", name, (each for each, _ in records.tokens(user)))
        context.record(records, "token", user, f"'{name}' revoked")


def user_of(records: ManagerRecords, secret: str) -> str | None:
    """Return whose token this is, or None."""
    return records.token_user(_digest(secret))


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
