"""Logging in to a face by user name and password, and logging out.

A wrong log-in costs a try of the client and of the account (I); the right one begins a new session under a new name.
"""

from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from emulator.transports.web.drawing import Template
from emulator.transports.web.guard.attempts import LogInAttempts
from emulator.transports.web.page import Face, Page, here
from emulator.transports.web.problems import BadInput, TooOften, WrongPassword
from emulator.transports.web.route import PageRoute

LONGEST_PASSWORD = 200
"""Characters of a user name or password that are looked at; a longer one is wrong."""

TOLD = {"logged-out": "You are logged out.", "nothing-done": "Log in first. Nothing was done."}
"""First sentences of the log-in page, by query; without a log-in there is no session to keep them."""


class PasswordFace(Face, Protocol):
    """A face whose accounts have passwords.

    Attributes:
        log_ins: passwords that were tried.
    """

    log_ins: LogInAttempts

    def account_of(self, user: str, password: str, /) -> str | None:
        """Name of the account that a password opens; None if it opens none."""


class PasswordPage(Page):
    """One request for a page of a face whose accounts have passwords."""

    face: PasswordFace


def check_password(face: PasswordFace, request: Request, user: str, password: str) -> str:
    """Name of the account that a password opens; wrong ones are counted.

    Raises:
        WrongPassword, TooOften: it opens none, or too many were tried.
    """
    client = face.client(request)
    if seconds := face.log_ins.take(user, client):
        raise TooOften(seconds)
    account = face.account_of(user, password)
    if account is None:
        raise WrongPassword
    face.log_ins.succeeded(account, client)
    return account


def log_in_pages(drawn: Template[[]]) -> tuple[PageRoute, PageRoute]:
    """Pages that log in and out; `drawn` is the first of them."""

    def ask(page: PasswordPage) -> Response:
        if page.caller is not None:
            return page.lead("/")
        if sentence := TOLD.get(page.value("told")):
            page.tell(sentence, good=page.value("told") == "logged-out")
        return page.draw(drawn)

    return PageRoute("/log-in", ask, _let_in, public=True), PageRoute("/log-out", send=_log_out, public=True)


def _let_in(page: PasswordPage) -> Response:
    user, password = page.value("user"), page.secret("password")
    if not user or not password:
        raise BadInput("Fill in the user name and the password.", "user" if not user else "password")
    if len(user) > LONGEST_PASSWORD or len(password) > LONGEST_PASSWORD:
        raise WrongPassword
    account = check_password(page.face, page.request, user, password)
    page.face.sessions.end(page.session)
    page.session = page.face.sessions.begin(account)
    return page.lead(here(page.value("next")))


def _log_out(page: PasswordPage) -> Response:
    page.face.sessions.end(page.session)
    page.session = page.face.sessions.begin()
    return page.lead("/log-in", told="logged-out")
