"""The way from the page of a lab to the license portal of the learner's own world, which is mounted below it."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from emulator.kernel.errors import EmulatorError
from emulator.transports.classroom.face import ClassFace
from emulator.transports.web.frame import error_page
from emulator.transports.web.guard.sessions import SharedSessions
from emulator.transports.web.page import SEE_OTHER, session_of
from emulator.transports.web.problems import NotThere

PATH = "/learn/{lab}/portal"


class LabPortals:
    """Application that leads each caller to the portal of their own world in the lab that the address names."""

    def __init__(self, face: ClassFace) -> None:
        """Get ready for the people of a class."""
        self._face = face

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        session = session_of(self._face, request)
        account = None if session is None or session.account is None else session.account
        caller = None if account is None else await run_in_threadpool(self._face.caller, account, "")
        if caller is None:
            await RedirectResponse("/log-in", SEE_OTHER)(scope, receive, send)
            return
        lab = self._face.served.lab(caller.account, str(request.path_params["lab"]))
        if lab is None:
            await (await self._told(request, NotThere("This class has no such lab.")))(scope, receive, send)
            return
        try:
            portal = await run_in_threadpool(lab.portal, SharedSessions(self._face.sessions, self._face.cookie))
        except EmulatorError as error:
            await (await self._told(request, error))(scope, receive, send)
            return
        await portal({**scope, "path_params": {}}, receive, send)

    async def _told(self, request: Request, error: Exception) -> Response:
        """A page of the class that tells of an error."""
        return await error_page(self._face, error, Request({**request.scope, "root_path": ""}, request.receive))
