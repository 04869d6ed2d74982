"""One request for a page: who asks, what was typed, and how the answer is drawn.

A page is two functions: `show` draws it, `send` carries its form out and leads on to another page (so that loading
anew sends nothing twice). What is wrong with a form is raised as a `Problem`; the page is then drawn again with what
was typed, and with the problem beside its field.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from secrets import token_urlsafe
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from emulator.transports.portal.context import Portal
from emulator.transports.portal.guard.sessions import BrowserSession
from emulator.transports.portal.operation import Caller, Operation, PortalRequest
from emulator.transports.portal.problems import BadInput, NotThere, Problem
from emulator.transports.portal.web.drawing import Template, draw

Answer = TypeVar("Answer")

SEE_OTHER = 303


class Page:
    """One request."""

    def __init__(self, portal: Portal, request: Request, session: BrowserSession, caller: Caller | None) -> None:
        self.portal, self.request, self.session, self.caller = portal, request, session, caller
        self.form: FormData = FormData()
        self.problems: list[Problem] = []
        self.size = 0

    @property
    def portal_request(self) -> PortalRequest:
        """The use cases, for who is logged in."""
        assert self.caller is not None, "the frame lets nobody in without a log-in"
        return PortalRequest(self.portal, self.caller)

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

    def do(
        self, operation: Operation[Any, Answer], *, named: Mapping[str, str] | None = None, **given: object
    ) -> Answer:
        """Carry out an operation with these inputs and, for those not given, with what was typed.

        `named`: the fields of this page that stand for inputs of another name.
        """
        typed = ((name, self.value(name)) for name in operation.input.__struct_fields__)
        inputs: dict[str, object] = {name: text for name, text in typed if text}
        try:
            return operation.carry_out(self.portal_request, inputs | given)
        except BadInput as problem:
            if problem.field in self.request.path_params:
                raise NotThere(problem.message) from problem
            problem.field = (named or {}).get(problem.field or "", problem.field)
            raise
        except Problem as problem:
            problem.field = (named or {}).get(problem.field or "", problem.field)
            raise

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
    def menu(self) -> Sequence[tuple[str, str]]:
        """Addresses and titles of the portal's pages for the user who is logged in."""
        operator = self.caller is not None and self.caller.operator
        return [(link.address, link.title) for link in self.portal.menu if operator or not link.operator]

    def under(self, address: str) -> bool:
        """Tell whether this page belongs to an entry of the menu."""
        path = self.request.url.path
        return path == address or (address != "/" and path.startswith(f"{address}/"))

    @property
    def today(self) -> datetime:
        """The simulated moment."""
        return self.portal.calendar(self.portal.now())

    # --- answers -----------------------------------------------------------------------------------------------

    def draw(self, template: Template, **facts: object) -> Response:
        """Draw the page from a template and the facts that it shows."""
        told, self.session.told = self.session.told, []
        status = next((problem.status for problem in self.problems), 200)
        text = draw(template, self, told=told, **facts)
        waits = [problem.retry_after for problem in self.problems if problem.retry_after is not None]
        headers = {"Retry-After": str(max(waits))} if waits else None
        return HTMLResponse(text, status_code=status, headers=headers)

    def lead(self, address: str, **query: str) -> Response:
        """Go on to another page of the portal."""
        return RedirectResponse(address + (f"?{urlencode(query)}" if query else ""), SEE_OTHER)

    def problem(self, name: str) -> str:
        """Problems of a field in one text, or empty."""
        return " ".join(problem.message for problem in self.problems if problem.field == name)


PageHandler = Callable[[Page], Response]


class MenuEntry(msgspec.Struct, frozen=True):
    """The entry of a page in the menu: its title, and a number by which the entries are put in order."""

    title: str
    rank: int


class PageRoute(msgspec.Struct, frozen=True):
    """One address.

    Attributes:
        show, send: what GET and POST do; an address without `show` is for a form that stands on another page.
        again: draws the page anew when its form is wrong; `show` unless another is given.
        public: seen without a log-in.
        operator: for operators only.
        menu: its entry in the menu, where it has one.
        once: its form has a key (`form_once` in the templates) and is carried out once, however often it is sent.
    """

    path: str
    show: PageHandler | None = None
    send: PageHandler | None = None
    again: PageHandler | None = None
    public: bool = False
    operator: bool = False
    once: bool = False
    menu: MenuEntry | None = None
