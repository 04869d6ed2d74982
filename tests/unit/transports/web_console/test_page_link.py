"""The end of a page that sends what is no message, whatever it was being sent at that moment."""

import asyncio
from typing import Any

import pytest
from starlette.websockets import WebSocketState

from emulator.transports.web_console.messages import LineWatched
from emulator.transports.web_console.page_link import NOT_UNDERSTOOD, PageLink


class BusySocket:
    """A socket that is still sending when something comes in, and takes nothing behind its end."""

    def __init__(self, comes: dict[str, Any]) -> None:
        self._comes, self._sending = comes, asyncio.Event()
        self.sent: list[Any] = []
        self.application_state = WebSocketState.CONNECTED

    async def receive(self) -> dict[str, Any]:
        await self._sending.wait()
        return self._comes

    async def send_text(self, text: str) -> None:
        assert self.application_state is WebSocketState.CONNECTED, "something is sent behind the end"
        self.sent.append(text)
        self._sending.set()
        await asyncio.sleep(0)

    async def close(self, code: int = 1000) -> None:
        self.sent.append(code)
        self.application_state = WebSocketState.DISCONNECTED


@pytest.mark.parametrize("comes", [{"text": "{"}, {"bytes": b"x"}, {"text": '{"type":"keys","text":"","number":1}'}])
def test_nothing_is_sent_behind_the_end(comes: dict[str, Any]) -> None:
    async def run() -> list[Any]:
        socket = BusySocket({"type": "websocket.receive", **comes})
        link = PageLink(socket, asyncio.get_running_loop())
        for pages in range(1_000):
            link.send(LineWatched(pages))
        await link.run()
        return socket.sent

    *told, ended, code = asyncio.run(run())
    assert len(told) < 1_000
    assert NOT_UNDERSTOOD in ended
    assert code == 1007
