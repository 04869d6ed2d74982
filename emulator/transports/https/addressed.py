"""Serves one application to the clients of many addresses at one socket, in the event loop of its caller.

The address that a client connects to says which certificate it is shown; one that nothing is served at is refused as
a closed port refuses. An address may have a port of its own besides, at a socket of its own. Every connection has its
time-outs from the moment at which it is taken, and its slots: one at the socket, one of those of the address.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from functools import partial
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from emulator.transports.connections.listener import Listener
from emulator.transports.connections.loopback import refuse
from emulator.transports.connections.slots import Slot, SlotPair, Slots
from emulator.transports.https.one_length import OneLength
from emulator.transports.https.timed_http import TimedHttp, TimeOuts

Ends = tuple[tuple[str, int], tuple[str, int]]
"""Both ends of a connection: the server's, and the client's."""

Admits = Callable[[str], Slots | None]
"""The slots of an address for connections to it; None: nothing is served there."""


class AddressedServer:
    """Serves an application until canceled."""

    def __init__(
        self,
        at: socket.socket,
        app: Any,
        most: int,
        *,
        admits: Admits,
        gone: Callable[[Ends], None],
        context_at: Callable[[str], ssl.SSLContext] | None = None,
        time_outs: TimeOuts | None = None,
    ) -> None:
        """Get ready.

        Args:
            at: a bound socket that listens.
            app: what answers.
            most: connections at once.
            admits: the slots of an address at this socket.
            gone: told of every connection that has ended.
            context_at: TLS of an address; None: plain HTTP.
            time_outs: how long a client may take.
        """
        self._gone, self._context_at = gone, context_at
        self._time_outs = time_outs or TimeOuts()
        self._config = uvicorn.Config(
            OneLength(app),
            headers=[("Server", "cisco-IOS")],
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            http="h11",
            ws="none",
            lifespan="off",
        )
        self._config.load()
        self._state = ServerState()
        self._state.default_headers = self._config.encoded_headers
        self._listener = self.listener(at, admits, most)
        self._open: dict[Ends, asyncio.Transport] = {}

    async def run(self) -> None:
        """Take connections until canceled; then all are closed, and the socket with them."""
        self._listener.open()
        try:
            await asyncio.Event().wait()
        finally:
            await self._listener.close()

    def listener(self, at: socket.socket, admits: Admits, most: int) -> Listener:
        """Return a listener at a further socket, not yet open; arguments as of the server."""
        return Listener(at, partial(self._serve, admits), most)

    def disconnect(self, ends: Ends) -> None:
        """Close a connection at once, if it is one of these."""
        transport = self._open.get(ends)
        if transport is not None:
            transport.abort()

    async def _serve(self, admits: Admits, accepted: socket.socket, slot: Slot) -> None:
        ends: Ends = accepted.getsockname()[:2], accepted.getpeername()[:2]
        slots, task = admits(ends[0][0]), asyncio.current_task()
        assert task is not None
        own = slots.take(task.cancel) if slots is not None else None
        if own is None:
            refuse(accepted)
            return
        try:
            await self._converse(accepted, ends, SlotPair(slot, own))
        finally:
            own.free()

    async def _converse(self, accepted: socket.socket, ends: Ends, slot: SlotPair) -> None:
        address = ends[0][0]
        context = self._context_at(address) if self._context_at is not None else None
        transport, protocol = await asyncio.get_running_loop().connect_accepted_socket(
            lambda: TimedHttp(self._config, self._state, slot, self._time_outs),
            accepted,
            ssl=context,
            ssl_handshake_timeout=self._time_outs.handshake if context else None,
            ssl_shutdown_timeout=self._time_outs.goodbye if context else None,
        )
        self._open[ends] = transport
        try:
            await protocol.closed.wait()
        finally:
            del self._open[ends]
            self._gone(ends)
            if not protocol.closed.is_set():  # a TLS transport that is through cannot be aborted in Python 3.11.2
                transport.abort()
