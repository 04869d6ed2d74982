"""The own account with its password and tokens, and, for operators, all accounts."""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from emulator.transports.portal.operations.accounts import (
    ACCOUNT,
    ACCOUNTS,
    CHANGE_ACCOUNT,
    MAKE_TOKEN,
    ME,
    OPEN_ACCOUNT,
    REVOKE_TOKEN,
    TOKENS,
    AccountAnswer,
    TokenAnswer,
)
from emulator.transports.portal.operations.words import Part
from emulator.transports.portal.web.menu import Group
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuEntry, PageRoute


class OwnAccountFacts(msgspec.Struct, frozen=True):
    """The account that is logged in, its tokens, and the name and secret of a new one, shown once."""

    account: AccountAnswer
    tokens: Sequence[TokenAnswer]
    secret: tuple[str, str] | None


class TokenFacts(msgspec.Struct, frozen=True):
    """The token that is about to be revoked."""

    token: TokenAnswer


class AccountsFacts(msgspec.Struct, frozen=True):
    """A part of all accounts."""

    accounts: Part[AccountAnswer]


class AccountFacts(msgspec.Struct, frozen=True):
    """The account that is about to be changed."""

    account: AccountAnswer


ACCOUNT_PAGE = Template("account.html", OwnAccountFacts)
REVOKE_TOKEN_PAGE = Template("revoke_token.html", TokenFacts)
ACCOUNTS_PAGE = Template("accounts.html", AccountsFacts)
ACCOUNT_CHANGE_PAGE = Template("account_change.html", AccountFacts)


def _own(page: PortalPage) -> Response:
    secret, page.session.shown_once = page.session.shown_once, None
    return page.draw(ACCOUNT_PAGE, account=page.do(ME), tokens=page.do(TOKENS).rows, secret=secret)


def _password(page: PortalPage) -> Response:
    """Change the own password: the old one is asked for, and every other session of the account ends."""
    new = page.secret("password")
    if new != page.secret("repeated"):
        raise BadInput("The new password was not repeated as it is.", "repeated")
    _changed(page, user=page.portal_request.by, password=new)
    page.tell("The password was changed, and your tokens for programs ended with the old one.")
    return page.lead("/account")


def _changed(
    page: PortalPage, user: str, password: str | None, role: str | None = None, address: str = ""
) -> AccountAnswer:
    """The account as it is now; whoever changed their own password goes on in a new session."""
    own = page.secret("own_password")
    account = page.do(CHANGE_ACCOUNT, user=user, own_password=own, password=password, role=role, address=address)
    if password is not None and user == page.portal_request.by:
        page.session = page.portal.sessions.begin(user)
    return account


def _make_token(page: PortalPage) -> Response:
    named = {"own_password": "token_password"}
    token = page.do(MAKE_TOKEN, named=named, own_password=page.secret("token_password"))
    page.session.shown_once = (token.name, token.secret)
    return page.lead("/account")


def _ask_to_revoke(page: PortalPage) -> Response:
    """The question before a token is revoked, which cannot be undone."""
    tokens = (token for token in page.do(TOKENS).rows if str(token.id) == page.request.path_params["id"])
    token = next((token for token in tokens if not token.revoked), None)
    if token is None:
        raise NotThere("There is no such API token.")
    return page.draw(REVOKE_TOKEN_PAGE, token=token)


def _revoke_token(page: PortalPage) -> Response:
    page.do(REVOKE_TOKEN)
    page.tell("The token is revoked.")
    return page.lead("/account")


def _all(page: PortalPage) -> Response:
    return page.draw(ACCOUNTS_PAGE, accounts=page.do(ACCOUNTS, **page.place()))


def _one(page: PortalPage) -> Response:
    return page.draw(ACCOUNT_CHANGE_PAGE, account=page.do(ACCOUNT, user=str(page.request.path_params["user"])))


def _change(page: PortalPage) -> Response:
    """Change an account; what was left empty stays."""
    password = page.secret("password") or None
    user = str(page.request.path_params["user"])
    account = _changed(page, user, password, page.value("role") or None, page.value("address"))
    page.tell(f"The account {account.user} is changed: {account.role}, {account.address}.")
    return page.lead("/accounts" if user != page.portal_request.by else "/account")


def _open(page: PortalPage) -> Response:
    account = page.do(OPEN_ACCOUNT, password=page.secret("password"), own_password=page.secret("own_password"))
    page.tell(f"The account {account.user} is open, as {account.role}.")
    return page.lead("/accounts")


PAGES = (
    PageRoute("/account", _own),
    PageRoute("/account/password", send=_password, again=_own),
    PageRoute("/account/tokens", send=_make_token, again=_own, once=True),
    PageRoute("/account/tokens/{id}/revoke", _ask_to_revoke, _revoke_token, again=_own),
    PageRoute("/accounts", _all, _open, operator=True, once=True, menu=MenuEntry("Accounts", 110, Group.RECORDS)),
    PageRoute("/accounts/{user:path}", _one, _change, operator=True),
)
