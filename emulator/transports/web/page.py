"""One request for a page: who asks, what was typed, and how the answer is drawn.

A page is two functions: `show` draws it, `send` carries its form out and leads on to another page (so that loading
anew sends nothing twice). What is wrong with a form is raised as a `Problem`; the page is then drawn again with what
was typed, and with the problem beside its field.

Addresses are written as if the face stood at the root of its server. A face may be mounted below another one (ASGI's
`root_path`): on its way out every address is put there, in one place for pages and one for ways on.
"""

import re
from collections.abc import Iterable, Sequence
from secrets import token_urlsafe
from typing import Any, Protocol
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from emulator.transports.web.caller import Caller
from emulator.transports.web.drafts import Drafts, FormDraft
from emulator.transports.web.drawing import Drawing, Facts, Template
from emulator.transports.web.guard.body_limits import Bodies
from emulator.transports.web.guard.sessions import BrowserSession, Sessions
from emulator.transports.web.problems import BadInput, Problem
from emulator.transports.web.route import MenuGroup, MenuLink, menu_for

SEE_OTHER = 303

ADDRESS = re.compile(r"""(\s(?:href|action|formaction|src|data-(?:face|console|parts))=")/(?!/)""")
"""An attribute with an address of this face; a quotation mark of what a page shows is escaped, so it makes none."""

OF_FORMS = frozenset({"form_token", "form_key", "wizard", "act"})
"""Fields of forms that are not typed."""


class Face(Bodies, Protocol):
    """A web face: its accounts, its sessions and its menu.

    Attributes:
        name: as titles and the head of every page call it.
        cookie: name of the cookie that holds a session.
        secure: it is reached over TLS, so that its cookie travels over nothing else.
        menu: of its pages.
        drawing: its templates.
        drafts: forms that were left.
        for_operators: told to others at a page that is for operators.
        warnings: sentences for the head of every page.
    """

    name: str
    cookie: str
    secure: bool
    sessions: Sessions
    drafts: Drafts
    menu: tuple[MenuGroup, ...]
    drawing: Drawing
    for_operators: str

    def warnings(self) -> Sequence[str]:
        """Sentences for the head of every page."""

    def caller(self, account: str, client: str, /) -> Caller | None:
        """Caller for the account of a name, as it is now; None for an account that no longer exists."""

    def page(self, request: Request, session: BrowserSession, /) -> "Page":
        """The page of a request."""

    def problem_of(self, error: Exception, /) -> Problem | None:
        """Problem for an error that only this face knows."""


