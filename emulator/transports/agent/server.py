"""The license agents of all routers of a world: one application behind each of the two web servers.

The address that a client connected to says which router is asked, and nothing of one is made before. A request is let
in by access class, path, access list, password and number of sessions, in this order, before its body is read; the body
is bounded, and checked with the schema before any of it is carried out. What changes something is an input of the
world, and what only reads is counted. I: the access class refuses as the access list of a listener does; a connection
above `ip http max-connections` takes the place of the one that has been idle for longest.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from emulator.console.line.admission import permits
from emulator.console.line.inputs import InputSink
from emulator.kernel.events import Event
from emulator.keys.canonical_xml import InvalidDocument
from emulator.license_agent.applying import answer, carry_out, counts_of
from emulator.license_agent.causes import AgentCause
from emulator.license_agent.documents import REQUEST_LIMIT, read_request, write_answer, write_refusal
from emulator.license_agent.inputs import AgentAsked, AgentCounted, AgentCounter
from emulator.license_agent.messages import AgentAnswer, AgentRequest
from emulator.license_agent.schema import schema_text
from emulator.router.device import Router
from emulator.router.events import LicenseAgentSessionsCleared
from emulator.router.network.agent_settings import AgentListener, agent_listener, session_limit
from emulator.router.network.web_servers import WebServer, connection_limit, is_serving, web_access_list, web_port
from emulator.transports.agent.log_ins import AgentLogIns
from emulator.transports.agent.sessions import AgentConnection, AgentSessions
from emulator.transports.connections.intake import Intakes, TooMuch
from emulator.transports.connections.pending_counts import BeforeInputs, PendingCounts, TakingInput
from emulator.transports.connections.slots import Slots
from emulator.transports.web.problems import TooOften

XML = "application/xml"
XML_TYPES = {XML, "text/xml"}
REALM = 'Basic realm="level_15_access"'
COME_AGAIN = 5
"""Seconds after which a client may come again that finds all sessions taken."""

COUNTED_EVERY = 10.0
"""Seconds of real time after which counts become an input of the world."""


class Turned(Exception):
    """A request is turned away."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def turned(status: int, text: str, headers: Mapping[str, str] | None = None) -> Turned:
    """Make the refusal of a request, in plain text."""
    return Turned(PlainTextResponse(f"{text}\n", status, headers))


