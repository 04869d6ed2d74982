"""The holder's side: a socket in the world's directory, and whoever comes in through it.

Only its owner may use the socket (mode 0600). A guest that vanishes is as one whose terminal is gone; when the holder
ends, its guests are told. Nothing a guest sends can hurt the holder: what is no message ends the visit.
"""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import msgspec

from emulator.kernel.errors import EmulatorError
from emulator.transports.attach.protocol import LINE_LIMIT, Ended, FromGuest, Keys, Opening, Shown, Size, encoded

SOCKET = "door"
CLOSED = "the world has been closed"


class Client:
    """One that has come in; to whoever prints there it is a text stream."""

    encoding = "utf-8"

    def __init__(self, opening: Opening, writer: asyncio.StreamWriter) -> None:
        self.opening = opening
        self.rows, self.columns = opening.rows, opening.columns
        self.pressed: Callable[[str], None] = lambda _: None
        """Told what the guest presses."""
        self.gone: Callable[[], None] = lambda: None
        """Told that nobody is there any more."""
        self._writer = writer

    def write(self, text: str) -> None:
        """Print at the guest's terminal."""
        if text and not self._writer.is_closing():
            self._writer.write(encoded(Shown(text)))

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """It is a terminal if a person types there."""
        return self.opening.lines is None and self.opening.piped is None

    async def listen(self, reader: asyncio.StreamReader) -> None:
        """Take what is pressed until the guest is gone."""
        while (message := await _read(reader)) is not None:
            match message:
                case Keys(text):
                    self.pressed(text)
                case Size(rows, columns):
                    self.rows, self.columns = rows, columns
                case Opening():
                    break
        self.gone()


Visit = Callable[[Client], Awaitable[int]]
"""What is done with a guest; the exit status of its process."""


@contextlib.asynccontextmanager
async def serve(directory: Path, visit: Visit) -> AsyncIterator[None]:
    """Let guests in while the context lasts. Where the path is too long for a socket nobody can come in."""
    listening = _Server(visit)
    path = directory / SOCKET
    path.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        server = await asyncio.start_unix_server(listening.enter, path, limit=LINE_LIMIT)
    except OSError:
        yield
        return
    finally:
        os.umask(before)
    try:
        yield
    finally:
        server.close()
        await listening.close()
        path.unlink(missing_ok=True)


class _Server:
    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._inside: set[asyncio.Task[None]] = set()

    async def enter(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._inside.add(task)
        try:
            await self._receive(reader, writer)
        finally:
            self._inside.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def close(self) -> None:
        """Send everybody home."""
        for task in self._inside:
            task.cancel()
        await asyncio.gather(*self._inside, return_exceptions=True)

    async def _receive(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opening = await _read(reader)
        if not isinstance(opening, Opening):
            return
        client = Client(opening, writer)
        listening = asyncio.ensure_future(client.listen(reader))
        try:
            ended = Ended(await self._visit(client))
        except EmulatorError as error:
            ended = Ended(2, str(error))
        except asyncio.CancelledError:
            ended = Ended(1, CLOSED)
        finally:
            listening.cancel()
        with contextlib.suppress(ConnectionError):
            writer.write(encoded(ended))
            await writer.drain()


async def _read(reader: asyncio.StreamReader) -> FromGuest | None:
    """The next message; None where there is none, or something else."""
    try:
        line = await reader.readuntil(b"\n")
        message: FromGuest = msgspec.json.decode(line, type=FromGuest)
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, msgspec.DecodeError):
        return None
    return message
