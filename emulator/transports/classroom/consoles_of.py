"""The consoles of a learner's world as the teacher uses them: watched, or typed at in the learner's name."""

from collections.abc import Awaitable, Callable, Sequence

from msgspec.structs import replace
from starlette.websockets import WebSocket

from emulator.transports.web.caller import Caller
from emulator.transports.web.consoles import Consoles, OpenLine, RouterRow, WantedLine


class ConsolesOf:
    """The consoles of one learner; implements `Consoles`.

    A console has one session: who steps in takes it over from the learner's page, which says so and can take it back.
    """

    def __init__(self, learner: str, consoles: Consoles) -> None:
        self._learner, self._consoles = learner, consoles

    def routers(self) -> Sequence[RouterRow]:
        """The routers, by their names."""
        return self._consoles.routers()

    def open_lines(self) -> Sequence[OpenLine]:
        """Sessions that pages show."""
        return self._consoles.open_lines()

    def has(self, router: str, line: str) -> bool:
        """Tell whether there is such a line."""
        return self._consoles.has(router, line)

    async def serve(
        self, socket: WebSocket, caller: Caller, wanted: WantedLine, lasts: Callable[[], Awaitable[bool]]
    ) -> None:
        """Show a line to a page of the teacher."""
        named = caller if wanted.watch else replace(caller, account=self._learner)
        await self._consoles.serve(socket, named, wanted, lasts)
