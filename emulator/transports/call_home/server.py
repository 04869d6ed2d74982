"""The licensing server that routers call home to: HTTPS endpoints over the back end's use cases.

A call is read from its signed document, its user is logged in, and its operation is done as one transaction; what is
answered was written before. Everything that could be guessed (passwords, PAKs) has a rate, in wall time. A back end
that is locked or away is told with 503 and when to come again; the device makes the same call again.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Protocol

from anyio import CapacityLimiter, move_on_after, to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from emulator.backend.refusals import PortalError
from emulator.kernel.time import Instant
from emulator.keys.canonical_xml import InvalidDocument
from emulator.keys.signing import Verifier
from emulator.licensing.udi import Udi
from emulator.router.ports import CallRefused
from emulator.transports.call_home.log_ins import LogIns
from emulator.transports.call_home.wire import CALL_LIMIT, CONTENT_TYPE, read_call, write_answer
from emulator.world.call_home.protocol import ACTS, CHANGING, Answer, Call, refusal

if TYPE_CHECKING:
    from emulator.backend.service import LicensingService

PATH = "/SWIFT/Licensing"
"""Path at which calls are answered: that of the vendor's address (R)."""

HEALTH = "/health"

HEALTH_PATIENCE = 5.0
"""Seconds that the back end may take to show that it is there."""

COME_AGAIN = 2
"""Seconds after which a device may call again if the back end is away."""


class LookupLimit(Protocol):
    """A limit on wrong names: of a PAK, a device or a ticket."""

    def wait(self, account: str, client: str, /) -> int:
        """Whole seconds until this account may try again from this address; 0 means now."""

    def failed(self, account: str, client: str, /) -> None:
        """Count one that was wrong."""


class PasswordLimit(LookupLimit, Protocol):
    """A limit on wrong passwords."""

    def remember(self, account: str, client: str, /) -> None:
        """Note that the account has logged in from this address."""


class CallHandler:
    """Answers calls; used by many threads at once."""

    def __init__(
        self,
        service: "LicensingService",
        now: Callable[[], Instant],
        device_verifier: Callable[[Udi], Verifier],
        *,
        log_ins: LogIns,
        passwords: PasswordLimit,
        lookups: LookupLimit,
        taking: Callable[[Call], AbstractContextManager[None]] = lambda _: nullcontext(),
    ) -> None:
        """Prepare to answer calls.

        Args:
            service: the back end.
            now: the simulated time.
            device_verifier: checks what a device signed; called with any well-formed UDI.
            log_ins: checks passwords.
            passwords, lookups: how often they may be wrong.
            taking: what a call that changes something takes effect within.
        """
        self._taking = taking
        self._service, self._now, self._device_verifier = service, now, device_verifier
        self._log_ins, self._passwords, self._lookups = log_ins, passwords, lookups

    def answer(self, body: bytes, client: str) -> Response:
        """The answer to a call from a client's address."""
        try:
            call = read_call(body, self._device_verifier)
        except InvalidDocument as error:
            return _answered(CallRefused("other", f"The call is not valid: it {error.reason}."), 400)
        user = call.who.user
        if seconds := self._passwords.wait(user, client):
            return _later(429, seconds)
        try:
            if not self._log_ins.accept(user, call.who.password):
                self._passwords.failed(user, client)
                return _answered(CallRefused("log-in"), 403)
            self._passwords.remember(user, client)
            if seconds := self._lookups.wait(user, client):
                return _later(429, seconds)
            with self._taking(call) if call.operation in CHANGING else nullcontext():
                return _answered(ACTS[call.operation](self._service, call, self._now()))
        except ValueError as error:
            return _answered(CallRefused("other", f"The call is not valid: {error}."), 400)
        except PortalError as error:
            return self._refused(error, user, client)

    def _refused(self, error: PortalError, user: str, client: str) -> Response:
        if error.refusal.guess:
            self._lookups.failed(user, client)
        if error.refusal.name == "SERVICE_DOWN":
            return _later(503, error.retry_after or COME_AGAIN)
        return _answered(refusal(error), 422)


def call_home_app(handler: CallHandler, healthy: Callable[[], bool]) -> Starlette:
    """The server as an application; `healthy` says whether the back end answers."""

    async def call(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != CONTENT_TYPE:
            return PlainTextResponse(f"A call is {CONTENT_TYPE}.\n", 415)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return PlainTextResponse("", 400)
        if body is None:
            return PlainTextResponse(f"A call has at most {CALL_LIMIT} bytes.\n", 413, {"Connection": "close"})
        return await run_in_threadpool(handler.answer, body, request.client.host if request.client else "")

    askers = CapacityLimiter(1)  # apart from the threads that calls wait in

    def answers() -> bool:
        try:
            return healthy()
        except PortalError:
            return False

    async def health(_request: Request) -> Response:
        good = False
        with move_on_after(HEALTH_PATIENCE):
            good = await to_thread.run_sync(answers, abandon_on_cancel=True, limiter=askers)
        if good:
            return PlainTextResponse("ok\n")
        return PlainTextResponse("the back end does not answer\n", 503, {"Retry-After": str(COME_AGAIN)})

    return Starlette(routes=[Route(PATH, call, methods=["POST"]), Route(HEALTH, health, methods=["GET"])])


async def _body(request: Request) -> bytes | None:
    """Return what was sent, or None if that is too much."""
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > CALL_LIMIT:
            return None
    return bytes(data)


def _answered(answer: Answer | CallRefused, status: int = 200) -> Response:
    return Response(write_answer(answer), status, media_type=CONTENT_TYPE)


def _later(status: int, seconds: int) -> Response:
    headers: Mapping[str, str] = {"Retry-After": str(seconds)}
    return PlainTextResponse("Come again later.\n", status, headers)
