"""The record of a world from a moment on: what happened, and what everything was like at that moment.

What routers do is heard as events; what the back end did is in its audit log. With each event the length of that log
is noted, so that the two are in the order in which they came, within one instant too.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec
from msgspec.structs import replace

from emulator.backend.account_names import DEFAULT_USER
from emulator.backend.entities import AuditEntry
from emulator.backend.refusals import PortalError
from emulator.hardware.events import (
    BootFinished,
    BootHalted,
    IosContinued,
    LoadBegan,
    PoweredOff,
    ResetBegan,
)
from emulator.kernel.errors import UnknownName
from emulator.kernel.events import Event
from emulator.kernel.time import Instant
from emulator.licensing.events import (
    EulaAccepted,
    EulaAcceptedForAll,
    LicenseCleared,
    LicenseInstalled,
    LicenseRevoked,
)
from emulator.licensing.expiry import EndEvent
from emulator.router.events import FileVerified, NvramErased, SiteConnected
from emulator.scenarios.predicates.vocabulary import Question
from emulator.world.build import open_world
from emulator.world.saved_file import encode
from emulator.world.state import WorldState
from emulator.world.world import World

ENTRIES_AT_ONCE = 1000

FEATURE = "feature"

STOP = "stop"
"""End of what a router ran: a restart, or a power cut."""

HEARD: dict[type[Event], tuple[str, str]] = {
    LicenseInstalled: ("install", FEATURE),
    LicenseCleared: ("clear", FEATURE),
    LicenseRevoked: ("revoke", FEATURE),
    EulaAccepted: ("accept", FEATURE),
    EulaAcceptedForAll: ("accept", ""),
    BootFinished: ("boot", ""),
    EndEvent: ("expire", FEATURE),
    NvramErased: ("erase", ""),
    FileVerified: ("verify", "file"),
    SiteConnected: ("internet", ""),
    PoweredOff: (STOP, ""),
    ResetBegan: (STOP, ""),
    LoadBegan: (STOP, ""),
    BootHalted: (STOP, ""),
    IosContinued: ("continue", ""),
}
"""Events by class: the act that they are called here, and the field with what it was about."""

AUDITED = {
    "register": "register",
    "resend": "resend",
    "rma": "rma",
    "permission": "permit",
    "rehost": "rehost",
    "order": "order",
    "demo": "demo",
    "extension": "extend",
}
"""Acts of the audit log by the word that they are called here."""

ABOUT_FEATURES = ("accept", "boot", "clear", "continue", "expire", "install", "revoke")
ABOUT_OTHERS = ("load", "order", "register", "verify")
ABOUT_NOTHING = ("demo", "erase", "extend", "internet", "permit", "resend", "rehost", "rma", STOP)
LOAD = "load"
"""Boot of another image than before; it comes after the `boot`."""

ANSWER = "answer"
"""Answer of a learner to the question that is its subject."""

ACTS = (*ABOUT_FEATURES, *ABOUT_OTHERS, *ABOUT_NOTHING)
"""Every act: about a level or feature, about an order, PAK, file or image, or about the device itself."""


class Happening(msgspec.Struct, frozen=True):
    """Act that was done in a world.

    Attributes:
        at: when.
        act: one of `ACTS`, or `ANSWER`.
        devices: the routers by name, or devices by UDI, that it concerns.
        subject: the feature, level, file, image, PAK, order or question that it was about; empty where there is none.
        audited: the number of the last entry of the audit log by then, itself included.
        said: the text of an answer.
    """

    at: Instant
    act: str
    devices: tuple[str, ...]
    subject: str
    audited: int
    said: str = ""


class Beginning(msgspec.Struct, frozen=True):
    """The moment from which a record runs: the state of the world then, and the last entry of the audit log.

    It is plain data, so that it can be written to a file and used by another process.
    """

    state: bytes
    audited: int


class WorldRecord:
    """The record of one world, from the moment at which it was made.

    Args:
        world: what is listened to.
        beginning: of a record that goes on; left out, it begins now.
        happened: what that record holds already.
        questions: that a learner answers, by name.
    """

    def __init__(
        self,
        world: World,
        beginning: Beginning | None = None,
        happened: tuple[Happening, ...] = (),
        questions: Mapping[str, Question] | None = None,
    ) -> None:
        self._world = world
        self.beginning = beginning or begin(world)
        self.happened: list[Happening] = list(happened)
        self.questions: Mapping[str, Question] = questions or {}
        world.listeners.append(self._hear)

    @cached_property
    def start(self) -> WorldState:
        """The state of the world at the beginning; not to be changed."""
        return msgspec.json.decode(self.beginning.state, type=WorldState)

    @cached_property
    def before(self) -> World:
        """The world as it was at the beginning, without its back end; not to be changed."""
        return open_world(msgspec.json.decode(self.beginning.state, type=WorldState), secret=self._world.secret)

    def follow(self, world: World) -> None:
        """Go on in another life of the world: it was closed and opened again."""
        self.close()
        self._world = world
        world.listeners.append(self._hear)

    def close(self) -> None:
        """Listen no more."""
        self._world.listeners.remove(self._hear)

    def answer(self, question: str, text: str) -> None:
        """Take down a learner's answer.

        Raises:
            UnknownName: no such question is asked.
        """
        if question not in self.questions:
            raise UnknownName("question", question, self.questions)
        self.happened.append(Happening(self._world.now, ANSWER, (), question, self._audited(), text))

    def acts(self, world: World) -> list[Happening]:
        """Everything that happened since, the earliest first; `world` is this one or a fork of it."""
        audited = [
            Happening(
                entry.at,
                AUDITED[entry.act],
                tuple(filter(None, (entry.device, entry.other))),
                entry.subject,
                entry.number,
            )
            for entry in self.audit(world)
            if entry.act in AUDITED
        ]
        return sorted([*audited, *self.happened], key=lambda each: each.audited)

    def audit(self, world: World) -> list[AuditEntry]:
        """The entries of the audit log since, the earliest first."""
        found = list(_since(world, self.beginning.audited))
        return found[::-1]

    def _hear(self, event: Event) -> None:
        row = next((row for kind in type(event).__mro__ if (row := HEARD.get(kind))), None)
        if row is None or _is_no_act(event):
            return
        act, field = row
        subject = getattr(event, field) if field else ""
        router = self._world.routers.get(event.router)
        if act in {"boot", "continue"} and router is not None and router.state.running is not None:
            subject = router.state.running.level
        self.happened.append(Happening(event.at, act, (event.router,), subject, self._audited()))
        if act == "boot" and router is not None and router.state.running is not None:
            self._note_image(event, router.state.running.image)

    def _note_image(self, event: Event, image: str) -> None:
        """Note the image that a router has booted, where it is another one than before."""
        loaded = (each.subject for each in reversed(self.happened) if each.act == LOAD and event.router in each.devices)
        if image != next(loaded, self._image_before(event.router)):
            self.happened.append(Happening(event.at, LOAD, (event.router,), image, self._audited()))

    def _image_before(self, router: str) -> str | None:
        """The image that a router ran at the beginning; None where it ran none."""
        state = self.start.routers.get(router)
        return None if state is None or state.running is None else state.running.image

    def _audited(self) -> int:
        """The number of the last entry of the audit log; while the records are away, that of the act before."""
        try:
            return _last_entry(self._world)
        except PortalError:
            return self.happened[-1].audited if self.happened else self.beginning.audited


def _is_no_act(event: Event) -> bool:
    """An end that is told once more, or a line that is lost."""
    return (isinstance(event, EndEvent) and event.ago > 0) or (isinstance(event, SiteConnected) and not event.up)


def _last_entry(world: World) -> int:
    """The number of the last entry of the audit log."""
    newest = world.backend.queries.audit(world.now, by=DEFAULT_USER, limit=1).items
    return newest[0].number if newest else 0


def begin(world: World) -> Beginning:
    """The world as it is now, to begin a record with."""
    return Beginning(encode(replace(world.state, now=world.now)), _last_entry(world))


def _since(world: World, number: int) -> Iterator[AuditEntry]:
    """The entries of the audit log after one, the latest first."""
    offset = 0
    while True:
        found = world.backend.queries.audit(world.now, by=DEFAULT_USER, offset=offset, limit=ENTRIES_AT_ONCE).items
        for entry in found:
            if entry.number <= number:
                return
            yield entry
        if len(found) < ENTRIES_AT_ONCE:
            return
        offset += len(found)
