"""The holder's side: a socket in the world's directory, and the clients that connect to it.

Only its owner may use the socket (mode 0600). A client that vanishes is as one whose terminal is gone; when the holder
ends, its clients are told. Nothing that a client sends can hurt the holder: anything but a message ends the connection,
as does sending nothing at the beginning, or not reading the text that is shown.
"""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import msgspec

from emulator.kernel.errors import EmulatorError
from emulator.transports.attach.protocol import LINE_LIMIT, Ended, FromClient, Keys, Opening, Shown, Size, encoded
from emulator.transports.connections.listener import Listener, open_streams
from emulator.transports.connections.slots import Slot

SOCKET = "attach.socket"
CLOSED = "the world has been closed"

MOST_CLIENTS = 64
"""Clients that are served at once."""

OPENING = 10.0
"""Seconds that a client may take to send its request."""

GOODBYE = 5.0
"""Seconds that a client may take to read the last of the text that is shown."""

MOST_UNREAD = 16 * 1024 * 1024
"""Bytes that are kept for a client that does not read."""


class Client:
    """Client at the world; for the code that prints to its terminal, a text stream."""

    encoding = "utf-8"

    def __init__(self, opening: Opening, writer: asyncio.StreamWriter) -> None:
        self.opening = opening
        self.rows, self.columns = opening.rows, opening.columns
        self.pressed: Callable[[str], None] = lambda _: None
        """Function that takes the keys pressed at the client's terminal."""
        self.gone: Callable[[], None] = lambda: None
        """Function that is called when the client has gone."""
        self._writer = writer

    def write(self, text: str) -> None:
        """Print at the client's terminal; one that leaves too much unread is cut off."""
        if not text or self._writer.is_closing():
            return
        self._writer.write(encoded(Shown(text)))
        if self._writer.transport.get_write_buffer_size() > MOST_UNREAD:
            self._writer.transport.abort()

    def flush(self) -> None:
        """Do nothing, as no text is held back."""

    def isatty(self) -> bool:
        """Tell whether a person types at the terminal."""
        return self.opening.lines is None and self.opening.piped is None

    async def listen(self, reader: asyncio.StreamReader) -> None:
        """Take keys and window sizes until the client is gone."""
        while (message := await _read(reader)) is not None:
            match message:
                case Keys(text):
                    self.pressed(text)
                case Size(rows, columns):
                    self.rows, self.columns = rows, columns
                case Opening():
                    break
        self.gone()


ClientService = Callable[[Client], Awaitable[int]]
"""Function that serves a client and returns the exit status of its process."""


@contextlib.asynccontextmanager
async def serve(directory: Path, service: ClientService) -> AsyncIterator[None]:
    """Accept clients while the context lasts. Where the path is too long for a socket, no client can connect."""
    path = directory / SOCKET
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as at:
        before = os.umask(0o177)
        try:
            at.bind(str(path))
            at.listen(MOST_CLIENTS)
        except OSError:
            yield
            return
        finally:
            os.umask(before)
        listener = Listener(at, _Server(service).enter, MOST_CLIENTS)
        listener.open()
        try:
            yield
        finally:
            await listener.close()
            path.unlink(missing_ok=True)


class _Server:
    def __init__(self, service: ClientService) -> None:
        self._service = service

    async def enter(self, accepted: socket.socket, slot: Slot) -> None:
        reader, writer = await open_streams(accepted, LINE_LIMIT)
        try:
            await self._receive(reader, writer, slot)
            writer.close()
            async with asyncio.timeout(GOODBYE):
                await writer.wait_closed()
        finally:
            writer.transport.abort()

    async def _receive(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, slot: Slot) -> None:
        async with asyncio.timeout(OPENING):
            opening = await _read(reader)
        if not isinstance(opening, Opening):
            return
        slot.busy()
        client = Client(opening, writer)
        listening = asyncio.ensure_future(client.listen(reader))
        try:
            ended = Ended(await self._service(client))
        except EmulatorError as error:
            ended = Ended(2, str(error))
        except asyncio.CancelledError:
            ended = Ended(1, CLOSED)
        finally:
            listening.cancel()
        writer.write(encoded(ended))


async def _read(reader: asyncio.StreamReader) -> FromClient | None:
    """The next message; None where there is none, or something else."""
    try:
        line = await reader.readuntil(b"\n")
        message: FromClient = msgspec.json.decode(line, type=FromClient)
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        return None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return message
