"""A request that gives its length in two ways is refused: a proxy before the server may believe the other one."""

from typing import Any

REFUSAL = b"a request has Content-Length or Transfer-Encoding, not both\n"


class OneLength:
    """Refuses such a request before an application sees it, and ends its connection."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        names = {name for name, _ in scope.get("headers", ())}
        if not {b"content-length", b"transfer-encoding"} <= names:
            await self._app(scope, receive, send)
            return
        headers = [
            (b"content-type", b"text/plain"),
            (b"content-length", b"%d" % len(REFUSAL)),
            (b"connection", b"close"),
        ]
        await send({"type": "http.response.start", "status": 400, "headers": headers})
        await send({"type": "http.response.body", "body": REFUSAL})
