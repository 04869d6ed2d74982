"""A license portal that is under pressure: some requests are told to come again, the answers to some others are lost.

It stands in front of a real portal, as an application of ASGI. Every request has its number; by it the application
decides. A request whose answer is lost was carried out.
"""

import asyncio
import ssl
from collections import Counter
from enum import StrEnum
from typing import Any

import httpx2

PASSED_ON = frozenset({b"authorization", b"content-type", b"accept", b"idempotency-key"})
"""Headers of a request that reach the portal."""

WAIT = 1
"""Seconds of `Retry-After`."""

ANSWER_WITHIN = 60.0
"""Seconds that the portal may take."""


class Pressure(StrEnum):
    """Trouble of one request."""

    TOO_MANY = "429"
    UNAVAILABLE = "503"
    LOST = "answer lost"


TURNS = {3: Pressure.TOO_MANY, 6: Pressure.LOST, 9: Pressure.UNAVAILABLE}
"""Troubles by the number of the request within each ten."""

EACH = 10


class ThrottledPortal:
    """An ASGI application in front of the portal at a URL."""

    def __init__(self, url: str, authority: str) -> None:
        """Get ready.

        Args:
            url: of the portal.
            authority: that signed its certificate, in PEM.
        """
        self._url = url.rstrip("/")
        trust = ssl.create_default_context(cadata=authority)
        self._client = httpx2.Client(verify=trust, trust_env=False, timeout=ANSWER_WITHIN)
        self._requests = 0
        self.met: Counter[Pressure] = Counter()
        """Troubles that there were."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request."""
        self._requests += 1
        pressure = TURNS.get(self._requests % EACH)
        if pressure is not None:
            self.met[pressure] += 1
        if pressure in {Pressure.TOO_MANY, Pressure.UNAVAILABLE}:
            headers = [(b"retry-after", b"%d" % WAIT), (b"content-length", b"0")]
            await send({"type": "http.response.start", "status": int(pressure), "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        answer = await self._passed_on(scope, receive)
        kept = (b"content-type", b"retry-after")
        headers = [(name, value) for name, value in answer.headers.raw if name.lower() in kept]
        content = answer.content
        headers.append((b"content-length", b"%d" % (len(content) + (pressure is Pressure.LOST))))
        await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
        # an answer that is shorter than it says has its connection closed
        await send({"type": "http.response.body", "body": b"" if pressure is Pressure.LOST else content})

    async def _passed_on(self, scope: Any, receive: Any) -> httpx2.Response:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
        path = scope.get("raw_path", scope["path"].encode()).decode("latin-1")
        headers = [(name, value) for name, value in scope["headers"] if name in PASSED_ON]
        url = f"{self._url}{path}{query}"
        return await asyncio.to_thread(self._client.request, scope["method"], url, content=body, headers=headers)

    def close(self) -> None:
        """Let go of the connections to the portal, once no request is under way."""
        self._client.close()


async def bare_site(_scope: Any, _receive: Any, send: Any) -> None:
    """Answer a request of ASGI with a short text: what HTTP alone costs."""
    headers = [(b"content-length", b"2"), (b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})
