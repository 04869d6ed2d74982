"""A uvicorn server whose connections come from a listener, so that they are bounded and timed from their beginning.

Rule (I): a connection whose client says nothing soon makes room for another one. Once it speaks, it waits for its
turn; its handshake and its first request go on undisturbed for a few seconds, so that clients that come all at once do
not end one another, nor make one another too late. Where all places are taken, further clients wait a little, and are
refused then.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn

from emulator.transports.connections.listener import Listener
from emulator.transports.connections.slots import Slot
from emulator.transports.https.timed_http import TimedHttp, TimeOuts

HANDSHAKES = 32
"""Handshakes that go on at once."""

LINGERING = 1.0
"""Seconds after which a handshake counts no more, for its client lingers."""


class SiteServer(uvicorn.Server):
    """Serves one application at one socket, and leaves signals to the process that runs the world."""

    def __init__(self, config: uvicorn.Config, at: socket.socket, time_outs: TimeOuts, most: int) -> None:
        """Get ready.

        Args:
            config: of the application; its TLS is used.
            at: a bound socket that listens.
            time_outs: how long a client may take.
            most: connections at once.
        """
        super().__init__(config)
        self._time_outs = time_outs
        self._turns = HandshakeTurns()
        self._listener = Listener(
            at, self._serve_connection, most, settled=time_outs.settled, patience=time_outs.patience
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take connections at the socket that it was made with."""
        assert sockets is None
        await self.lifespan.startup()
        self.servers = []
        self._listener.open()
        self.started = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, let requests under way end, and close what is left."""
        await self._listener.stop_accepting()
        await super().shutdown(sockets)
        await self._listener.close()

    async def _serve_connection(self, accepted: socket.socket, slot: Slot) -> None:
        await first_octet(accepted, self._time_outs.handshake)
        slot.busy()
        loop = asyncio.get_running_loop()
        protocol = TimedHttp(self.config, self.server_state, slot, self._time_outs)

        def makes_room() -> None:
            if protocol.begins:
                slot.idle()

        undisturbed: asyncio.TimerHandle | None = None
        transport: asyncio.Transport | None = None
        try:
            async with self._turns.one():
                undisturbed = loop.call_later(self._time_outs.undisturbed, makes_room)
                transport, _ = await loop.connect_accepted_socket(
                    lambda: protocol,
                    accepted,
                    ssl=self.config.ssl,
                    ssl_handshake_timeout=self._time_outs.handshake if self.config.ssl else None,
                    ssl_shutdown_timeout=self._time_outs.goodbye if self.config.ssl else None,
                )
            await protocol.closed.wait()
        finally:
            if undisturbed is not None:
                undisturbed.cancel()
            if transport is not None and not protocol.closed.is_set():
                transport.abort()  # a TLS transport that is through cannot be aborted in Python 3.11.2


class HandshakeTurns:
    """Turns for handshakes, so that many clients at once are served one after the other and not all too late.

    I: a client that lingers in its handshake gives its turn to the next one, and goes on.
    """

    def __init__(self, most: int = HANDSHAKES, lingering: float = LINGERING) -> None:
        """Let so many go on at once, and linger for so many seconds."""
        self._turns, self._lingering = asyncio.Semaphore(most), lingering

    @contextlib.asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it for the length of a block, but no longer than lingering is allowed."""
        await self._turns.acquire()
        held = [True]

        def give_back() -> None:
            if held:
                held.clear()
                self._turns.release()

        lingering = asyncio.get_running_loop().call_later(self._lingering, give_back)
        try:
            yield
        finally:
            lingering.cancel()
            give_back()


async def first_octet(accepted: socket.socket, within: float) -> None:
    """Wait until a client has said something, or has gone.

    Raises:
        TimeoutError: it said nothing for so many seconds.
    """
    loop = asyncio.get_running_loop()
    said = asyncio.Event()
    loop.add_reader(accepted, said.set)
    try:
        async with asyncio.timeout(within):
            await said.wait()
    finally:
        loop.remove_reader(accepted)
