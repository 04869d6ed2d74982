"""A request for a name that is not the server's is refused, so that a page of another site cannot reach a server of the
loopback under a name of its own (DNS rebinding).

The library's own check takes the address `[::1]` of a browser for the name `[`.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

REFUSAL = b"this server has another name\n"

REQUESTS = ("http", "websocket")


class KnownNames:
    """Refuses such a request before an application sees it."""

    def __init__(self, app: Any, names: Sequence[str]) -> None:
        """Let requests for these names through, whatever their port."""
        self._app, self._names = app, frozenset(name.lower() for name in names)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in REQUESTS or self._asked(scope) in self._names:
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
            return
        headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(REFUSAL))]
        await send({"type": "http.response.start", "status": 400, "headers": headers})
        await send({"type": "http.response.body", "body": REFUSAL})

    def _asked(self, scope: Any) -> str | None:
        """The one name that a request is for, without its port; None where it is none."""
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or "@" in hosts[0]:
            return None
        try:
            parts = urlsplit(f"//{hosts[0]}")
        except ValueError:
            return None
        return parts.hostname if parts.netloc == hosts[0] else None
