"""Learners who paste a megabyte, fork, go a thousand years ahead or open fifty pages are told; others are unharmed."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from emulator.runtime.classroom.serving import ServedClassroom
from emulator.transports.web_console.service import MOST_PAGES_EACH
from tests.browser.classroom import served_class
from tests.unit.transports.vty.network import PATIENCE
from tests.unit.transports.web_console.place import Page

pytestmark = pytest.mark.heavy


@pytest.fixture
def here() -> Iterator[ServedClassroom]:
    with served_class() as served:
        yield served


class Learners:
    """The pages of learners at the lines of their labs."""

    def __init__(self, served: ServedClassroom) -> None:
        self.served = served
        self.face = served.site.app._app.state.face

    def socket(self, who: str, line: str) -> Any:
        """A socket of one learner at a line of their own lab."""
        cookie = f"{self.face.cookie}={self.face.sessions.begin(who).id}"
        return connect(
            f"{self.served.site.url.replace('https', 'wss')}/learn/naming/console/{line}/socket",
            ssl=ssl.create_default_context(cafile=str(self.served.ca)), origin=Origin(self.served.site.url),
            additional_headers={"Cookie": cookie}, compression=None, open_timeout=PATIENCE,
        )  # fmt: skip

    @contextlib.asynccontextmanager
    async def page(self, who: str, line: str = "R1/con0") -> AsyncIterator[Page]:
        async with self.socket(who, line) as socket:
            yield Page(socket)


async def works(page: Page) -> None:
    """Type a line of one's own, and see what it prints."""
    await page.type("\r", "start>")
    await page.type("show privilege\r", "Current privilege level is", "start>")


def test_a_thousand_years_hold_up_nobody_else(here: ServedClassroom) -> None:
    async def lesson() -> None:
        learners = Learners(here)
        async with learners.page("ann", "bench/bench") as ann, learners.page("ben") as ben:
            await ann.sees("bench>")
            await ann.type("advance 365000d\r")
            for _ in range(5):
                await works(ben)
            await ann.type("\x03")
            await works(ben)
        async with learners.page("ann", "bench/bench") as again:
            await again.sees("bench>")

    asyncio.run(lesson())


def test_a_megabyte_is_taken_in_pieces_or_not_at_all(here: ServedClassroom) -> None:
    async def lesson() -> None:
        learners = Learners(here)
        async with learners.page("ann") as ann, learners.page("ben") as ben:
            await ann.type("\r", "start>")
            typing = asyncio.create_task(ann.type("no such command at all\r" * 45_000))
            for _ in range(5):
                await works(ben)
            typing.cancel()
            await asyncio.gather(typing, return_exceptions=True)
        async with learners.socket("ann", "R1/con0") as socket:
            with pytest.raises(ConnectionClosed):
                await _endless(socket)
        async with learners.page("ben") as ben:
            await works(ben)

    asyncio.run(lesson())


async def _endless(socket: ClientConnection) -> None:
    await socket.send("x" * 1_000_000)
    while True:
        await socket.recv()


def test_forks_are_closed_in_a_lab(here: ServedClassroom) -> None:
    async def lesson() -> None:
        async with Learners(here).page("ann", "bench/bench") as ann:
            await ann.sees("bench>")
            for verb in ("fork more", "snapshot mine", "record /tmp/x.yaml", "order L-880-AIS="):
                await ann.type(f"{verb}\r", "% this command is not available in this lab", "bench>")

    asyncio.run(lesson())
    assert {path.name for path in (here.room.folder / "learners" / "ann").iterdir()} == {"naming"}


def test_fifty_pages_are_told_where_it_ends(here: ServedClassroom) -> None:
    async def lesson() -> None:
        learners = Learners(here)
        async with contextlib.AsyncExitStack() as stack:
            pages = [await stack.enter_async_context(learners.page("ann", "bench/bench")) for _ in range(50)]
            ended = [page for page in pages if (await page.hear())["type"] == "ended"]
            assert len(ended) == 50 - MOST_PAGES_EACH
            assert "console pages of this account are open" in ended[0].told
            async with learners.page("ben") as ben:
                await works(ben)

    asyncio.run(lesson())


def test_two_on_one_link_are_told_of_each_other(here: ServedClassroom) -> None:
    async def lesson() -> None:
        learners = Learners(here)
        async with learners.page("ann") as one, learners.page("ann") as two:
            await one.type("\r", "start>")
            assert await two.ends() == "Another page is at this console. It can be watched."
            await works(one)

    asyncio.run(lesson())