class Page:
    """One request.

    Attributes:
        caller: who asks; None before a log-in.
        form: fields that were sent.
        problems: of the form, or of the request.
        size: rows of a list that a page shows.
        wizard: name of the draft that its form goes on with, or empty.
        draft: what was typed before, if it was kept.
    """

    face: Face
    caller: Caller | None
    form: FormData
    problems: list[Problem]
    draft: FormDraft | None
    session: BrowserSession
    size: int
    wizard: str

    def __init__(self, face: Face, request: Request, session: BrowserSession) -> None:
        self.face, self.request, self.session = face, request, session
        self.caller = None
        self.form = FormData()
        self.problems = []
        self.size = 0
        self.wizard = ""
        self.draft = None
        self._labels: dict[str, str] = {}

    @property
    def sent(self) -> bool:
        return self.request.method == "POST"

    @property
    def root(self) -> str:
        """The beginning of every address of this face, where it is mounted below another one; else empty."""
        return str(self.request.scope.get("root_path", ""))

    @property
    def path(self) -> str:
        """The path of the address, as if the face stood at the root."""
        return self.request.url.path.removeprefix(self.root) or "/"

    # --- what was typed ----------------------------------------------------------------------------------------

    def value(self, name: str, default: str = "") -> str:
        """One field as text: of the form that was sent, or where none was, of the address, the path, or a draft."""
        found = self.form.get(name)
        if found is None and not self.sent:
            found = self.request.query_params.get(name)
        if found is None and name in self.request.path_params:
            found = str(self.request.path_params[name])
        if found is None and self.draft is not None and (kept := self.draft.get(name)):
            found = kept[-1]
        return found.strip() if isinstance(found, str) else default

    def secret(self, name: str) -> str:
        """A field that is taken as it was typed, and from the body alone: no address shows it."""
        found = self.form.get(name)
        return found if isinstance(found, str) else ""

    def values(self, name: str) -> list[str]:
        """All that was ticked under one name."""
        given = self.form.getlist(name) if name in self.form else self.request.query_params.getlist(name)
        if not given and self.draft is not None:
            return list(self.draft.get(name, ()))
        return [value for value in given if isinstance(value, str)]

    @property
    def untouched(self) -> bool:
        """Tell whether the form was not filled in yet, so that its boxes stand as they begin."""
        return not self.sent and self.draft is None

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
            raise BadInput(f"“{text}” is not a whole number; write digits alone, for example 10.", name)
        return int(text)

    # --- acts --------------------------------------------------------------------------------------------------

    def new_key(self) -> str:
        """The key of a form that is to be carried out once."""
        return token_urlsafe(16)

    def tell(self, sentence: str, *, good: bool = True) -> None:
        """Say this on the next page that is shown."""
        self.session.tell("good" if good else "bad", sentence)

    # --- a form that is left and found again -------------------------------------------------------------------

    def take_up(self, wizard: str) -> None:
        """Go on with the draft of a wizard, unless the address names something else than it has."""
        self.wizard = wizard
        if self.caller is None or self.sent:
            return
        found = self.face.drafts.find(self.caller.account, wizard)
        query = self.request.query_params
        if found is not None and all(found.get(name, (text,))[-1] == text for name, text in query.items()):
            self.draft = found

    def keep_draft(self, wizard: str, fields: FormDraft) -> None:
        """Keep what was typed for the account, in place of what it left there before."""
        if self.caller is not None:
            self.face.drafts.keep(self.caller.account, wizard, fields)

    def drop_draft(self, wizard: str) -> None:
        """Forget a draft, as its wizard is done."""
        if self.caller is not None:
            self.face.drafts.drop(self.caller.account, wizard)

    @property
    def typed(self) -> FormDraft:
        """All text of the form that was sent, but for what belongs to the form itself."""
        names = [name for name in dict.fromkeys(self.form) if name not in OF_FORMS]
        texts = {name: tuple(text for text in self.form.getlist(name) if isinstance(text, str)) for name in names}
        return {name: found for name, found in texts.items() if found}

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
        kept = self.query((*names, "sort"))
        return f"{self.path}?{urlencode({**kept, 'offset': str(max(0, offset))})}"

    def narrowed(self, **changed: str) -> str:
        """The address of the beginning of this list with another filter or order; an empty one is left out."""
        query = {**self.request.query_params, **changed}
        query = {name: text for name, text in query.items() if text and name != "offset"}
        return self.path + (f"?{urlencode(query)}" if query else "")

    # --- the frame of the page ---------------------------------------------------------------------------------

    @property
    def theme(self) -> str:
        """`light` or `dark` where the reader chose one; else empty."""
        chosen = self.request.cookies.get("theme", "")
        return chosen if chosen in {"light", "dark"} else ""

    @property
    def address(self) -> str:
        """Address of the page with its query, to come back to; that of a form alone is its page's beginning."""
        query = self.request.url.query
        return "/" if self.sent else self.path + (f"?{query}" if query else "")

    @property
    def menu(self) -> tuple[MenuGroup, ...]:
        """The menu for who is logged in."""
        return menu_for(self.face.menu, operator=self.caller is not None and self.caller.operator)

    def under(self, link: MenuLink) -> bool:
        """Tell whether this page belongs to an entry of the menu."""
        return link.leads_to(self.path)

    def in_group(self, group: MenuGroup) -> bool:
        """Tell whether this page belongs to a group of the menu."""
        return any(self.under(link) for link in group.links)

    def way_on(self, problem: Problem) -> tuple[str, str]:
        """Address and words of the way on from a page that cannot be shown.

        It leads to the same page where that helps later; else to the entry of the menu that the page belongs to, or to
        the first one.
        """
        links = [link for group in self.menu for link in group.links]
        others = [link for link in (*filter(self.under, links), *links[:1]) if self.sent or link.address != self.path]
        if others and (self.sent or not problem.later):
            return others[0].address, f"Go to {others[0].title}"
        return self.address, "Try again"

    def cause(self, _problem: Problem) -> str:
        """Further sentence of the page about a problem, with its likely cause where this page is; else empty."""
        return ""

    # --- answers -----------------------------------------------------------------------------------------------

    def draw(self, template: Template[Facts], *args: Facts.args, **facts: Facts.kwargs) -> Response:
        """Draw the page from a template and the facts that it shows."""
        told, self.session.told = self.session.told, []
        status = next((problem.status for problem in self.problems), 200)
        text = self.face.drawing.draw(template.file, self, told, template.facts(*args, **facts))
        if self.root:
            text = ADDRESS.sub(lambda found: f"{found[1]}{self.root}/", text)
        waits = [problem.retry_after for problem in self.problems if problem.retry_after is not None]
        headers = {"Retry-After": str(max(waits))} if waits else None
        return HTMLResponse(text, status_code=status, headers=headers)

    def lead(self, address: str, **query: str) -> Response:
        """Go on to another page of this face."""
        return RedirectResponse(self.root + address + (f"?{urlencode(query)}" if query else ""), SEE_OTHER)

    def problem(self, name: str) -> str:
        """Problems of a field in one text, or empty."""
        return " ".join(problem.message for problem in self.problems if problem.field == name)

    def labeled(self, name: str, label: str) -> str:
        """Take note that the page draws a field, under a label; the problems of fields stand beside them."""
        self._labels[name] = label
        return ""

    @property
    def wrong_fields(self) -> list[tuple[str, str]]:
        """Fields of the page, by name and label, beside which a problem stands."""
        return [(name, label) for name, label in self._labels.items() if self.problem(name)]

    @property
    def problems_apart(self) -> list[Problem]:
        """Problems of no field that is on the page."""
        return [problem for problem in self.problems if problem.field not in self._labels]


def here(address: str) -> str:
    """The address, if it is one of this face; else its first page."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if inside and "\\" not in address else "/"


def session_of(face: Face, connection: HTTPConnection) -> BrowserSession | None:
    """The session that a browser shows, unless it is over."""
    return face.sessions.find(connection.cookies.get(face.cookie, ""))
