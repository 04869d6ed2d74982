"""The own account with its password and tokens, and, for operators, all accounts."""

from starlette.responses import Response

from emulator.transports.portal.operations.accounts import (
    ACCOUNTS,
    MAKE_TOKEN,
    ME,
    OPEN_ACCOUNT,
    REVOKE_TOKEN,
    TOKENS,
)
from emulator.transports.portal.problems import BadInput, WrongPassword
from emulator.transports.portal.web.page import Page, PageRoute
from emulator.transports.portal.web.pages.front import logged_in


def _own(page: Page) -> Response:
    secret, page.session.shown_once = page.session.shown_once, None
    return page.draw("account.html", account=page.do(ME), tokens=page.do(TOKENS).rows, secret=secret)


def _password(page: Page) -> Response:
    """Change the own password: the old one is asked for, and every other session of the account ends."""
    old, new = str(page.form.get("old") or ""), str(page.form.get("password") or "")
    if not old:
        raise BadInput("Fill in the password that you have now.", "old")
    if new != str(page.form.get("repeated") or ""):
        raise BadInput("The new password was not repeated as it is.", "repeated")
    try:
        logged_in(page, page.desk.by, old)
    except WrongPassword as problem:
        problem.field, problem.message = "old", "This is not your password."
        raise
    account = page.do(ME)
    page.do(OPEN_ACCOUNT, user=account.user, password=new, role=account.role, address=account.address)
    page.session = page.portal.sessions.begin(account.user)
    page.tell("The password was changed.")
    return page.lead("/account")


def _make_token(page: Page) -> Response:
    token = page.do(MAKE_TOKEN)
    page.session.shown_once = (token.name, token.secret)
    return page.lead("/account")


def _revoke_token(page: Page) -> Response:
    page.do(REVOKE_TOKEN)
    page.tell("The token was revoked.")
    return page.lead("/account")


def _all(page: Page) -> Response:
    return page.draw("accounts.html", accounts=page.do(ACCOUNTS, **page.place()))


def _open(page: Page) -> Response:
    account = page.do(OPEN_ACCOUNT, password=str(page.form.get("password") or ""))
    page.tell(f"The account {account.user} is open, as {account.role}.")
    return page.lead("/accounts")


PAGES = (
    PageRoute("/account", _own),
    PageRoute("/account/password", send=_password, again=_own),
    PageRoute("/account/tokens", send=_make_token, again=_own),
    PageRoute("/account/tokens/{id:int}/revoke", send=_revoke_token, again=_own),
    PageRoute("/accounts", _all, _open, operator=True),
)
