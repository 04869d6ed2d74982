"""One request for a page: who asks, what was typed, and how the answer is drawn.

A page is two functions: `show` draws it, `send` carries its form out and leads on to another page (so that loading
anew sends nothing twice). What is wrong with a form is raised as a `Problem`; the page is then drawn again with what
was typed, and with the problem beside its field.
"""

from collections.abc import Iterable, Sequence
from secrets import token_urlsafe
from typing import Any, Protocol
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from emulator.transports.web.caller import Caller
from emulator.transports.web.drawing import Drawing, Template
from emulator.transports.web.guard.body_limits import Bodies
from emulator.transports.web.guard.sessions import BrowserSession, Sessions
from emulator.transports.web.problems import BadInput, Problem
from emulator.transports.web.route import MenuGroup, MenuLink, menu_for

SEE_OTHER = 303


class Face(Bodies, Protocol):
    """A web face: its accounts, its sessions and its menu.

    Attributes:
        name: as titles and the head of every page call it.
        cookie: name of the cookie that holds a session.
        secure: it is reached over TLS, so that its cookie travels over nothing else.
        menu: of its pages.
        drawing: its templates.
        warnings: sentences for the head of every page.
    """

    name: str
    cookie: str
    secure: bool
    sessions: Sessions
    menu: tuple[MenuGroup, ...]
    drawing: Drawing

    def warnings(self) -> Sequence[str]:
        """Sentences for the head of every page."""

    def caller(self, account: str, client: str, /) -> Caller | None:
        """Caller for the account of a name, as it is now; None for an account that no longer exists."""

    def page(self, request: Request, session: BrowserSession, /) -> "Page":
        """The page of a request."""

    def problem_of(self, error: Exception, /) -> Problem | None:
        """Problem for an error that only this face knows."""


class Page:
    """One request."""

    def __init__(self, face: Face, request: Request, session: BrowserSession) -> None:
        self.face, self.request, self.session = face, request, session
        self.caller: Caller | None = None
        self.form: FormData = FormData()
        self.problems: list[Problem] = []
        self.size = 0

    @property
    def sent(self) -> bool:
        return self.request.method == "POST"

    # --- what was typed ----------------------------------------------------------------------------------------

    def value(self, name: str, default: str = "") -> str:
        """One field as text: of the form that was sent, or where none was, of the address; else of the path."""
        found = self.form.get(name)
        if found is None and not self.sent:
            found = self.request.query_params.get(name)
        if found is None and name in self.request.path_params:
            found = str(self.request.path_params[name])
        return found.strip() if isinstance(found, str) else default

    def secret(self, name: str) -> str:
        """A field that is taken as it was typed, and from the body alone: no address shows it."""
        found = self.form.get(name)
        return found if isinstance(found, str) else ""

    def values(self, name: str) -> list[str]:
        """All that was ticked under one name."""
        given = self.form.getlist(name) if name in self.form else self.request.query_params.getlist(name)
        return [value for value in given if isinstance(value, str)]

    def file(self, name: str) -> bytes:
        """The content of a file that was chosen; empty where none was."""
        found = self.form.get(name)
        return found.file.read() if isinstance(found, UploadFile) else b""

    def number(self, name: str, default: int = 0) -> int:
        """A whole number.

        Raises:
            BadInput: something else was typed.
        """
        text = self.value(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise BadInput("Write a whole number.", name)
        return int(text)

    # --- acts --------------------------------------------------------------------------------------------------

    def new_key(self) -> str:
        """The key of a form that is to be carried out once."""
        return token_urlsafe(16)

    def tell(self, sentence: str, *, good: bool = True) -> None:
        """Say this on the next page that is shown."""
        self.session.tell("good" if good else "bad", sentence)

    # --- lists -------------------------------------------------------------------------------------------------

    def place(self, limit: int = 50) -> dict[str, Any]:
        """Offset and limit of the part of a list that is asked for."""
        self.size = limit
        return {"offset": self.number("offset"), "limit": limit}

    def query(self, names: Iterable[str]) -> dict[str, str]:
        """The filters that are set, for a link to another part of the same list."""
        return {name: self.value(name) for name in names if self.value(name)}

    def elsewhere(self, offset: int, names: Iterable[str] = ()) -> str:
        """The address of another part of this list."""
        return f"{self.request.url.path}?{urlencode({**self.query(names), 'offset': str(max(0, offset))})}"

    # --- the frame of the page ---------------------------------------------------------------------------------

    @property
    def menu(self) -> tuple[MenuGroup, ...]:
        """The menu for who is logged in."""
        return menu_for(self.face.menu, operator=self.caller is not None and self.caller.operator)

    def under(self, link: MenuLink) -> bool:
        """Tell whether this page belongs to an entry of the menu."""
        return link.leads_to(self.request.url.path)

    def in_group(self, group: MenuGroup) -> bool:
        """Tell whether this page belongs to a group of the menu."""
        return any(self.under(link) for link in group.links)

    # --- answers -----------------------------------------------------------------------------------------------

    def draw(self, template: Template, **facts: object) -> Response:
        """Draw the page from a template and the facts that it shows."""
        told, self.session.told = self.session.told, []
        status = next((problem.status for problem in self.problems), 200)
        text = self.face.drawing.draw(template, self, told=told, **facts)
        waits = [problem.retry_after for problem in self.problems if problem.retry_after is not None]
        headers = {"Retry-After": str(max(waits))} if waits else None
        return HTMLResponse(text, status_code=status, headers=headers)

    def lead(self, address: str, **query: str) -> Response:
        """Go on to another page of this face."""
        return RedirectResponse(address + (f"?{urlencode(query)}" if query else ""), SEE_OTHER)

    def problem(self, name: str) -> str:
        """Problems of a field in one text, or empty."""
        return " ".join(problem.message for problem in self.problems if problem.field == name)


def session_of(face: Face, connection: HTTPConnection) -> BrowserSession | None:
    """The session that a browser shows, unless it is over."""
    return face.sessions.find(connection.cookies.get(face.cookie, ""))
