"""Accounts, passwords and the tokens of programs."""

from secrets import token_bytes
from typing import Annotated, Literal

import msgspec

from emulator.backend.state import Account as Held
from emulator.backend.state import ApiToken, Role
from emulator.transports.portal.desk import Desk, Input, Operation
from emulator.transports.portal.operations.purchase import NoInput
from emulator.transports.portal.operations.words import Limit, Moment, Name, Offset, Part, part

Password = Annotated[str, msgspec.Meta(max_length=200)]


class Account(msgspec.Struct, frozen=True):
    user: str
    role: str
    address: str
    opened: Moment


class ListAccounts(Input, frozen=True):
    offset: Offset = 0
    limit: Limit = 50


class OpenAccount(Input, frozen=True):
    """Opens an account, or gives one that there is another password, role and address."""

    user: Name
    password: Password
    role: Literal["customer", "operator"] = "customer"
    address: Annotated[str, msgspec.Meta(max_length=200, description="E-mail address")] = ""


class Token(msgspec.Struct, frozen=True):
    id: int
    name: str
    created: Moment
    revoked: bool


class Tokens(msgspec.Struct, frozen=True):
    rows: tuple[Token, ...]


class MakeToken(Input, frozen=True):
    name: Name


class NewToken(msgspec.Struct, frozen=True):
    """`secret` is shown this once."""

    id: int
    name: str
    secret: str


class RevokeToken(Input, frozen=True):
    id: Annotated[int, msgspec.Meta(ge=0, le=10**15)]


class Done(msgspec.Struct, frozen=True):
    done: bool = True


def _me(desk: Desk, _: NoInput) -> Account:
    return _shown(desk, desk.service.account(desk.by))


def _accounts(desk: Desk, wanted: ListAccounts) -> Part[Account]:
    def row(each: Held) -> Account:
        return _shown(desk, each)

    return part(desk.service.accounts(by=desk.by, offset=wanted.offset, limit=wanted.limit), row)


def _shown(desk: Desk, each: Held) -> Account:
    return Account(each.name, each.role, each.address, desk.date(each.opened))


def _open(desk: Desk, wanted: OpenAccount) -> Account:
    account = desk.service.add_account(
        wanted.user, wanted.password, desk.now, by=desk.by, role=Role(wanted.role), address=wanted.address
    )
    desk.portal.sessions.end_all_of(account.name)
    return _shown(desk, account)


def _tokens(desk: Desk, _: NoInput) -> Tokens:
    return Tokens(tuple(_token(desk, each) for each in desk.service.tokens(desk.by, by=desk.by)))


def _token(desk: Desk, each: ApiToken) -> Token:
    return Token(each.id, each.name, desk.date(each.created), each.revoked)


def _make(desk: Desk, wanted: MakeToken) -> NewToken:
    token, secret = desk.service.new_token(desk.by, wanted.name, desk.now, by=desk.by, entropy=token_bytes(32))
    return NewToken(token.id, token.name, secret)


def _revoke(desk: Desk, wanted: RevokeToken) -> Done:
    desk.service.revoke_token(wanted.id, desk.now, by=desk.by)
    return Done()


ME = Operation("whoAmI", "GET", "/me", "The account that asks", NoInput, Account, _me)
ACCOUNTS = Operation("listAccounts", "GET", "/accounts", "Accounts", ListAccounts, Part[Account], _accounts)
OPEN_ACCOUNT = Operation(
    "openAccount", "POST", "/accounts", "Open an account, or change one", OpenAccount, Account, _open
)
TOKENS = Operation("listTokens", "GET", "/tokens", "Tokens of the account", NoInput, Tokens, _tokens)
MAKE_TOKEN = Operation("makeToken", "POST", "/tokens", "A token for a program", MakeToken, NewToken, _make, status=201)
REVOKE_TOKEN = Operation("revokeToken", "DELETE", "/tokens/{id}", "Revoke a token", RevokeToken, Done, _revoke)

OPERATIONS = (ME, ACCOUNTS, OPEN_ACCOUNT, TOKENS, MAKE_TOKEN, REVOKE_TOKEN)
