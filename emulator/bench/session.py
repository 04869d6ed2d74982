"""What a bench verb is given, and the argument types of the bench."""

from typing import Any

from emulator.grammar import COMPLETE, REFUSED, ArgumentType, Choices, Dynamic, Match, Number, RestOfLine, Word
from emulator.kernel.errors import Refused
from emulator.kernel.time import is_duration
from emulator.licensing.udi import Udi, parse_udi
from emulator.router.device import Router
from emulator.sim.pacing import Rates
from emulator.world.world import World


class Bench:
    """The person at the bench."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.console: str | None = None
        """A router whose console was asked for; whoever runs the bench goes there."""
        self.pace: Rates | None = None
        """A pace that was asked for."""

    def device(self, text: str) -> Udi:
        """The identity meant by a router's name or a UDI.

        A name says that the portal is used from that router's site, which needs Internet there; a UDI was carried out
        on paper and is typed in elsewhere.

        Raises:
            Refused: the router's site has no Internet.
            UnknownName: no such router.
        """
        if ":" in text:
            try:
                return parse_udi(text)
            except ValueError as error:
                raise Refused(str(error)) from None
        router = self.world.router(text)
        if not router.state.online:
            raise Refused(f"the site of {router.name} has no Internet; the portal cannot be reached from there")
        return router.state.udi


class RouterType(Dynamic):
    """A racked router."""

    def choices(self, context: Any, /) -> Choices:
        return [(name, _described(router)) for name, router in sorted(context.world.routers.items())]


def _described(router: Router) -> str:
    return f"{router.state.udi}, {router.state.board.phase}"


class PidType(Dynamic):
    """A product that can be racked."""

    def choices(self, context: Any, /) -> Choices:
        return [(pid, "Router") for pid in context.world.platforms.pids()]


class ImageType(Dynamic):
    """An image of the Software Center."""

    def choices(self, context: Any, /) -> Choices:
        return [(name, "Universal image") for name in context.world.images.names()]


class SkuType(Dynamic):
    """A product of the ordering system."""

    def choices(self, context: Any, /) -> Choices:
        return [(name, sku.description) for name, sku in sorted(context.world.backend.skus.items())]


class DurationType(ArgumentType):
    """A stretch of time: `59d12h`. Its length is for the verb to judge."""

    def placeholder(self, _context: Any, /) -> str:
        return "59d12h"

    def match(self, token: str, _context: Any, /) -> Match:
        return COMPLETE if is_duration(token) else REFUSED


TYPES: dict[str, ArgumentType] = {
    "Word": Word(),
    "Line": RestOfLine(),
    "Router": RouterType(),
    "Pid": PidType(),
    "Image": ImageType(),
    "Sku": SkuType(),
    "Duration": DurationType(),
    "Count": Number(0, 99999),
}
