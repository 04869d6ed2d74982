"""A key typed in the page of a console until it is told back, against a bare WebSocket echo.

Both are served over TLS by one process, as a world is, each by a thread for its pages, and both cross to another thread
and back: the key to that of the world, the echo to one that only hands it back. What it costs to wake a thread is the
machine's: on some it is a tenth of an echo, on others half of it. The client is this process, as a browser is one of
its own. They are measured in turn in one run; the quickest runs count, as of other round trips.
"""

import asyncio
import contextlib
import sys
import tempfile
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from ssl import create_default_context
from threading import Thread
from time import perf_counter

import msgspec
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from emulator.runtime.wall_clock import host_time
from emulator.transports.https.certificates import identity
from emulator.transports.https.hosting import Hosting, Site
from tests.benchmarks.figure import Figure
from tests.benchmarks.ssh import quickest
from tests.unit.transports.web_console.place import Page, place

KEYS, RUNS = 40, 60


class Sites(msgspec.Struct, frozen=True):
    """Sites of portal and call home: addresses, what certifies them, and the cookie of a session."""

    console: str
    console_ca: str
    cookie: str
    bare: str
    bare_ca: str


async def _echo(other: asyncio.AbstractEventLoop, socket: WebSocket) -> None:
    """Send each text back after it was in another thread."""
    await socket.accept()
    own, back = asyncio.get_running_loop(), asyncio.Event()
    while True:
        text = await socket.receive_text()
        back.clear()
        other.call_soon_threadsafe(own.call_soon_threadsafe, back.set)
        await back.wait()
        await socket.send_text(text)


async def serve() -> None:
    """Serve a world and the echo until the standard input ends."""
    with tempfile.TemporaryDirectory() as folder:
        names = identity(Path(folder), "bare", ["localhost", "127.0.0.1"], host_time())
        other = asyncio.new_event_loop()
        Thread(target=other.run_forever, daemon=True).start()
        routes = [WebSocketRoute("/", partial(_echo, other))]
        site = Site(Starlette(routes=routes), "127.0.0.1", 0, largest_message=65536)
        hosting = Hosting([site], names)
        hosting.start()
        async with place() as here:
            sites = Sites(here.url, str(here.served.identity.ca), here.log_in(), site.url, str(names.ca))
            print(msgspec.json.encode(sites).decode(), flush=True)
            await asyncio.to_thread(sys.stdin.read)
        await asyncio.to_thread(hosting.stop)
        other.call_soon_threadsafe(other.stop)


@contextlib.asynccontextmanager
async def served() -> AsyncIterator[Sites]:
    """The process that serves."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.web", stdin=PIPE, stdout=PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield msgspec.json.decode(await process.stdout.readline(), type=Sites)
    finally:
        process.stdin.close()
        await process.wait()


def opened(url: str, ca: str, cookie: str = "") -> connect:
    """A connection as a page opens it."""
    origin, _, path = url.removeprefix("https://").partition("/")
    return connect(
        f"wss://{origin}/{path}", ssl=create_default_context(cafile=ca), origin=Origin(f"https://{origin}"),
        additional_headers={"Cookie": cookie}, compression=None,
    )  # fmt: skip


async def echoed(socket: ClientConnection) -> float:
    """Seconds that a message takes to come back."""
    message = msgspec.json.encode({"type": "keys", "text": "x", "number": 1}).decode()
    began = perf_counter()
    for _ in range(KEYS):
        await socket.send(message)
        await socket.recv()
    return (perf_counter() - began) / KEYS


async def typed(page: Page) -> float:
    """Seconds that a key takes to be told back."""
    began = perf_counter()
    for _ in range(KEYS):
        await page.type("x")
        await page.heard()
    taken = (perf_counter() - began) / KEYS
    await page.type("\x15")
    await page.heard()
    return taken


async def _pairs() -> list[tuple[float, float]]:
    async with (
        served() as sites,
        opened(f"{sites.console}/console/R1/vty/socket", sites.console_ca, sites.cookie) as socket,
        opened(f"{sites.bare}/", sites.bare_ca) as bare,
    ):
        page = Page(socket)
        await page.sees("Username: ")
        await page.type("admin\r", "Password: ")
        await page.type("lab\r", "R1#")
        await typed(page)
        await echoed(bare)
        return [(await typed(page), await echoed(bare)) for _ in range(RUNS)]


def web_keystroke() -> Iterator[Figure]:
    yield quickest("web_keystroke", asyncio.run(_pairs()))


if __name__ == "__main__":
    asyncio.run(serve())
