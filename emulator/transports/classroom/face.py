"""The web face of a class: its accounts are the teacher and the learners, who come in by the codes of their links."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from emulator.kernel.errors import EmulatorError
from emulator.transports.classroom.kept_sessions import KeptSessions
from emulator.transports.classroom.ports import AttendedLab, Attendee, ServedClass, SessionStore
from emulator.transports.connections.intake import Intakes
from emulator.transports.web.caller import Caller
from emulator.transports.web.drafts import Drafts
from emulator.transports.web.drawing import Drawing
from emulator.transports.web.guard.rate_limits import Rate, Tries
from emulator.transports.web.guard.sessions import BrowserSession, Sessions
from emulator.transports.web.guard.shares import Budget
from emulator.transports.web.page import Page
from emulator.transports.web.problems import NotThere, Problem
from emulator.transports.web.route import MenuGroup

Answered = TypeVar("Answered")

MOST_QR_CODES = 1_000
"""QR codes that are kept once drawn; those of a large class take seconds."""

TEMPLATES = Path(__file__).parent / "templates"


class ClassSettings(msgspec.Struct, frozen=True):
    """Limits of the pages of a class.

    Attributes:
        most_bytes: size of one request.
        bodies, bodies_of_all: bytes of requests that one learner, and all, may have under way.
        log_in_forms, log_in_forms_of_all: the same for one address, and all, before the log-in.
        codes: how often a code may be wrong from one address; a whole class may have the same one.
        origin: address of the class for other machines, without a path; left out, the one that a request names.
        wall: seconds since 1970.
        clock: seconds that never go backwards.
    """

    wall: Callable[[], float]
    clock: Callable[[], float]
    origin: str = ""
    most_bytes: int = 64 * 1024
    bodies: int = 1024 * 1024
    bodies_of_all: int = 16 * 1024 * 1024
    log_in_forms: int = 64 * 1024
    log_in_forms_of_all: int = 8 * 1024 * 1024
    codes: Rate = Rate(60, 2.0)


class ClassFace:
    """The pages of one class; implements `Face`."""

    name = "classroom"
    cookie = "__Host-isrtwin-class"
    secure = True
    for_operators = "This page is for the teacher of the class. Your labs are under Labs."

    def __init__(
        self, served: ServedClass, store: SessionStore, menu: tuple[MenuGroup, ...], settings: ClassSettings
    ) -> None:
        """Get ready.

        Args:
            served: the class.
            store: keeps log-ins over a restart.
            menu: of the pages.
            settings: their limits.
        """
        self.served, self.menu, self.drawing = served, menu, class_drawing()
        self.sessions: Sessions = KeptSessions(settings.wall, store)
        self.drafts = Drafts()
        self.codes = Tries(settings.codes, settings.clock)
        self.origin, self.most_bytes = settings.origin, settings.most_bytes
        self.intakes = Intakes(settings.clock)
        self.bodies = Budget(settings.bodies, settings.bodies_of_all)
        self.log_in_forms = Budget(settings.log_in_forms, settings.log_in_forms_of_all)

    def warnings(self) -> Sequence[str]:
        """No sentences for the head of every page."""
        return ()

    def client(self, request: HTTPConnection) -> str:
        """The network address that a request comes from."""
        return request.client.host if request.client else "unknown"

    def caller(self, account: str, client: str) -> Caller | None:
        """Caller for the learner of an ID or the teacher; None for one who is not on the roster any more."""
        attendee = self.served.attendee(account)
        return None if attendee is None else Caller(attendee.id, client, operator=attendee.teacher)

    def page(self, request: Request, session: BrowserSession) -> "ClassPage":
        """The page of a request."""
        return ClassPage(self, request, session)

    def problem_of(self, error: Exception) -> Problem | None:
        """Problem for a refusal of a lab."""
        return Problem(_sentence(str(error))) if isinstance(error, EmulatorError) else None


class ClassPage(Page):
    """One request for a page of a class."""

    face: ClassFace

    @property
    def attendee(self) -> Attendee:
        """The learner or the teacher who is logged in."""
        assert self.caller is not None, "the frame lets nobody in without a log-in"
        found = self.face.served.attendee(self.caller.account)
        assert found is not None, "the frame has just found this account"
        return found

    @property
    def lab(self) -> AttendedLab:
        """The lab that the address names, of who is logged in.

        Raises:
            NotThere: the class has no such lab.
        """
        found = self.face.served.lab(self.attendee.id, str(self.request.path_params["lab"]))
        if found is None:
            raise NotThere("This class has no such lab.")
        return found

    def unless_known(self, response: Response) -> Response:
        """The parts of a page, not sent again to a page that has them as they are."""
        tag = f'"{sha256(bytes(response.body)).hexdigest()[:32]}"'
        if self.request.headers.get("If-None-Match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        response.headers["ETag"] = tag
        return response

    def ask(self, act: Callable[[], Answered], field: str | None = None) -> Answered:
        """Ask a lab for something; a refusal is told beside `field`.

        Raises:
            Problem: it is refused.
        """
        try:
            return act()
        except EmulatorError as error:
            raise Problem(_sentence(str(error)), field) from error


def _sentence(text: str) -> str:
    """A refusal as a sentence of its own."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"


@cache
def class_drawing() -> Drawing:
    """The templates of the pages of a class."""
    return Drawing(TEMPLATES, ClassPage, {"markdown": _markdown, "qr": qr_code})


def _markdown(text: str) -> Markup:
    """A text of a lab as HTML; HTML in it is shown as it is written. Its headings stand below those of the page."""
    return Markup(_renderer().render(text))  # noqa: S704 - the renderer escapes what it is given


class QrCode(NamedTuple):
    """QR code: length of a side in modules, the quiet zone around it included, and path of the dark ones."""

    side: int
    path: str


@lru_cache(MOST_QR_CODES)
def qr_code(text: str) -> QrCode:
    """Draw a text as a QR code that can be read with 15 % of it lost."""
    import segno

    rows = [list(row) for row in segno.make_qr(text, error="m").matrix_iter(border=4)]
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return QrCode(len(rows), "".join(dark))


@cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("js-default", {"html": False})
