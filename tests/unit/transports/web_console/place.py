"""A served world with its portal, and pages at the lines of its routers: WebSockets as a browser opens them."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from emulator.bench.line import BenchLine
from emulator.keys.world_secret import WorldSecret
from emulator.runtime.servers import Served, Where
from emulator.transports.https.known_names import KnownNames
from emulator.transports.portal.context import Portal
from emulator.transports.web_console.messages import MOST_KEYS
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World
from tests.unit.transports.vty.network import PATIENCE, STARTUP, Network, served

ENTER = "\r"


def booted(*names: str) -> World:
    """A world of routers that have booted, which may be served."""
    routers = {name: RouterRecipe(powered=True, startup=STARTUP.format(name=name)) for name in names or ("R1",)}
    world = new_world(WorldRecipe(routers=routers), secret=WorldSecret("0" * 64, is_known=False))
    world.clock.run_while(lambda: any(world.lines_of(name).console.busy for name in routers))
    return world


class Place:
    """The served world, as its pages reach it."""

    def __init__(self, network: Network, served: Served) -> None:
        self.network, self.world, self.served = network, network.world, served
        assert served.portal is not None
        self.url = served.portal.url
        assert isinstance(served.portal.app, KnownNames)
        self.portal: Portal = served.portal.app._app.state.portal
        self.consoles = served.consoles
        self.trusted = ssl.create_default_context(cafile=str(served.identity.ca))

    def log_in(self, account: str = "lab") -> str:
        """A browser that is logged in, by its cookie."""
        return f"{self.portal.cookie}={self.portal.sessions.begin(account).id}"

    @contextlib.asynccontextmanager
    async def page(self, address: str = "R1/con0", cookie: str | None = None, query: str = "") -> "AsyncIterator[Page]":
        """A page at a line."""
        async with self.socket(address, cookie, query=query) as socket:
            yield Page(socket)

    def socket(
        self,
        address: str = "R1/con0",
        cookie: str | None = None,
        *,
        origin: str | None = "",
        query: str = "",
    ) -> Any:
        """The WebSocket of a page; an empty origin is that of this portal, None is no origin at all."""
        headers = {"Cookie": self.log_in() if cookie is None else cookie}
        url = f"{self.url.replace('https', 'wss')}/console/{address}/socket{query and '?'}{query}"
        sender = None if origin is None else Origin(origin or self.url)
        return connect(
            url, ssl=self.trusted, origin=sender, additional_headers=headers, compression=None, max_size=None,
            open_timeout=PATIENCE,
        )  # fmt: skip


class Page:
    """Messages that a page sends and receives."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.number = 0
        self.opened: dict[str, Any] = {}
        self.state: dict[str, Any] = {}
        self.told = ""
        self.text = ""
        self.watched = 0
        self._from = 0

    async def hear(self) -> dict[str, Any]:
        """Take one message."""
        try:
            async with asyncio.timeout(PATIENCE):
                message: dict[str, Any] = msgspec.json.decode(await self.socket.recv())
        except TimeoutError:
            raise AssertionError(f"nothing more is shown: {self.state}") from None
        match message["type"]:
            case "opened":
                self.opened = message
                if message["anew"]:
                    self.text, self._from = "", 0
            case "screen":
                self.text += message["text"]
                self.state = message
            case "watched":
                self.watched = message["pages"]
            case "ended":
                self.told = message["told"]
        return message

    async def sees(self, *words: str) -> str:
        """Wait until the words are shown, one after the other, and return all that is shown."""
        for word in words:
            while (at := self.screen.find(word, self._from)) < 0:
                assert not self.told, self.told
                await self.hear()
            self._from = at + len(word)
        return self.screen

    async def type(self, text: str, *until: str) -> str:
        """Press keys, and wait until the words are shown."""
        for at in range(0, len(text), MOST_KEYS):
            self.number += 1
            await self.say({"type": "keys", "text": text[at : at + MOST_KEYS], "number": self.number})
        if until:
            await self.heard()
            self._from = min(self._from, len(self.text))
        return await self.sees(*until)

    async def heard(self) -> None:
        """Wait until all keys have been heard."""
        while self.state.get("heard") != self.number:
            await self.hear()

    async def ends(self) -> str:
        """Wait for the end, and return why it is."""
        while not self.told:
            await self.hear()
        return self.told

    async def say(self, message: dict[str, Any]) -> None:
        await self.socket.send(msgspec.json.encode(message).decode())

    @property
    def screen(self) -> str:
        return f"{self.text}{self.state.get('prompt', '')}{self.state.get('line', '')}"


@contextlib.asynccontextmanager
async def place(*names: str) -> AsyncIterator[Place]:
    """A world whose routers have pages."""
    world = booted(*names)
    with TemporaryDirectory() as folder:
        site = Served(world, Path(folder), Where())
        site.start()
        try:
            async with served(world) as network:
                site.consoles.begin(network.routers.sessions, lambda: BenchLine(world), lambda _: None)
                yield Place(network, site)
                site.consoles.end()
        finally:
            await asyncio.to_thread(site.stop)
            world.close()
