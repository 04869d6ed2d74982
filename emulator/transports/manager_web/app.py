"""The web face of the manager as one application, to be served over TLS."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount

from emulator.kernel.errors import EmulatorError
from emulator.transports.manager_web.all_pages import manager_pages
from emulator.transports.manager_web.api import api_routes, problem_as_json
from emulator.transports.manager_web.face import ManagerFace
from emulator.transports.manager_web.metrics import metrics_route
from emulator.transports.manager_web.page import ManagerPage, manager_drawing
from emulator.transports.manager_web.ports import ServedManager
from emulator.transports.manager_web.rights import needed_actions
from emulator.transports.manager_web.settings import ManagerSettings
from emulator.transports.web.drafts import DraftStore
from emulator.transports.web.frame import error_page, problem_of, web_routes
from emulator.transports.web.guard.body_limits import SizeLimit
from emulator.transports.web.guard.headers import SafeHeaders
from emulator.transports.web.json_interface import BASE
from emulator.transports.web.problems import Problem
from emulator.transports.web.route import menu_of
from emulator.transports.web.static import static_files


def manager_app(served: ServedManager, settings: ManagerSettings, drafts: DraftStore | None = None) -> Starlette:
    """The web face of one manager.

    Args:
        served: the manager.
        settings: limits and clocks.
        drafts: keeps forms that were left over a restart; None: they end with the server.
    """
    pages = manager_pages()
    face = ManagerFace(served, settings, ManagerPage, menu_of(pages), needed_actions(pages), manager_drawing(), drafts)

    async def failed(request: Request, error: Exception) -> Response:
        """Errors below `/api/v1` are JSON, all others are pages."""
        if request.url.path.startswith(BASE):
            response = problem_as_json(problem_of(face, error))
        else:
            response = await error_page(face, error, request)
        if allowed := (getattr(error, "headers", None) or {}).get("Allow"):
            response.headers["Allow"] = allowed
        return response

    async def client_gone(_request: Request, _error: Exception) -> Response:
        return Response(status_code=400)

    app = Starlette(
        routes=[static_files(), metrics_route(face), Mount(BASE, routes=api_routes(face)), *web_routes(face, pages)],
        middleware=[Middleware(SafeHeaders), Middleware(SizeLimit, limit=settings.most_bytes)],
        exception_handlers={
            **dict.fromkeys((HTTPException, Problem, EmulatorError, Exception), failed),
            ClientDisconnect: client_gone,
        },
    )
    app.state.face = face
    return app
