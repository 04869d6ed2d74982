"""The session that a bench verb is given, and the argument types of the bench."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec

from emulator.bench.host_files import HostFiles, NoFiles
from emulator.grammar import (
    COMPLETE,
    REFUSED,
    ArgumentType,
    Choices,
    Dynamic,
    Match,
    Number,
    RestOfLine,
    Suggested,
    Word,
)
from emulator.hardware.platform import Platform
from emulator.images.manifest import ImageManifest
from emulator.kernel.errors import Refused
from emulator.kernel.time import is_duration
from emulator.licensing.udi import Udi, parse_udi
from emulator.router.device import Router
from emulator.sim.pacing import Rates
from emulator.world.inputs import HostFile
from emulator.world.world import World


class Travel(msgspec.Struct, frozen=True):
    """A requested return: to a snapshot, or to before the last input (None)."""

    snapshot: str | None = None


class Past(Protocol):
    """The stored past of a world. Every method refuses what cannot be done (`EmulatorError`)."""

    def snapshot(self, name: str, /) -> None:
        """Save the present state under a name."""

    def check_snapshot(self, name: str, /) -> None:
        """Check that a snapshot of that name exists."""

    def check_undo(self) -> None:
        """Check that there is an input to undo."""

    def fork(self, name: str, /) -> Path:
        """Fork the world on disk, and return the path of the new one."""

    def differences(self, name: str | None, /) -> Sequence[str]:
        """Describe the differences from a snapshot, or from the beginning."""

    def inputs(self, count: int, /) -> Sequence[str]:
        """Describe the last inputs."""

    def record(self, file: str, /) -> str:
        """Write what was typed as a scenario, and tell of it."""

    def bisect(self, predicate: str, /) -> Sequence[str]:
        """Find the input after which a predicate no longer held, and describe it."""


class PricedHint(msgspec.Struct, frozen=True):
    """A hint that can be given.

    Attributes:
        text: of the hint.
        cost: percent of what its task can still earn.
        price: the cost in words; empty where nothing more is charged.
    """

    text: str
    cost: int = 0
    price: str = ""


class LearnerLab(Protocol):
    """The lab that is played in a world. Every method refuses what cannot be done (`EmulatorError`)."""

    def listing(self) -> str:
        """List the labs that there are."""

    def start(self, name: str | None, /) -> str:
        """Go on with this lab, after a pause too, and tell the present task."""

    def pause(self) -> str:
        """Stop the time until the learner goes on."""

    def finish(self) -> str:
        """Hand an exam in, and tell its result."""

    def check_finish(self) -> None:
        """Check that there is an exam to be handed in."""

    def reset(self) -> Travel:
        """Find the way back to the beginning, from which everything counts anew."""

    def check_reset(self) -> None:
        """Check that the lab can be begun anew."""

    def questions(self) -> Choices:
        """List the questions by name, each with its text."""

    def checkpoints(self) -> Choices:
        """List the checkpoints by name, each with what it is."""

    def task(self) -> str:
        """Tell the present task."""

    def text(self) -> str:
        """Tell the whole lab."""

    def check(self) -> str:
        """Judge the world, and tell points and reasons."""

    def next_hint(self) -> PricedHint:
        """Find the next hint, which is not given yet."""

    def take_hint(self, hint: PricedHint, /) -> str:
        """Give that hint, and charge for it."""

    def answer(self, question: str, text: str, /) -> str:
        """Take down an answer."""

    def solve(self) -> str:
        """Tell a right way through the present task."""

    def check_solve(self) -> None:
        """Check that there is a task to be solved."""

    def price_of_back(self, checkpoint: str, /) -> str:
        """Tell what it costs to go back to a checkpoint; empty where it costs nothing."""

    def back(self, checkpoint: str, /) -> Travel:
        """Find the way back to a checkpoint."""

    def result(self, *, as_json: bool) -> str:
        """Tell the result."""


class Bench:
    """The context of a bench verb: the world, and the person at the bench."""

    def __init__(self, world: World, files: HostFiles | None = None) -> None:
        self.world = world
        self.files: HostFiles = files or NoFiles()
        """The files of this computer, as far as they may be reached from here."""
        self.file: HostFile | None = None
        """The file that the present line puts into the lab."""
        self.console: str | None = None
        """Router whose console was requested; the runner of the bench attaches to it."""
        self.pace: Rates | None = None
        """Pace that was requested."""
        self.messages = True
        """Messages of the routers are shown here when they happen, by a front end that can."""
        self.past: Past | None = None
        """Stored past of the world; None where the world is not held."""
        self.lab: LearnerLab | None = None
        """Lab that is played in the world; None without one."""
        self.is_closed: Callable[[str], bool] = lambda _line: False
        """Tells whether the lab closes a command, given by its line in the grammar."""
        self.left = False
        """The person leaves the bench."""
        self.travel: Travel | None = None
        """Return that was requested; the runner of the bench carries it out."""

    def device(self, text: str) -> Udi:
        """Identity meant by a router's name, in any case, or a UDI.

        A name means that the portal is used from that router's site, which needs Internet there; a UDI is typed in
        elsewhere.

        Raises:
            Refused: the router's site has no Internet.
            UnknownName: no such router.
        """
        if ":" in text:
            try:
                return parse_udi(text)
            except ValueError as error:
                raise Refused(str(error)) from None
        names = [name for name in self.world.routers if name.lower() == text.lower()]
        router = self.world.router(names[0] if len(names) == 1 else text)
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
        platforms = context.world.platforms
        return [(pid, _family_and_line(platforms.get(pid))) for pid in platforms.pids()]


def _family_and_line(platform: Platform) -> str:
    return f"Family {platform.family}, {platform.wan}"


class ImageType(Dynamic):
    """An image of the Software Center, with the racked routers that can boot it."""

    def choices(self, context: Any, /) -> Choices:
        images, routers = context.world.images, context.world.routers
        return [(name, _booting(images.get(name), routers)) for name in images.names()]


def _booting(image: ImageManifest, routers: Mapping[str, Router]) -> str:
    """The routers that can boot an image, or why none does."""
    names = [name for name, router in sorted(routers.items()) if router.platform.boots(image.families, image.version)]
    if names:
        return f"for {', '.join(names[:SHOWN_ROUTERS])}{', …' if len(names) > SHOWN_ROUTERS else ''}"
    for name, router in sorted(routers.items()):
        if router.platform.family in image.families:
            return f"too old for {name}, which boots {router.platform.oldest_release} and later"
    return f"for family {' and '.join(image.families)}, of which no router is racked"


SHOWN_ROUTERS = 5
"""Routers that are named behind an image."""


class SkuType(Dynamic):
    """A product of the ordering system."""

    def choices(self, context: Any, /) -> Choices:
        return [(name, sku.description) for name, sku in sorted(context.world.backend.skus.items())]


def _questions(bench: Bench) -> Choices:
    """Questions of the lab that is played."""
    return () if bench.lab is None else bench.lab.questions()


def _checkpoints(bench: Bench) -> Choices:
    """Checkpoints of the lab that is played."""
    return () if bench.lab is None else bench.lab.checkpoints()


class DurationType(ArgumentType):
    """A stretch of time: `59d12h`. The verb checks its length."""

    def placeholder(self, _context: Any, /) -> str:
        return "59d12h"

    def match(self, token: str, _context: Any, /) -> Match:
        return COMPLETE if is_duration(token) else REFUSED


class MomentType(ArgumentType):
    """A date and time: `2010-05-01T00:00`. What begins with a digit is meant as one; the verb checks the calendar."""

    def placeholder(self, _context: Any, /) -> str:
        return "2010-05-01T00:00"

    def match(self, token: str, _context: Any, /) -> Match:
        return COMPLETE if token[:1].isdigit() else REFUSED


class FileToRead(msgspec.Struct, frozen=True):
    """A path on this computer from which a line reads."""

    path: str


class FileToReadType(RestOfLine):
    """A file of this computer that is put into the lab; it is read before the line is written into the journal."""

    def value(self, token: str, _context: Any, /) -> FileToRead:
        return FileToRead(token)


class FileToWriteType(RestOfLine):
    """A file of this computer that is written, which is no input of the world."""


def file_to_read(arguments: Iterable[object]) -> str | None:
    """Path on this computer that a line reads from; None without one."""
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
    "Question": Suggested(_questions),
    "Checkpoint": Suggested(_checkpoints),
    "Duration": DurationType(),
    "Moment": MomentType(),
    "Count": Number(0, 99999),
    "Bytes": Number(0, 999999999),
    "Baud": Number(300, 115200),
}
