"""The link between a page, which is served in one thread, and its session, which belongs to the world's.

Messages cross by queues. Both are bounded: while the session takes no more, nothing is read from the page; a page that
takes nothing keeps its session from printing, and one that only watches is let go.
"""

import asyncio
from collections import deque
from collections.abc import Callable, MutableMapping
from typing import Any, Protocol

import msgspec
from starlette.websockets import WebSocketDisconnect

from emulator.transports.web_console.messages import FromPage, PageEnded, ToPage

MOST_WAITING = 16
"""Messages of a page that wait to be taken."""

UNREAD = 1 << 18
"""Characters for a page that has not taken them, above which its session is told."""

NOT_UNDERSTOOD = "The page sent something that is no message. Load it anew."

_ENCODER = msgspec.json.Encoder()
_DECODER: msgspec.json.Decoder[FromPage] = msgspec.json.Decoder(FromPage)


class PageSocket(Protocol):
    """The page's side of a link, as a WebSocket is."""

    async def receive(self) -> MutableMapping[str, Any]:
        """Wait for a message."""

    async def send_text(self, data: str, /) -> None:
        """Send a text."""

    async def close(self, code: int = 1000) -> None:
        """Say that nothing more comes."""


class LineSeat(Protocol):
    """The session's side of a link."""

    @property
    def takes(self) -> bool:
        """Tell whether more keys can be taken now."""

    def take(self, link: "PageLink", message: FromPage, /) -> None:
        """Take a message of a page."""

    def unread(self, link: "PageLink", /, *, much: bool) -> None:
        """Note that a page takes nothing, or takes again."""

    def leave(self, link: "PageLink", /) -> None:
        """Note that a page is gone."""


class PageLink:
    """One page; `run` is called in the thread that serves it, all else in the thread of the world."""

    def __init__(self, socket: PageSocket, world: asyncio.AbstractEventLoop) -> None:
        self._socket, self._world = socket, world
        self._pages = asyncio.get_running_loop()
        self.seat: LineSeat | None = None
        self._inbox: deque[FromPage] = deque()
        self._outbox: deque[tuple[str, bool]] = deque()
        """Texts for the page, each with whether it is the last."""
        self._put = self._sent = 0
        """Characters for the page, and those of them that it was sent: each is counted in one thread."""
        self._told_unread = self._over = self._stalled = False
        self._ready, self._room = asyncio.Event(), asyncio.Event()

    # --- in the thread of the world ----------------------------------------------------------------------------

    def send(self, message: ToPage) -> None:
        """Tell the page something."""
        if self._over:
            return
        self._over = isinstance(message, PageEnded)
        text = _ENCODER.encode(message).decode()
        self._put += len(text)
        self._outbox.append((text, self._over))
        if self._put - self._sent > UNREAD and not self._told_unread and self.seat is not None:
            self._told_unread = True
            self.seat.unread(self, much=True)
        self._in_pages(self._ready.set)  # always, and last: the other thread may have emptied the queue at any point

    def drain(self) -> None:
        """Hand over what the page has sent, as far as the session takes it."""
        while self._inbox and self.seat is not None and self.seat.takes:
            self.seat.take(self, self._inbox.popleft())
        if self._stalled and len(self._inbox) < MOST_WAITING:
            self._stalled = False
            self._in_pages(self._room.set)

    def turn_away(self, told: str) -> None:
        """Let the page go; what it was doing goes on without it."""
        self.send(PageEnded(told))
        self._gone()

    def _read_again(self) -> None:
        self._told_unread = False
        if self.seat is not None:
            self.seat.unread(self, much=False)

    def _gone(self) -> None:
        seat, self.seat, self._over = self.seat, None, True
        if seat is not None:
            seat.leave(self)

    def _in_pages(self, act: Callable[[], None]) -> None:
        if not self._pages.is_closed():
            self._pages.call_soon_threadsafe(act)

    # --- in the thread that serves pages -----------------------------------------------------------------------

    async def run(self) -> None:
        """Pass messages on until the page is gone or told that this is the end."""
        sending = asyncio.create_task(self._send_on())
        receiving = asyncio.create_task(self._receive())
        try:
            done, _ = await asyncio.wait({sending, receiving}, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            if sending not in done and not receiving.result():
                sending.cancel()  # nothing else is sent behind the end
                await asyncio.wait({sending})
                await self._socket.send_text(_ENCODER.encode(PageEnded(NOT_UNDERSTOOD)).decode())
                await self._socket.close(1007)
        except (WebSocketDisconnect, OSError):
            """The page is gone."""
        finally:
            for task in (sending, receiving):
                task.cancel()
            if not self._world.is_closed():
                self._world.call_soon_threadsafe(self._gone)

    async def _receive(self) -> bool:
        """Take messages until the page is gone; False: it sent what is none."""
        while True:
            text = (message := await self._socket.receive()).get("text")
            if message["type"] == "websocket.disconnect":
                return True
            try:
                if text is None:
                    raise msgspec.DecodeError
                decoded = _DECODER.decode(text)
            except (msgspec.DecodeError, UnicodeEncodeError):
                return False
            self._inbox.append(decoded)
            if len(self._inbox) >= MOST_WAITING:
                self._room.clear()
                self._stalled = True
                self._world.call_soon_threadsafe(self.drain)
                await self._room.wait()
            else:
                self._world.call_soon_threadsafe(self.drain)

    async def _send_on(self) -> None:
        while True:
            await self._ready.wait()
            self._ready.clear()
            while self._outbox:
                text, last = self._outbox[0]
                await self._socket.send_text(text)
                self._outbox.popleft()
                self._sent += len(text)
                if last:
                    await self._socket.close()
                    return
            if self._told_unread:
                self._world.call_soon_threadsafe(self._read_again)
