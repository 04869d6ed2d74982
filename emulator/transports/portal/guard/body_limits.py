"""No request is larger than it may be, whatever its Content-Length says."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from emulator.transports.portal.problems import TooLarge


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
