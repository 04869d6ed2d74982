"""The pages of a class as one application, to be served over TLS."""

from collections.abc import Mapping
from functools import cache

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount

from emulator.kernel.errors import EmulatorError
from emulator.transports.classroom import pages
from emulator.transports.classroom.consoles_of import ConsolesOf
from emulator.transports.classroom.face import ClassFace, ClassSettings, class_drawing
from emulator.transports.classroom.lab_portal import PATH, LabPortals
from emulator.transports.classroom.ports import ServedClass, SessionStore
from emulator.transports.web.caller import Caller
from emulator.transports.web.console_socket import line_socket
from emulator.transports.web.consoles import Consoles
from emulator.transports.web.discovery import load_pages
from emulator.transports.web.frame import error_page, web_routes
from emulator.transports.web.guard.body_limits import SizeLimit
from emulator.transports.web.guard.headers import SafeHeaders
from emulator.transports.web.problems import Problem
from emulator.transports.web.route import PageRoute, menu_of
from emulator.transports.web.static import static_files


@cache
def class_pages() -> tuple[PageRoute, ...]:
    """The pages, in the order in which an address is looked for.

    Raises:
        DataFileError: a file of pages or a template is wrong.
    """
    return load_pages(pages, class_drawing())


def class_app(served: ServedClass, store: SessionStore, settings: ClassSettings) -> Starlette:
    """The pages of one class.

    Args:
        served: the class.
        store: keeps log-ins over a restart.
        settings: limits and clocks.
    """
    routes = class_pages()
    face = ClassFace(served, store, menu_of(routes), settings)

    def own_consoles(caller: Caller, path: Mapping[str, str]) -> Consoles | None:
        """The consoles of the caller's own world of a lab; of one that cannot be opened none."""
        lab = served.lab(caller.account, path["lab"])
        try:
            return None if lab is None else lab.consoles
        except EmulatorError:
            return None

    def learners_consoles(caller: Caller, path: Mapping[str, str]) -> Consoles | None:
        """The consoles of a learner's world, for the teacher, who sits there in the learner's name.

        A lab that the learner has not begun has none.
        """
        lab = served.lab(path["id"], path["lab"]) if caller.operator else None
        try:
            return None if lab is None or not lab.begun else ConsolesOf(path["id"], lab.consoles)
        except EmulatorError:
            return None

    async def failed(request: Request, error: Exception) -> Response:
        return await error_page(face, error, request)

    async def client_gone(_request: Request, _error: Exception) -> Response:
        return Response(status_code=400)

    app = Starlette(
        routes=[
            static_files(),
            Mount(PATH, LabPortals(face)),
            line_socket("/learn/{lab}/console/{router}/{line}/socket", face, own_consoles),
            line_socket("/class/learners/{id}/{lab}/console/{router}/{line}/socket", face, learners_consoles),
            *web_routes(face, routes),
        ],
        middleware=[Middleware(SafeHeaders, own_frames=True), Middleware(SizeLimit, limit=settings.most_bytes)],
        exception_handlers={
            **dict.fromkeys((HTTPException, Problem, EmulatorError, Exception), failed),
            ClientDisconnect: client_gone,
        },
    )
    app.state.face = face
    return app
