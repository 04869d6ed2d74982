"""No request is larger than it may be, and no account or address has more of them under way than it may.

A body counts from before it is read until its answer is there, as large as it says that it is, and as large as it may
be where it does not say. Who is not logged in has small forms only, and a budget apart from that of the accounts. What
an account sends is kept in the world's history, so it has a limit in the long run too.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from emulator.transports.connections.intake import Intakes, TooMuch
from emulator.transports.web.guard.attempts import network_of
from emulator.transports.web.guard.shares import Budget
from emulator.transports.web.problems import Busy, TooLarge

LARGEST_LOG_IN = 16 * 1024
"""Bytes of a form that is sent before the log-in."""


class Bodies(Protocol):
    """A portal as far as the bodies of its requests go."""

    intakes: Intakes
    bodies: Budget
    log_in_forms: Budget
    most_bytes: int

    def client(self, request: HTTPConnection, /) -> str:
        """The network address that a request comes from."""


def body_reserved(portal: Bodies, request: Request, account: str | None) -> AbstractContextManager[None]:
    """Reserve room for the body of a request, of an account or of an unknown caller, for as long as it is used.

    Raises:
        TooLarge: of who is not logged in only small forms are taken, and only with their length.
        Busy: the account has sent too much, or too much is under way, on entering.
    """
    if request.method != "POST":
        return nullcontext()
    length = request.headers.get("Content-Length", "")
    size = int(length) if length.isascii() and length.isdigit() and len(length) < 12 else portal.most_bytes
    if account is not None:
        size = min(size, portal.most_bytes)
        try:
            portal.intakes.take(account, size)
        except TooMuch as refused:
            raise Busy(refused.seconds) from refused
        return portal.bodies.reserved(account, size)
    if size > LARGEST_LOG_IN:
        raise TooLarge(LARGEST_LOG_IN)
    return portal.log_in_forms.reserved(network_of(portal.client(request)), size)


class SizeLimit:
    """Reads no more of a request's body than `limit` bytes; the rest is refused with 413."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app, self._limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = 0

        async def measured() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._limit:
                raise TooLarge(self._limit)
            return message

        await self._app(scope, measured, send)
