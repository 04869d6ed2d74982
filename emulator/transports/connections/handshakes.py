"""End of a connection whose TLS handshake is broken off.

httpx closes a connection whose handshake fails, but not one whose request is canceled in the middle of it: at a
deadline, or when its client hangs up. Its socket would stay open until the garbage is collected, so a server that takes
connections and says nothing would cost a handle for each attempt. Here it is closed at once.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from httpx2 import Request


class _Handshake:
    """Hears how far the connection of a request is (the `trace` of httpx)."""

    def __init__(self) -> None:
        self._stream: Any = None

    async def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            self._stream = info["return_value"]
        elif event == "connection.start_tls.failed":
            await self._stream.aclose()


async def watch_handshake(request: "Request") -> None:
    """Close the connection of a request whose handshake is broken off; for `event_hooks` of every client."""
    request.extensions["trace"] = _Handshake()
