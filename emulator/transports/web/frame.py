"""The frame around every page: the session, the log-in, the form's token, the role, and what goes wrong.

It is in one place, so that no page can forget it: a POST without the token of its session is refused whatever the
page, and a page that does not say `public` is shown to nobody who is not logged in.
"""

import contextlib
import logging
from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from emulator.transports.web.caller import Caller
from emulator.transports.web.drawing import Template
from emulator.transports.web.guard.body_limits import body_reserved
from emulator.transports.web.guard.idempotency import LONGEST_KEY, mark_of
from emulator.transports.web.guard.sessions import BrowserSession
from emulator.transports.web.page import Face, Page, session_of
from emulator.transports.web.problems import (
    Failed,
    Forbidden,
    NotLoggedIn,
    NotThere,
    Problem,
    StrangeForm,
    WrongMethod,
)
from emulator.transports.web.route import PageHandler, PageRoute
from emulator.transports.web.theme import THEME_PAGE


class ProblemFacts(msgspec.Struct, frozen=True):
    """The problem that stands in the place of a page."""

    problem: Problem


PROBLEM_PAGE = Template("problem.html", ProblemFacts)

LOG = logging.getLogger(__name__)

_SAME_SITE = {"same-origin", "none", ""}


def web_routes(face: Face, pages: Sequence[PageRoute]) -> list[Route]:
    """The pages as Starlette takes them, and those of the frame itself."""
    return [
        Route(
            page.path,
            partial(_serve, face, page),
            methods=[method for method, handler in (("GET", page.show), ("POST", page.send)) if handler],
        )
        for page in (*pages, THEME_PAGE)
    ]


async def _serve(face: Face, route: PageRoute, request: Request) -> Response:
    session = session_of(face, request) or face.sessions.begin()
    page = face.page(request, session)
    try:
        page.caller = await run_in_threadpool(_caller, face, session, face.client(request))
        if page.caller is None and not route.public:
            raise NotLoggedIn
        if page.caller is not None and route.operator and not page.caller.operator:
            raise Forbidden(face.for_operators)
        if route.draft:
            page.take_up(route.draft.format(**request.path_params))
        with body_reserved(face, request, page.caller.account if page.caller else None):
            if request.method == "POST":
                page.form = await request.form(max_files=4, max_fields=12_000, max_part_size=face.most_bytes)
                _made_here(page)
            response = await run_in_threadpool(_answer, route, page)
    except NotLoggedIn:
        response = _to_log_in(page)
    except Problem as problem:
        response = _problem_page(page, problem)
    finally:
        await page.form.close()
    if request.cookies.get(face.cookie) != page.session.id:
        _name_session(face, page.session, response)
    return response


def _caller(face: Face, session: BrowserSession, client: str) -> Caller | None:
    if session.account is None or not face.sessions.stands(session):
        return None
    return face.caller(session.account, client)


def _made_here(page: Page) -> None:
    """A form is taken only with the token of the session that it was shown to, and never from another site."""
    token = page.form.get("form_token")
    if page.request.headers.get("Sec-Fetch-Site", "") not in _SAME_SITE:
        raise StrangeForm
    if not isinstance(token, str) or not page.session.made_form(token):
        raise StrangeForm


def _answer(route: PageRoute, page: Page) -> Response:
    handler = route.send if page.sent else route.show
    assert handler is not None
    if page.sent and page.wizard:
        page.keep_draft(page.wizard, page.typed)
    try:
        return _sent_once(route.send, page) if page.sent and route.once and route.send else handler(page)
    except (Forbidden, NotLoggedIn, NotThere):
        raise
    except Problem as problem:
        again: PageHandler | None = (route.again or route.show) if page.sent else None
        if again is None or problem.status >= 500:
            raise
        page.problems.append(problem)
        return again(page)


def _sent_once(send: PageHandler, page: Page) -> Response:
    """Carry a form out, unless this very form was carried out before; then lead on to where that led."""
    key = page.form.get("form_key")
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY:
        raise StrangeForm
    fields = ((name, text) for name, text in page.form.multi_items() if isinstance(text, str))
    address, again = page.session.once.lead(
        mark_of(page.request.url.path, fields), lambda: send(page).headers["Location"].removeprefix(page.root)
    )
    if again:
        page.tell("This form was sent before; nothing was done twice.")
    return page.lead(address)


def _to_log_in(page: Page) -> Response:
    if page.sent:
        return page.lead("/log-in", told="nothing-done")
    path = page.path + (f"?{query}" if (query := page.request.url.query) else "")
    return page.lead("/log-in", **({} if path == "/" else {"next": path}))


def _problem_page(page: Page, problem: Problem) -> Response:
    page.problems.append(problem)
    return page.draw(PROBLEM_PAGE, problem=problem)


def _name_session(face: Face, session: BrowserSession, response: Response) -> None:
    """Tell the browser the name of its session; no script reads it, and other sites' forms do not send it."""
    secure = face.secure
    response.set_cookie(face.cookie, session.id, httponly=True, samesite="lax", secure=secure, path="/")


async def error_page(face: Face, error: Exception, request: Request) -> Response:
    """Page for an unknown address, and for an internal error; the session stays logged in."""
    page = face.page(request, BrowserSession("", None, "", 0, 0))
    if session := session_of(face, request):
        page.session = session
        with contextlib.suppress(Exception):  # the page about one mistake is shown whatever else goes wrong
            page.caller = await run_in_threadpool(_caller, face, session, face.client(request))
    return _problem_page(page, problem_of(face, error))


def problem_of(face: Face, error: Exception) -> Problem:
    """Problem for an error outside of a page; an internal error tells nothing of the program."""
    if isinstance(error, Problem):
        return error
    if (known := face.problem_of(error)) is not None:
        return known
    status = getattr(error, "status_code", 500)
    if status == HTTPStatus.NOT_FOUND:
        return NotThere()
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return WrongMethod()
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        LOG.error("a page failed", exc_info=error)
        return Failed()
    return Problem("The request cannot be read.")
