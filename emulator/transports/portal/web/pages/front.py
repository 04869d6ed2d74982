"""The front page, and logging in and out.

A wrong log-in costs a try of the client and of the account (I); the right one begins a new session under a new name.
"""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from emulator.transports.portal.operations.letters import LETTERS, LetterRow
from emulator.transports.portal.operations.purchase import PAKS, PakAnswer
from emulator.transports.portal.operations.words import Part
from emulator.transports.portal.web.needs import WaitingWork, waiting_work
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import NoFacts, Template
from emulator.transports.web.page import here
from emulator.transports.web.problems import BadInput, TooOften, WrongPassword
from emulator.transports.web.route import MenuEntry, PageRoute


class FrontFacts(msgspec.Struct, frozen=True):
    """Work that waits, PAKs with licenses left, and the newest letters."""

    needs: Sequence[WaitingWork]
    paks: Part[PakAnswer]
    letters: Part[LetterRow]


FRONT_PAGE = Template("front.html", FrontFacts)
LOG_IN_PAGE = Template("log_in.html", NoFacts)

LONGEST_PASSWORD = 200

TOLD = {"logged-out": "You are logged out.", "nothing-done": "Log in first. Nothing was done."}
"""First sentences of the log-in page, by query; without a log-in there is no session to keep them."""


def _front(page: PortalPage) -> Response:
    return page.draw(
        FRONT_PAGE,
        needs=waiting_work(page),
        paks=page.do(PAKS, left_only=True, limit=5),
        letters=page.do(LETTERS, limit=5),
    )


def _log_in(page: PortalPage) -> Response:
    if page.caller is not None:
        return page.lead("/")
    if sentence := TOLD.get(page.value("told")):
        page.tell(sentence, good=page.value("told") == "logged-out")
    return page.draw(LOG_IN_PAGE)


def _let_in(page: PortalPage) -> Response:
    user, password = page.value("user"), page.secret("password")
    if not user or not password:
        raise BadInput("Fill in the user name and the password.", "user" if not user else "password")
    if len(user) > LONGEST_PASSWORD or len(password) > LONGEST_PASSWORD:
        raise WrongPassword
    account = logged_in(page, user, password)
    page.portal.sessions.end(page.session)
    page.session = page.portal.sessions.begin(account)
    return page.lead(here(page.value("next")))


def logged_in(page: PortalPage, user: str, password: str) -> str:
    """The account that this password opens.

    Raises:
        WrongPassword, TooOften: it opens none, or too many were tried.
    """
    client = page.portal.client(page.request)
    if seconds := page.portal.log_ins.take(user, client):
        raise TooOften(seconds)
    account = page.portal.service.accounts.log_in(user, password)
    if account is None:
        raise WrongPassword
    page.portal.log_ins.succeeded(account.name, client)
    return account.name


def _log_out(page: PortalPage) -> Response:
    page.portal.sessions.end(page.session)
    page.session = page.portal.sessions.begin()
    return page.lead("/log-in", told="logged-out")


PAGES = (
    PageRoute("/", _front, menu=MenuEntry("Overview", 10)),
    PageRoute("/log-in", _log_in, _let_in, public=True),
    PageRoute("/log-out", send=_log_out, public=True),
)
