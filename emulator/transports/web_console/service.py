"""The console pages of one world: which session each shows, and how many there may be.

Con 0 has one session; a page that finds it in use may watch it, or take it over where it is of the same account. Each
page at a vty or at the bench has a session of its own. A tab comes back to its session by a word that it has chosen:
its pages follow one another faster than their sockets close, and before they were told anything.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from starlette.websockets import WebSocket

from emulator.bench.line import BenchLine
from emulator.console.line.admission import LineRefused
from emulator.hardware.board import BoardPhase
from emulator.sim.pacing import Rates
from emulator.transports.discipline.ports import ConsolePort, VtyPort
from emulator.transports.discipline.sessions import SessionScheduler
from emulator.transports.web.caller import Caller
from emulator.transports.web.consoles import BENCH, CONSOLE, VTY, OpenLine, RouterRow, WantedLine
from emulator.transports.web_console.bench_port import BenchPort
from emulator.transports.web_console.messages import PageEnded
from emulator.transports.web_console.page_link import PageLink
from emulator.transports.web_console.web_line import WebLine
from emulator.world.world import World

STATES = {
    BoardPhase.OFF: "no power",
    BoardPhase.BOOTING: "booting",
    BoardPhase.RUNNING: "running",
    BoardPhase.ROMMON: "in ROMMON",
}

MOST_PAGES_EACH, MOST_PAGES = 20, 100
"""Console pages of one account, and of all."""

CHECKED = 15.0
"""Seconds between two looks at whether the caller of a page is still logged in."""

NOT_YET = "The routers are not served yet. Try again."
TOO_MANY = f"{MOST_PAGES_EACH} console pages of this account are open. Close one of them first."
TOO_MANY_OF_ALL = f"{MOST_PAGES} console pages are open. Try again when one of them has been closed."
TERMINAL_THERE = "Another terminal is at this console."
PAGE_THERE = "Another page is at this console. It can be watched."
NOT_OPEN = "No page has a session at this line."
LOGGED_OUT = "You are logged out."

_VTY = re.compile(r"vty[0-9]{0,2}")
_BENCH = re.compile(r"bench[0-9]{0,4}")


class WebConsoles:
    """The console pages of a world; implements `Consoles`. Sessions begin once `begin` was called in its thread."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lines: dict[tuple[str, str], WebLine] = {}
        self._pages: dict[str, int] = {}
        self._benches, self._frozen = 0, False

    def begin(
        self,
        scheduler: SessionScheduler,
        bench: Callable[[], BenchLine],
        set_rates: Callable[[Rates], None],
        console_at: str = "at /console/{name}/con0",
        printed: Callable[[str, str], None] = lambda _router, _text: None,
    ) -> None:
        """Offer sessions from now on, in the running event loop.

        Args:
            scheduler: gives the sessions turns.
            bench: makes the bench of a page.
            set_rates: sets the pace of time.
            console_at: where a bench says that the console of a router is, `{name}` standing for its name.
            printed: told the rows that a line prints, with the name of the router, or `bench`.
        """
        self._console_at, self._printed = console_at, printed
        self._scheduler, self._bench, self._set_rates = scheduler, bench, set_rates
        self._loop = asyncio.get_running_loop()

    def end(self) -> None:
        """End every session."""
        for line in list(self._lines.values()):
            line.end()

    def freeze(self, *, frozen: bool) -> None:
        """Take no keys at any line, or take them again; those that come meanwhile are dropped."""
        self._frozen = frozen
        for line in self._lines.values():
            line.freeze(frozen=frozen)

    # --- in the thread that serves pages -----------------------------------------------------------------------

    def routers(self) -> Sequence[RouterRow]:
        """The routers, by their names."""
        found = sorted(self._world.routers.items())
        return [RouterRow(name, str(router.state.udi), STATES[router.state.board.phase]) for name, router in found]

    def open_lines(self) -> Sequence[OpenLine]:
        """Sessions that pages show."""
        return [
            OpenLine(router, line, open_.account, open_.watching)
            for (router, line), open_ in sorted(self._lines.copy().items())
        ]

    def has(self, router: str, line: str) -> bool:
        """Tell whether there is such a line."""
        if router == BENCH:
            return _BENCH.fullmatch(line) is not None
        return router in self._world.routers and (line == CONSOLE or _VTY.fullmatch(line) is not None)

    async def serve(
        self, socket: WebSocket, caller: Caller, wanted: WantedLine, lasts: Callable[[], Awaitable[bool]]
    ) -> None:
        """Show a line to a page until one of them leaves."""
        await socket.accept()
        loop = self._loop
        open_ = self._pages.get(caller.account, 0)
        if loop is None or open_ >= MOST_PAGES_EACH or sum(self._pages.values()) >= MOST_PAGES:
            told = NOT_YET if loop is None else TOO_MANY if open_ >= MOST_PAGES_EACH else TOO_MANY_OF_ALL
            await _turn_away(socket, told)
            return
        self._pages[caller.account] = open_ + 1
        link = PageLink(socket, loop)
        loop.call_soon_threadsafe(self._show, link, caller, wanted)
        checking = asyncio.create_task(self._check(link, loop, lasts))
        try:
            await link.run()
        finally:
            checking.cancel()
            self._pages[caller.account] -= 1
            if not self._pages[caller.account]:
                del self._pages[caller.account]

    @staticmethod
    async def _check(link: PageLink, loop: asyncio.AbstractEventLoop, lasts: Callable[[], Awaitable[bool]]) -> None:
        while await lasts():
            await asyncio.sleep(CHECKED)
        loop.call_soon_threadsafe(link.turn_away, LOGGED_OUT)

    # --- in the thread of the world ----------------------------------------------------------------------------

    def _show(self, link: PageLink, caller: Caller, wanted: WantedLine) -> None:
        try:
            self._seat(link, caller, wanted)
        except LineRefused as refused:
            link.send(PageEnded(refused.text.strip() or f"The router gives no line: {refused.reason}."))

    def _seat(self, link: PageLink, caller: Caller, wanted: WantedLine) -> None:
        """Give a page its line.

        Raises:
            LineRefused: the router has none for it.
        """
        if not wanted.watch and (line := self._came_back(caller, wanted)) is not None:
            line.come_back(link, wanted)
            return
        present = self._lines.get((wanted.router, wanted.line))
        if wanted.watch:
            if present is None:
                link.send(PageEnded(NOT_OPEN))
            else:
                present.watch(link)
        elif wanted.router == BENCH:
            self._open_bench(link, caller, wanted)
        elif wanted.line == CONSOLE:
            self._open_console(link, caller, wanted, present)
        else:
            self._open_vty(link, caller, wanted)

    def _came_back(self, caller: Caller, wanted: WantedLine) -> WebLine | None:
        lines = (line for (router, _), line in self._lines.items() if router == wanted.router)
        return next((line for line in lines if line.account == caller.account and line.is_key(wanted.session)), None)

    def _powered(self, router: str) -> bool:
        return router == BENCH or self._world.routers[router].state.board.phase is not BoardPhase.OFF

    def _open_console(self, link: PageLink, caller: Caller, wanted: WantedLine, present: WebLine | None) -> None:
        if present is not None:
            if present.account == caller.account and (wanted.take or not present.attended):
                present.take_over(link, wanted)
            else:
                link.send(PageEnded(PAGE_THERE, take=present.account == caller.account))
            return
        console = self._world.lines_of(wanted.router).console
        if console.terminal.connected:
            link.send(PageEnded(TERMINAL_THERE))
            return
        self._begin(link, caller, wanted, CONSOLE, console.name, ConsolePort(console))

    def _open_vty(self, link: PageLink, caller: Caller, wanted: WantedLine) -> None:
        line = self._world.lines_of(wanted.router).open_vty(caller.client, "telnet")
        self._begin(link, caller, wanted, f"{VTY}{line.number}", line.name, VtyPort(line))

    def _open_bench(self, link: PageLink, caller: Caller, wanted: WantedLine) -> None:
        self._benches += 1
        port = BenchPort(self._bench(), self._set_rates, self._console_at)
        self._begin(link, caller, wanted, f"{BENCH}{self._benches}", BENCH, port, port.follow)

    def _begin(
        self,
        link: PageLink,
        caller: Caller,
        wanted: WantedLine,
        word: str,
        name: str,
        port: VtyPort | BenchPort,
        followed: Callable[[], str] = str,
    ) -> None:
        place = (wanted.router, word)

        def ended(line: WebLine) -> None:
            if self._lines.get(place) is line:
                del self._lines[place]

        printed, powered = partial(self._printed, place[0]), partial(self._powered, wanted.router)
        line = WebLine(name, caller.account, port, self._scheduler, ended, followed, printed, powered)
        line.freeze(frozen=self._frozen)
        self._lines[place] = line
        line.begin(link, wanted)


async def _turn_away(socket: WebSocket, told: str) -> None:
    from msgspec.json import encode

    await socket.send_text(encode(PageEnded(told)).decode())
    await socket.close()
