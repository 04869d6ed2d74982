"""The web face of the manager as one application, to be served over TLS."""

import logging

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount

from emulator.transports.manager_web.api import api_routes, problem_as_json
from emulator.transports.manager_web.face import ManagerFace
from emulator.transports.manager_web.ports import ServedManager
from emulator.transports.manager_web.settings import ManagerSettings
from emulator.transports.web.guard.body_limits import SizeLimit
from emulator.transports.web.guard.headers import SafeHeaders
from emulator.transports.web.json_interface import BASE
from emulator.transports.web.problems import Failed, NotThere, Problem, WrongMethod

LOG = logging.getLogger(__name__)


def manager_app(served: ServedManager, settings: ManagerSettings) -> Starlette:
    """The web face of one manager."""
    face = ManagerFace(served, settings)

    async def failed(_: Request, error: Exception) -> Response:
        response = problem_as_json(_problem(error))
        if allowed := (getattr(error, "headers", None) or {}).get("Allow"):
            response.headers["Allow"] = allowed
        return response

    async def client_gone(_request: Request, _error: Exception) -> Response:
        return Response(status_code=400)

    app = Starlette(
        routes=[Mount(BASE, routes=api_routes(face))],
        middleware=[Middleware(SafeHeaders), Middleware(SizeLimit, limit=settings.most_bytes)],
        exception_handlers={
            **dict.fromkeys((HTTPException, Problem, Exception), failed),
            ClientDisconnect: client_gone,
        },
    )
    app.state.face = face
    return app


def _problem(error: Exception) -> Problem:
    """Problem for an error outside of a call; an internal error tells nothing of the program."""
    if isinstance(error, Problem):
        return error
    status = getattr(error, "status_code", 500)
    if status == 404:
        return NotThere()
    if status == 405:
        return WrongMethod()
    if status == 500:
        LOG.error("a request failed", exc_info=error)
        return Failed()
    return Problem("The request cannot be read.")
