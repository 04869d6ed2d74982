"""A WebSocket with a time-out for a client that takes nothing, so that it holds neither its place nor memory.

Rule (I): what does not fit into the buffers has to be taken within the time that an answer may take. A client that
does not answer pings is gone; that is looked after below.
"""

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

if TYPE_CHECKING:
    from uvicorn._types import ASGISendEvent

MOST_UNREAD = 1 << 20
"""Bytes of answers that may wait, for a client that asks without taking them."""


class TimedWebSocket(WebSocketsSansIOProtocol):
    """Serves one connection that has become a WebSocket.

    Attributes:
        ended: set once the connection is over.
        patience: seconds that a client may take to read what it was sent.
    """

    ended: asyncio.Event
    patience: float

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._timer: asyncio.TimerHandle | None = None

    async def send(self, message: "ASGISendEvent") -> None:
        """Send what the application says.

        Raises:
            ClientDisconnected: the end was sent before, since the client sent what is no message or is too large.
        """
        await self.writable.wait()
        if self.close_sent:
            raise ClientDisconnected
        await super().send(message)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end."""
        super().connection_lost(exc)
        self._stop_timer()
        self.ended.set()

    def data_received(self, data: bytes) -> None:
        """Take what the client sends, unless it takes none of the answers."""
        if self.transport.get_write_buffer_size() > MOST_UNREAD:
            self.transport.abort()
        else:
            super().data_received(data)

    def pause_writing(self) -> None:
        """Start the clock: the client takes nothing."""
        super().pause_writing()
        self._stop_timer()
        self._timer = self.loop.call_later(self.patience, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop the clock: it does."""
        super().resume_writing()
        self._stop_timer()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
