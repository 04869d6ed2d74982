"""A uvicorn server whose connections come from a listener, so that they are bounded and timed from their beginning."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn

from emulator.transports.connections.listener import Listener
from emulator.transports.connections.slots import Slot
from emulator.transports.https.timed_http import TimedHttp, TimeOuts


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
        self._listener = Listener(at, self._serve_connection, most)

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
        loop = asyncio.get_running_loop()
        transport, protocol = await loop.connect_accepted_socket(
            lambda: TimedHttp(self.config, self.server_state, slot, self._time_outs),
            accepted,
            ssl=self.config.ssl,
            ssl_handshake_timeout=self._time_outs.handshake if self.config.ssl else None,
            ssl_shutdown_timeout=self._time_outs.goodbye if self.config.ssl else None,
        )
        try:
            await protocol.closed.wait()
        finally:
            if not protocol.closed.is_set():  # a TLS transport that is through cannot be aborted in Python 3.11.2
                transport.abort()
