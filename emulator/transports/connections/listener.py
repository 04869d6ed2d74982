"""Takes connections at a socket and serves each in a task of its own, whatever clients do.

No more connections are open at once than there are slots. Where the process or the host has no handle or memory left
for another one, the longest idle connection is ended and the socket is looked at again after a pause; nothing that
happens to one connection ends the listener. TLS, time-outs and protocols are up to what serves a connection.
"""

import asyncio
import errno
import logging
import resource
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from emulator.transports.connections.slots import Slot, Slots

LOG = logging.getLogger(__name__)

EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
PAUSE = 0.2
"""Seconds until the socket is looked at again when no connection could be taken."""

LOOK_FOR_ROOM = 0.05
"""Seconds between two looks for a place."""

MOST = 512
"""Connections at once, unless the process may not open so many files."""

RESERVED = 128
"""Files that stay free for saving the world, for the database, and for whatever else is not a connection."""

MOST_FILES = 16_384
"""Files that a server asks to be allowed to open."""

Serve = Callable[[socket.socket, Slot], Awaitable[None]]
"""Serves one connection to its end, and leaves nothing open that uses its socket; canceled when its place is given to
another or the listener closes."""


class Listener:
    """Serves the connections that come to one socket, between `open` and `close`."""

    def __init__(
        self, at: socket.socket, serve: Serve, most: int = MOST, *, settled: float = 0.0, patience: float = 0.0
    ) -> None:
        """Get ready.

        Args:
            at: a bound socket that listens.
            serve: what is done with a connection.
            most: connections at once.
            settled: seconds that a connection has to be idle before it makes room for another.
            patience: seconds that a client waits for a place where none is to be had, before it is refused.
        """
        self._socket, self._serve, self._patience = at, serve, patience
        self.slots = Slots(most, settled)
        self._tasks: set[asyncio.Task[None]] = set()
        self._accepting: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Take connections from now on, in the running event loop."""
        self._socket.settimeout(0)
        self._accepting = asyncio.get_running_loop().create_task(self._accept())

    async def stop_accepting(self) -> None:
        """Take no more connections; those that are open go on."""
        if self._accepting is not None:
            self._accepting.cancel()
            await asyncio.wait({self._accepting})
        self._socket.close()

    async def close(self) -> None:
        """Take no more connections, and end all that are open."""
        await self.stop_accepting()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, _ = await loop.sock_accept(self._socket)
            except OSError as error:
                if error.errno in EXHAUSTED:
                    LOG.warning("no connection can be taken: %s", error.strerror)
                    self.slots.evict_longest_idle()
                    await asyncio.sleep(PAUSE)
                continue
            try:
                await self._place(loop)
            except asyncio.CancelledError:
                accepted.close()
                raise
            self._begin(accepted, loop)
            await asyncio.sleep(0)  # a socket that always has somebody waiting is read without a pause otherwise

    async def _place(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wait until there is a place, but not for ever; meanwhile other clients wait before the socket."""
        end = loop.time() + self._patience
        while not self.slots.has_room and loop.time() < end:
            await asyncio.sleep(LOOK_FOR_ROOM)

    def _begin(self, accepted: socket.socket, loop: asyncio.AbstractEventLoop) -> None:
        def evict() -> None:
            task.cancel()

        slot = self.slots.take(evict)
        if slot is None:
            LOG.warning("a connection was refused: all %d are in use", self.slots.most)
            accepted.close()
            return
        accepted.settimeout(0)
        task = loop.create_task(self._run(accepted, slot))
        self._tasks.add(task)

        def ended(_: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            slot.free()
            accepted.close()

        task.add_done_callback(ended)

    async def _run(self, accepted: socket.socket, slot: Slot) -> None:
        try:
            await self._serve(accepted, slot)
        except OSError:
            """The client is gone, speaks no TLS, or was too slow."""
        except Exception:
            LOG.exception("a connection was ended by a mistake")


async def open_streams(
    accepted: socket.socket, limit: int, **tls: Any
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A reader and a writer for a connection that was taken.

    Args:
        accepted: its socket.
        limit: bytes of one line at most.
        tls: as `connect_accepted_socket` of an event loop takes it.
    """
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit, loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    transport, _ = await loop.connect_accepted_socket(lambda: protocol, accepted, **tls)
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


def connections_allowed(servers: int) -> int:
    """Connections that each of so many servers may have at once, so that files are left for everything else.

    The limit of this process is raised as far as it may raise it.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    free = MOST_FILES if soft == resource.RLIM_INFINITY else soft
    reserved = min(RESERVED, free // 2)
    return max(1, min(MOST, (free - reserved) // servers))
