"""What a bench verb is given, and the argument types of the bench."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec

from emulator.bench.host_files import HostFiles, NoFiles
from emulator.grammar import COMPLETE, REFUSED, ArgumentType, Choices, Dynamic, Match, Number, RestOfLine, Word
from emulator.kernel.errors import Refused
from emulator.kernel.time import is_duration
from emulator.licensing.udi import Udi, parse_udi
from emulator.router.device import Router
from emulator.sim.pacing import Rates
from emulator.world.inputs import HostFile
from emulator.world.world import World


class Travel(msgspec.Struct, frozen=True):
    """A way back that was asked for: to a snapshot, or to before the last thing that was typed (None)."""

    snapshot: str | None = None


class Past(Protocol):
    """What is kept of the world's past, for whoever holds it. All refuse what cannot be done (`EmulatorError`)."""

    def snapshot(self, name: str, /) -> None:
        """Keep the present state under a name."""

    def check_snapshot(self, name: str, /) -> None:
        """See that there is a snapshot of that name."""

    def check_undo(self) -> None:
        """See that there is something to take back."""

    def fork(self, name: str, /) -> Path:
        """Make a world of its own, and tell where it is."""

    def differences(self, name: str | None, /) -> Sequence[str]:
        """The differences from a snapshot, or from the beginning, in words."""

    def inputs(self, count: int, /) -> Sequence[str]:
        """The last inputs in words."""

    def bisect(self, predicate: str, /) -> Sequence[str]:
        """The input after which a predicate no longer held."""


class Bench:
    """The person at the bench."""

    def __init__(self, world: World, files: HostFiles | None = None) -> None:
        self.world = world
        self.files: HostFiles = files or NoFiles()
        """The files of this computer, as far as they may be reached from here."""
        self.file: HostFile | None = None
        """The file that the present line puts into the lab."""
        self.console: str | None = None
        """A router whose console was asked for; whoever runs the bench goes there."""
        self.pace: Rates | None = None
        """A pace that was asked for."""
        self.past: Past | None = None
        """What is kept of the world's past; None for whoever does not hold it."""
        self.travel: Travel | None = None
        """A way back that was asked for; whoever runs the bench goes it."""

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


class FileToRead(msgspec.Struct, frozen=True):
    """A path on this computer from which a line reads."""

    path: str


class FileToReadType(RestOfLine):
    """A file of this computer that is put into the lab; it is read before the line is written into the journal."""

    def value(self, token: str, _context: Any, /) -> FileToRead:
        return FileToRead(token)


class FileToWriteType(RestOfLine):
    """A file of this computer that is written; what does that is no input of the world."""


def file_to_read(arguments: Iterable[object]) -> str | None:
    """The path on this computer that a line reads from, where it has one."""
    return next((each.path for each in arguments if isinstance(each, FileToRead)), None)


TYPES: dict[str, ArgumentType] = {
    "Word": Word(),
    "Line": RestOfLine(),
    "FileToRead": FileToReadType(),
    "FileToWrite": FileToWriteType(),
    "Router": RouterType(),
    "Pid": PidType(),
    "Image": ImageType(),
    "Sku": SkuType(),
    "Duration": DurationType(),
    "Count": Number(0, 99999),
}
