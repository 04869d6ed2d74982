"""Accounts, passwords and the tokens of programs."""

from typing import Annotated, Literal

import msgspec

from emulator.backend.entities import Account, ApiToken, Role
from emulator.transports.portal.operation import Input, Operation, PortalRequest
from emulator.transports.portal.operations.purchase import NoInput
from emulator.transports.portal.operations.words import CalendarMoment, Name, Offset, Part, RowLimit, part
from emulator.transports.web.problems import Forbidden, NotConfirmed, TooOften

PasswordText = Annotated[str, msgspec.Meta(max_length=200)]
OwnPassword = Annotated[
    str, msgspec.Meta(max_length=200, description="The password of the account that asks; a token alone is not enough")
]


class AccountAnswer(msgspec.Struct, frozen=True):
    user: str
    role: str
    address: str
    opened: CalendarMoment


class ListAccounts(Input, frozen=True):
    offset: Offset = 0
    limit: RowLimit = 50


RoleName = Literal["customer", "operator"]
Address = Annotated[str, msgspec.Meta(max_length=200, description="E-mail address")]


class ShowAccount(Input, frozen=True):
    user: Name


class OpenAccount(Input, frozen=True):
    """Opens an account; one that there is stays as it is."""

    user: Name
    password: PasswordText
    own_password: OwnPassword
    role: RoleName = "customer"
    address: Address = ""


class ChangeAccount(Input, frozen=True):
    """Changes of an account; inputs left out stay. A password ends all its sessions and tokens, the caller's too."""

    user: Name
    own_password: OwnPassword
    password: PasswordText | None = None
    role: RoleName | None = None
    address: Address = ""


class TokenAnswer(msgspec.Struct, frozen=True):
    id: int
    name: str
    created: CalendarMoment
    revoked: bool


class Tokens(msgspec.Struct, frozen=True):
    rows: tuple[TokenAnswer, ...]


class MakeToken(Input, frozen=True):
    name: Name
    own_password: OwnPassword


class NewToken(msgspec.Struct, frozen=True):
    """`secret` is shown this once."""

    id: int
    name: str
    secret: str


class RevokeToken(Input, frozen=True):
    id: Annotated[int, msgspec.Meta(ge=0, le=10**15)]


class Done(msgspec.Struct, frozen=True):
    done: bool = True


def _me(request: PortalRequest, _: NoInput) -> AccountAnswer:
    return _shown(request, request.service.accounts.get(request.by))


def _accounts(request: PortalRequest, wanted: ListAccounts) -> Part[AccountAnswer]:
    def row(each: Account) -> AccountAnswer:
        return _shown(request, each)

    return part(request.service.accounts.all(by=request.by, offset=wanted.offset, limit=wanted.limit), row)


def _shown(request: PortalRequest, each: Account) -> AccountAnswer:
    return AccountAnswer(each.name, each.role, each.address, request.date(each.opened))


def confirm(request: PortalRequest, password: str) -> None:
    """Check that who asks knows the password of their own account.

    Raises:
        NotConfirmed, TooOften: it is another one, or too many were tried.
    """
    attempts, client = request.portal.log_ins, request.caller.client
    if seconds := attempts.take(request.by, client):
        raise TooOften(seconds)
    if request.service.accounts.log_in(request.by, password) is None:
        raise NotConfirmed
    attempts.succeeded(request.by, client)


def _open(request: PortalRequest, wanted: OpenAccount) -> AccountAnswer:
    confirm(request, wanted.own_password)
    account = request.service.accounts.add(
        wanted.user, wanted.password, request.now, by=request.by, role=Role(wanted.role), address=wanted.address
    )
    return _shown(request, account)


def _one(request: PortalRequest, wanted: ShowAccount) -> AccountAnswer:
    if wanted.user != request.by and not request.caller.operator:
        raise Forbidden("This is for operators of the portal only.")
    return _shown(request, request.service.accounts.get(wanted.user))


def _change(request: PortalRequest, wanted: ChangeAccount) -> AccountAnswer:
    confirm(request, wanted.own_password)
    account = request.service.accounts.change(
        wanted.user,
        request.now,
        by=request.by,
        password=wanted.password,
        role=None if wanted.role is None else Role(wanted.role),
        address=wanted.address,
    )
    if wanted.password is not None:
        request.portal.sessions.end_all_of(account.name)
    return _shown(request, account)


def _tokens(request: PortalRequest, _: NoInput) -> Tokens:
    return Tokens(tuple(_token(request, each) for each in request.service.accounts.tokens(request.by, by=request.by)))


def _token(request: PortalRequest, each: ApiToken) -> TokenAnswer:
    return TokenAnswer(each.id, each.name, request.date(each.created), each.revoked)


def _make(request: PortalRequest, wanted: MakeToken) -> NewToken:
    confirm(request, wanted.own_password)
    token, secret = request.service.accounts.new_token(
        request.by, wanted.name, request.now, by=request.by, entropy=request.entropy
    )
    return NewToken(token.id, token.name, secret)


def _revoke(request: PortalRequest, wanted: RevokeToken) -> Done:
    request.service.accounts.revoke_token(wanted.id, request.now, by=request.by)
    return Done()


ME = Operation("whoAmI", "GET", "/me", "The account that asks", NoInput, AccountAnswer, _me)
ACCOUNTS = Operation("listAccounts", "GET", "/accounts", "Accounts", ListAccounts, Part[AccountAnswer], _accounts)
OPEN_ACCOUNT = Operation("openAccount", "POST", "/accounts", "Open an account", OpenAccount, AccountAnswer, _open)
ACCOUNT = Operation("showAccount", "GET", "/accounts/{user}", "One account", ShowAccount, AccountAnswer, _one)
CHANGE_ACCOUNT = Operation(
    "changeAccount",
    "POST",
    "/accounts/{user}",
    "Give an account another password, role or address",
    ChangeAccount,
    AccountAnswer,
    _change,
)
TOKENS = Operation("listTokens", "GET", "/tokens", "Tokens of the account", NoInput, Tokens, _tokens)
MAKE_TOKEN = Operation(
    "makeToken", "POST", "/tokens", "A token for a program", MakeToken, NewToken, _make, status=201, draws=True
)
REVOKE_TOKEN = Operation("revokeToken", "DELETE", "/tokens/{id}", "Revoke a token", RevokeToken, Done, _revoke)

OPERATIONS = (ME, ACCOUNTS, OPEN_ACCOUNT, ACCOUNT, CHANGE_ACCOUNT, TOKENS, MAKE_TOKEN, REVOKE_TOKEN)
