"""The portal as one application, to be served over TLS (or plain HTTP on a loopback address)."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount

from emulator.backend.refusals import PortalError
from emulator.backend.service import LicensingService
from emulator.kernel.time import Instant
from emulator.transports.portal.api.routes import api_routes, problem_as_json
from emulator.transports.portal.context import LabAround, Portal, PortalWeb, SurroundingLab
from emulator.transports.portal.lab_media import LabMedia, NoLabMedia
from emulator.transports.portal.operation import Taking, at_once
from emulator.transports.portal.operations.registration import REGISTER
from emulator.transports.portal.settings import PortalSettings
from emulator.transports.portal.web.all_pages import portal_pages
from emulator.transports.portal.web.page import PortalPage, portal_drawing
from emulator.transports.web.console_socket import console_routes
from emulator.transports.web.consoles import Consoles, NoConsoles
from emulator.transports.web.drafts import DraftStore
from emulator.transports.web.frame import error_page, problem_of, web_routes
from emulator.transports.web.gallery import GALLERY
from emulator.transports.web.guard.body_limits import SizeLimit
from emulator.transports.web.guard.headers import SafeHeaders
from emulator.transports.web.json_interface import BASE
from emulator.transports.web.problems import Problem
from emulator.transports.web.route import PageRoute, menu_of
from emulator.transports.web.static import static_files


async def client_gone(_request: Request, _error: Exception) -> Response:
    """Answer a client that hung up before its request was whole; the answer is not read and no error is logged."""
    return Response(status_code=400)


def portal_app(
    service: LicensingService,
    now: Callable[[], Instant],
    calendar: Callable[[Instant], datetime],
    settings: PortalSettings | None = None,
    warnings: Callable[[], Sequence[str]] = tuple,
    taking: Taking = at_once,
    consoles: Consoles | None = None,
    media: LabMedia | None = None,
    drafts: DraftStore | None = None,
    around_lab: SurroundingLab | None = None,
    guarded: Callable[[PageRoute], PageRoute] | None = None,
) -> Starlette:
    """The portal of one back end.

    Args:
        service: whose use cases it offers; called from many threads.
        now: the simulated instant.
        calendar: the simulated date of an instant, in UTC.
        settings: how it stands in its network.
        warnings: what logged-in users are told at the head of every page.
        taking: what an operation that changes something takes effect within.
        consoles: the lines of the routers; None where there are none.
        media: where routers find files; None where there are none.
        drafts: keeps forms that were left over a restart; None: they end with the server.
        around_lab: the page of a learner's lab in which it stands, without the JSON interface and the consoles.
        guarded: puts conditions of its surroundings before a page.
    """
    pages = portal_pages() if guarded is None else tuple(map(guarded, portal_pages()))
    web = PortalWeb(portal_drawing(), menu_of(pages), PortalPage)
    settings = settings or PortalSettings()
    lab = LabAround(consoles or NoConsoles(), media or NoLabMedia())
    portal = Portal(
        service, now, calendar, settings, REGISTER.carry_out, warnings, taking, web, lab, drafts, around_lab
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        portal.jobs.close()

    async def failed(request: Request, error: Exception) -> Response:
        """Errors below `/api/v1` are JSON, all others are pages."""
        if request.url.path.startswith(BASE):
            response = problem_as_json(problem_of(portal, error))
        else:
            response = await error_page(portal, error, request)
        if allowed := (getattr(error, "headers", None) or {}).get("Allow"):
            response.headers["Allow"] = allowed
        return response

    beside = [] if around_lab else [*console_routes(portal, lab.consoles), Mount(BASE, routes=api_routes(portal))]
    app = Starlette(
        routes=[
            static_files(),
            *beside,
            *web_routes(portal, (*pages, *GALLERY) if settings.gallery else pages),
        ],
        middleware=[
            Middleware(SafeHeaders, own_frames=around_lab is not None),
            Middleware(SizeLimit, limit=portal.settings.most_bytes),
        ],
        exception_handlers={
            **dict.fromkeys((HTTPException, Problem, PortalError, Exception), failed),
            ClientDisconnect: client_gone,
        },
        lifespan=lifespan,
    )
    app.state.portal = portal
    return app
