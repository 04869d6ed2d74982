"""Coming in by a personal link or by typing its code, the way to one's own first page, and going."""

from starlette.responses import Response

from emulator.transports.classroom.face import ClassPage
from emulator.transports.classroom.ports import Attendee
from emulator.transports.web.drawing import NoFacts, Template
from emulator.transports.web.guard.attempts import network_of
from emulator.transports.web.problems import BadInput, TooOften
from emulator.transports.web.route import PageRoute

CODE_PAGE = Template("code.html", NoFacts)

UNKNOWN = "This class has no such code. A code has 16 letters and digits, such as k3mq-97dx-r2vb-t5wn."


def _front(page: ClassPage) -> Response:
    return page.lead("/class/wall" if page.attendee.teacher else "/learn")


def _ask(page: ClassPage) -> Response:
    return page.draw(CODE_PAGE)


def _come_in(page: ClassPage) -> Response:
    attendee = _attendee(page, page.secret("code"))
    page.session = page.face.sessions.begin(attendee.id)
    wanted = page.value("next")
    return page.lead(wanted if wanted.startswith("/learn/") else "/")


def _join(page: ClassPage) -> Response:
    """Follow a personal link; whoever is logged in already as that person goes on in the same session."""
    attendee = _attendee(page, str(page.request.path_params["code"]))
    if page.session.account != attendee.id:
        page.session = page.face.sessions.begin(attendee.id)
    return page.lead("/")


def _attendee(page: ClassPage, code: str) -> Attendee:
    """The learner of a code, or the teacher; the wrong tries of others keep no right code out.

    Raises:
        BadInput: there is no such code.
        TooOften: nor one of many others from this address.
    """
    found = page.face.served.by_code(code)
    if found is None:
        where = [network_of(page.face.client(page.request))]
        if seconds := page.face.codes.take(where):
            raise TooOften(seconds)
        raise BadInput(UNKNOWN, "code")
    return found


def _leave(page: ClassPage) -> Response:
    page.face.sessions.end(page.session)
    page.session = page.face.sessions.begin()
    return page.lead("/log-in")


PAGES = (
    PageRoute("/", _front),
    PageRoute("/log-in", _ask, _come_in, public=True),
    PageRoute("/join/{code}", _join, public=True),
    PageRoute("/log-out", send=_leave, public=True),
)
