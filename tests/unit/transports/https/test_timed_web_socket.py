"""A WebSocket whose end was sent, as after a message that is too large: its client is gone, which is no mistake."""

import asyncio

import pytest
from uvicorn.protocols.utils import ClientDisconnected

from emulator.transports.https.timed_web_socket import TimedWebSocket


def test_what_is_sent_behind_the_end_finds_nobody() -> None:
    async def send() -> None:
        ended = object.__new__(TimedWebSocket)
        ended.writable, ended.close_sent = asyncio.Event(), True
        ended.writable.set()
        await ended.send({"type": "websocket.send", "text": "x"})

    with pytest.raises(ClientDisconnected):
        asyncio.run(send())
