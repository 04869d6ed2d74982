"""Pages of one line at once, in every order: the one that came last has the screen and types."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import permutations
from threading import Event, Thread
from typing import Any

import msgspec
import pytest

from emulator.transports.web.caller import Caller
from emulator.transports.web.consoles import WantedLine
from emulator.transports.web_console.messages import LineWatched
from emulator.transports.web_console.page_link import PageLink
from emulator.transports.web_console.service import PAGE_THERE, WebConsoles
from emulator.transports.web_console.web_line import ELSEWHERE
from tests.unit.transports.vty.network import served
from tests.unit.transports.web_console.place import ENTER, booted

LAB = Caller("lab", "127.0.0.1", operator=True)


class Tab:
    """A page of a browser at a line: what it was told, and what it says."""

    def __init__(self, consoles: WebConsoles, wanted: WantedLine) -> None:
        self._says: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._consoles, self._wanted = consoles, wanted
        self._served: asyncio.Task[None] | None = None
        self.told: list[dict[str, Any]] = []
        self.left = False

    async def accept(self) -> None:
        """Take the connection."""

    async def receive(self) -> dict[str, Any]:
        return await self._says.get()

    async def send_text(self, text: str) -> None:
        self.told.append(msgspec.json.decode(text))

    async def close(self, code: int = 1000) -> None:
        del code

    async def come(self) -> None:
        async def lasts() -> bool:
            return True

        served_by: Any = self
        self._served = asyncio.create_task(self._consoles.serve(served_by, LAB, self._wanted, lasts))
        await settled()

    async def leave(self) -> None:
        self.left = True
        self._says.put_nowait({"type": "websocket.disconnect"})
        await settled()

    async def type(self, text: str) -> None:
        message = {"type": "keys", "text": text, "number": self.heard + 1}
        self._says.put_nowait({"type": "websocket.receive", "text": msgspec.json.encode(message).decode()})
        await settled()

    @property
    def heard(self) -> int:
        return int(self.last("screen")["heard"])

    def last(self, kind: str) -> dict[str, Any]:
        """The last message of a kind; empty where there was none."""
        return next((each for each in reversed(self.told) if each["type"] == kind), {})

    @property
    def text(self) -> str:
        return "".join(each["text"] for each in self.told if each["type"] == "screen")


async def settled() -> None:
    """Let everything happen that follows from what has just happened."""
    for _ in range(30):
        await asyncio.sleep(0)


@asynccontextmanager
async def consoles() -> AsyncIterator[WebConsoles]:
    """The lines of a router that has booted."""
    world = booted()
    found = WebConsoles(world)
    async with served(world) as network:
        found.begin(network.routers.sessions, lambda: pytest.fail("no bench"), lambda _: None)
        yield found
        found.end()
    world.close()


def orders(*chains: str) -> Iterator[tuple[str, ...]]:
    """Every order of some words that keeps the order within each chain."""
    words = [word for chain in chains for word in chain.split()]
    for order in permutations(words):
        if all([word for word in order if word in chain.split()] == chain.split() for chain in chains):
            yield order


@pytest.mark.parametrize("line", ["con0", "vty"])
def test_the_latest_page_of_a_tab_has_the_line_however_its_pages_and_a_stop_come(line: str) -> None:
    async def run() -> None:
        async with consoles() as here:
            for order in orders("first first-goes", "second", "stop go-on"):
                tabs = {
                    name: Tab(here, WantedLine("R1", line, "a word of the tab", page))
                    for page, name in enumerate(("first", "second"), 1)
                }
                second = tabs["second"]
                for event in order:
                    match event:
                        case "first" | "second":
                            await tabs[event].come()
                        case "first-goes":
                            await tabs["first"].leave()
                        case _:
                            here.freeze(frozen=event == "stop")
                            await settled()
                assert second.last("opened"), order
                assert not second.last("ended"), order
                assert not second.last("stopped").get("stopped"), order
                [open_] = here.open_lines()
                await second.type(ENTER)
                assert "Username" in second.text + second.last("screen")["prompt"], order
                here.end()
                await settled()
                assert here.open_lines() == []
                assert open_.account == "lab"

    asyncio.run(run())


def test_a_page_takes_over_whether_the_other_is_gone_already_or_not_and_its_screen_comes_in_a_stop_too() -> None:
    async def run() -> None:
        async with consoles() as here:
            for order in orders("teacher teacher-goes", "back", "stop go-on"):
                if order.index("back") < order.index("teacher"):
                    continue
                learner = Tab(here, WantedLine("R1", "con0", "the learner's word", 1))
                teacher = Tab(here, WantedLine("R1", "con0", "the teacher's word", 1, take=True))
                back = Tab(here, WantedLine("R1", "con0", "the learner's next word", 1, take=True))
                await learner.come()
                await learner.type(ENTER)
                for event in order:
                    match event:
                        case "teacher":
                            await teacher.come()
                            assert learner.last("ended") == {"type": "ended", "told": ELSEWHERE, "take": True}
                        case "teacher-goes":
                            await teacher.leave()
                        case "back":
                            await back.come()
                            assert back.last("opened")["anew"], order
                            assert (back.last("screen")["prompt"], back.text) == ("Username: ", learner.text), order
                        case _:
                            here.freeze(frozen=event == "stop")
                            await settled()
                assert not back.last("ended"), order
                await back.type("a")
                assert back.last("screen")["line"] == "a", order
                await back.type("\x7f")
                here.end()
                await settled()

    asyncio.run(run())


def test_a_page_of_another_tab_is_asked_whether_it_takes_over() -> None:
    async def run() -> None:
        async with consoles() as here:
            first, other = (Tab(here, WantedLine("R1", "con0", word, 1)) for word in ("a word", "another"))
            await first.come()
            await other.come()
            assert other.told == [{"type": "ended", "told": PAGE_THERE, "take": True}]
            await first.leave()
            again = Tab(here, WantedLine("R1", "con0", "another", 2))
            await again.come()
            assert again.last("opened")

    asyncio.run(run())


class Overtaken(deque[Any]):
    """A queue whose other end takes all that is there just before something is put in."""

    def __init__(self, gate: Event) -> None:
        super().__init__()
        self._gate = gate

    def append(self, item: Any) -> None:
        self._gate.set()
        while self:
            """The thread that serves pages takes what is there."""
        self._gate.clear()
        super().append(item)


class GatedSocket:
    """A page that takes a text when the gate opens."""

    def __init__(self, gate: Event) -> None:
        self._gate, self.taken = gate, Event()

    async def receive(self) -> dict[str, Any]:
        return await asyncio.Future()

    async def send_text(self, text: str) -> None:
        await asyncio.to_thread(self._gate.wait)
        if '"pages":2' in text:
            self.taken.set()

    async def close(self, code: int = 1000) -> None:
        del code


def test_a_message_reaches_its_page_though_the_queue_was_emptied_meanwhile() -> None:
    gate = Event()
    socket = GatedSocket(gate)
    world = asyncio.new_event_loop()
    links: list[PageLink] = []
    there = Event()

    async def pages() -> None:
        link = PageLink(socket, world)
        link._outbox = Overtaken(gate)
        links.append(link)
        running = asyncio.create_task(link.run())
        there.set()
        await asyncio.to_thread(socket.taken.wait, 5)
        running.cancel()
        await asyncio.wait([running])

    thread = Thread(target=lambda: asyncio.run(pages()))
    thread.start()
    there.wait()
    for number in (1, 2):
        links[0].send(LineWatched(number))
    gate.set()
    thread.join()
    world.close()
    assert socket.taken.is_set()
