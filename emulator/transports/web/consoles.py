"""The lines of a world's routers as a web face offers them: what there is, and who may sit down at one."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import msgspec
from starlette.websockets import WebSocket

from emulator.transports.web.caller import Caller

BENCH, CONSOLE, VTY = "bench", "con0", "vty"
"""Words of an address for the bench, the console line, and a virtual terminal line that is free."""


class RouterRow(msgspec.Struct, frozen=True):
    """A router: its name, its identity, its state as a badge, and whether a page can open a session there."""

    name: str
    udi: str
    state: str


class OpenLine(msgspec.Struct, frozen=True):
    """A session that pages show.

    Attributes:
        router: name of the router, or `bench`.
        line: `con0`, `vty3`, `bench2`.
        account: whose it is.
        watching: pages that watch it.
    """

    router: str
    line: str
    account: str
    watching: int


class WantedLine(msgspec.Struct, frozen=True):
    """The line that a page wants.

    Attributes:
        router, line: words of its address.
        session: word that the page has chosen, by which it and later pages of the same tab come back to its session;
            empty for one that does not come back.
        page: how many connections with this word the tab has made, this one included.
        at: place in what was printed up to which it has seen it.
        watch: it only watches.
        take: it takes over a session of the same account.
    """

    router: str
    line: str
    session: str = ""
    page: int = 0
    at: int = 0
    watch: bool = False
    take: bool = False


class Consoles(Protocol):
    """The consoles of one world; used by the thread that serves pages."""

    def routers(self) -> Sequence[RouterRow]:
        """The routers, by their names."""

    def open_lines(self) -> Sequence[OpenLine]:
        """Sessions that pages show."""

    def has(self, router: str, line: str, /) -> bool:
        """Tell whether there is such a line."""

    async def serve(
        self, socket: WebSocket, caller: Caller, wanted: WantedLine, lasts: Callable[[], Awaitable[bool]], /
    ) -> None:
        """Show a line to a page until one of them leaves.

        Args:
            socket: of the page, not accepted yet.
            caller: who is there.
            wanted: which line.
            lasts: tells whether the caller is still logged in and may still be here.
        """


class NoConsoles:
    """No routers at all, as at a portal that is served without a world."""

    def routers(self) -> Sequence[RouterRow]:
        return ()

    def open_lines(self) -> Sequence[OpenLine]:
        return ()

    def has(self, router: str, line: str, /) -> bool:
        del router, line
        return False

    async def serve(
        self, socket: WebSocket, caller: Caller, wanted: WantedLine, lasts: Callable[[], Awaitable[bool]], /
    ) -> None:
        del caller, wanted, lasts
        await socket.close()