class AgentServer:
    """Answers the requests to the license agents of a world."""

    def __init__(
        self,
        sink: InputSink,
        routers: Mapping[str, Router],
        router_at: Callable[[str], Router | None],
        catch_up: Callable[[], Awaitable[None]],
        settle: Callable[[], None],
        before: BeforeInputs,
    ) -> None:
        """Serve a world.

        Args:
            sink: takes its inputs.
            routers: those of the rack, by name.
            router_at: the router at an address.
            catch_up: lets simulated time pass up to now.
            settle: lets happen what is due now.
            before: has counts written down before its inputs.
        """
        self._sink, self._routers, self._router_at = sink, routers, router_at
        self._catch_up, self._settle, self._before = catch_up, settle, before
        self._counts, self._sessions = PendingCounts[AgentCounter](), AgentSessions()
        self._log_ins, self._intakes = AgentLogIns(), Intakes()
        self._slots: dict[str, Slots] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.get_ident()
        self.disconnect: Callable[[AgentConnection], None] = lambda _: None

    # --- what the web servers need to know ---------------------------------------------------------------------

    def app(self, server: WebServer) -> Callable[[Any, Any, Any], Awaitable[None]]:
        """Return the application behind a web server."""
        return partial(self._serve, server)

    def admits(self, server: WebServer, port: int, address: str) -> Slots | None:
        """Return the slots of the router at an address; None: it has no such web server at this port."""
        router = self._router_at(address)
        if router is None or router.state.running is None:
            return None
        configuration = router.configuration
        if not is_serving(configuration, server) or web_port(configuration, server) != port:
            return None
        slots = self._slots.setdefault(router.name, Slots(0))
        slots.most = connection_limit(configuration)
        return slots

    def gone(self, connection: AgentConnection) -> None:
        """Take note of the end of a connection."""
        router = self._sessions.leave(connection)
        if router is not None:
            self._counts.add(router, {})

    def hear(self, event: Event) -> None:
        """Close the sessions of a router where a user had them cleared."""
        if isinstance(event, LicenseAgentSessionsCleared) and self._loop is not None:
            if threading.get_ident() == self._thread:
                self._close_sessions(event.router)
            else:
                self._loop.call_soon_threadsafe(self._close_sessions, event.router)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Count what is served meanwhile; sessions of an earlier server are over."""
        self._loop, self._thread = asyncio.get_running_loop(), threading.get_ident()
        self._before.writers.append(self._note_counts)
        for router in self._routers.values():
            if router.state.running is not None and router.running.agent.sessions:
                self._counts.add(router.name, {})
        writing = self._loop.create_task(self._write_now_and_then())
        try:
            yield
        finally:
            writing.cancel()

    def note(self, router: str, counter: AgentCounter) -> None:
        """Count one more for a router."""
        self._counts.add(router, {counter: 1})

    async def _write_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(COUNTED_EVERY)
            self._before.write()

    def _close_sessions(self, router: str) -> None:
        for connection in self._sessions.of(router):
            self.disconnect(connection)

    def _note_counts(self, taking: TakingInput) -> None:
        for name, counted in self._counts.take().items():
            router = self._routers.get(name)
            if router is not None and router.state.running is not None:
                what = AgentCounted(name, dict(counted), self._sessions.count(name))
                with taking(what):
                    carry_out(router, what)

    # --- one request -------------------------------------------------------------------------------------------

    async def _serve(self, server: WebServer, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        try:
            response = await self._respond(server, request)
        except Turned as refused:
            response = refused.response
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _respond(self, server: WebServer, request: Request) -> Response:
        connection = AgentConnection(tuple(request.scope["server"]), tuple(request.scope["client"]))
        router = self._router_at(connection.local[0])
        listener = None
        if router is not None and router.state.running is not None:
            allowed = web_access_list(router.configuration)
            if allowed and not permits(router.configuration, allowed, connection.peer[0]):
                raise turned(403, "Forbidden")
            listener = agent_listener(router.configuration, server)
        if router is None or listener is None or request.scope["path"] != listener.path:
            raise turned(404, "Not Found")
        try:
            return await self._at_listener(router, listener, connection, request)
        except Turned:
            self._counts.add(router.name, {AgentCounter.REQUESTS: 1, AgentCounter.REQUEST_ERRORS: 1})
            raise

    async def _at_listener(
        self, router: Router, listener: AgentListener, connection: AgentConnection, request: Request
    ) -> Response:
        if listener.access_list and not permits(router.configuration, listener.access_list, connection.peer[0]):
            raise turned(403, "Forbidden")
        if request.method not in {"GET", "POST"}:
            raise turned(405, "Method Not Allowed", {"Allow": "GET, POST"})
        user = await self._user(router, connection, request) if listener.authenticates else ""
        if user is None:
            raise turned(401, "Unauthorized", {"WWW-Authenticate": REALM})
        if not self._sessions.enter(connection, router.name, session_limit(router.configuration)):
            raise turned(503, "All sessions are in use.", {"Retry-After": str(COME_AGAIN), "Connection": "close"})
        self._counts.add(router.name, {})
        if request.method == "GET":
            return Response(schema_text(), media_type=XML)
        asked = await self._read(router, request)
        booted = router.running.booted
        await self._catch_up()
        if router.state.running is None or router.running.booted != booted:
            raise turned(503, "The device restarts.", {"Connection": "close"})
        answered = self._answer(router, AgentAsked(router.name, user, connection.peer[0], asked))
        if answered is None:
            self.disconnect(connection)
            raise turned(503, "The device has lost its power.", {"Connection": "close"})
        return Response(write_answer(answered), media_type=XML)

    async def _user(self, router: Router, connection: AgentConnection, request: Request) -> str | None:
        try:
            return await self._log_ins.user(router, connection.peer[0], request.headers.get("authorization", ""))
        except TooOften as error:
            told = {"Retry-After": str(error.retry_after), "Connection": "close"}
            raise turned(429, "Too many passwords were wrong.", told) from error

    async def _read(self, router: Router, request: Request) -> AgentRequest:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in XML_TYPES:
            raise turned(415, f"A message is {XML}.", {"Connection": "close"})
        data = bytearray()
        async for part in request.stream():
            data += part
            if len(data) > REQUEST_LIMIT:
                raise turned(413, f"A message has at most {REQUEST_LIMIT} bytes.", {"Connection": "close"})
        try:
            asked = read_request(bytes(data))
            if not asked.reads:
                self._intakes.take(router.name, len(data))
        except InvalidDocument as error:
            text = f"The message {error.reason}."
            raise Turned(Response(write_refusal(AgentCause.INVALID_MESSAGE, text), 400, media_type=XML)) from error
        except TooMuch as error:
            raise turned(429, "Too much was sent.", {"Retry-After": str(error.seconds)}) from error
        return asked

    def _answer(self, router: Router, what: AgentAsked) -> AgentAnswer | None:
        """Bring a request into the world; None: the power failed meanwhile."""
        if what.request.reads:
            answered = answer(router, what.request)
            self._counts.add(router.name, counts_of(answered))
            return answered
        with self._sink.taking(what):
            found = carry_out(router, what)
        self._settle()
        return found
