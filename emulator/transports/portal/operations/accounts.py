"""Accounts, passwords and the tokens of programs."""

from secrets import token_bytes
from typing import Annotated, Literal

import msgspec

from emulator.backend.entities import Account as Held
from emulator.backend.entities import ApiToken, Role
from emulator.transports.portal.operation import Desk, Input, Operation
from emulator.transports.portal.operations.purchase import NoInput
from emulator.transports.portal.operations.words import Limit, Moment, Name, Offset, Part, part
from emulator.transports.portal.problems import Forbidden

Password = Annotated[str, msgspec.Meta(max_length=200)]


class Account(msgspec.Struct, frozen=True):
    user: str
    role: str
    address: str
    opened: Moment


class ListAccounts(Input, frozen=True):
    offset: Offset = 0
    limit: Limit = 50


RoleName = Literal["customer", "operator"]
Address = Annotated[str, msgspec.Meta(max_length=200, description="E-mail address")]


class ShowAccount(Input, frozen=True):
    user: Name


class OpenAccount(Input, frozen=True):
    """Opens an account; one that there is stays as it is."""

    user: Name
    password: Password
    role: RoleName = "customer"
    address: Address = ""


class ChangeAccount(Input, frozen=True):
    """What is left out stays. With the password all sessions and tokens of the account end, the caller's too."""

    user: Name
    password: Password | None = None
    role: RoleName | None = None
    address: Address = ""


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
    return _shown(desk, account)


def _one(desk: Desk, wanted: ShowAccount) -> Account:
    if wanted.user != desk.by and not desk.caller.operator:
        raise Forbidden("This is for operators of the portal only.")
    return _shown(desk, desk.service.account(wanted.user))


def _change(desk: Desk, wanted: ChangeAccount) -> Account:
    account = desk.service.change_account(
        wanted.user,
        desk.now,
        by=desk.by,
        password=wanted.password,
        role=None if wanted.role is None else Role(wanted.role),
        address=wanted.address,
    )
    if wanted.password is not None:
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
OPEN_ACCOUNT = Operation("openAccount", "POST", "/accounts", "Open an account", OpenAccount, Account, _open)
ACCOUNT = Operation("showAccount", "GET", "/accounts/{user}", "One account", ShowAccount, Account, _one)
CHANGE_ACCOUNT = Operation(
    "changeAccount",
    "POST",
    "/accounts/{user}",
    "Give an account another password, role or address",
    ChangeAccount,
    Account,
    _change,
)
TOKENS = Operation("listTokens", "GET", "/tokens", "Tokens of the account", NoInput, Tokens, _tokens)
MAKE_TOKEN = Operation("makeToken", "POST", "/tokens", "A token for a program", MakeToken, NewToken, _make, status=201)
REVOKE_TOKEN = Operation("revokeToken", "DELETE", "/tokens/{id}", "Revoke a token", RevokeToken, Done, _revoke)

OPERATIONS = (ME, ACCOUNTS, OPEN_ACCOUNT, ACCOUNT, CHANGE_ACCOUNT, TOKENS, MAKE_TOKEN, REVOKE_TOKEN)
