"""Ports of the pages of a class to the class: its people, each learner's labs, and the log-ins on the disk."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from emulator.labs.overview import LabOverview
from emulator.transports.web.consoles import Consoles


class Attendee(msgspec.Struct, frozen=True):
    """A learner or the teacher: ID, name, and whether it is the teacher."""

    id: str
    name: str
    teacher: bool = False


class OfferedLab(msgspec.Struct, frozen=True):
    """A lab of the class: its name, its title, the intended learners, and the minutes that it takes."""

    name: str
    title: str
    level: str
    minutes: int


class LabStanding(msgspec.Struct, frozen=True):
    """The standing of a learner in a lab.

    Attributes:
        state: `to do`, `in progress`, `done`, or `in use` while a page shows it.
        points: earned so far.
        place: the task that the learner is at, in words.
        time: taken, in words.
    """

    state: str = "to do"
    points: int = 0
    place: str = ""
    time: str = ""


class AttendedLab(Protocol):
    """One lab of one learner; every method may refuse (`EmulatorError`), and may wait."""

    @property
    def consoles(self) -> Consoles:
        """The routers of its world and the bench."""

    def overview(self) -> LabOverview:
        """The lab and the learner in it, judged by now."""

    def hint(self) -> str:
        """Give the next hint."""

    def answer(self, question: str, text: str, /) -> str:
        """Take down an answer."""

    def solve(self) -> str:
        """Tell a right way through the present task."""

    def pause(self, *, paused: bool) -> None:
        """Stop the time, or let it go on."""

    def back(self, checkpoint: str, /) -> None:
        """Put the world back to a checkpoint."""

    def reset(self) -> None:
        """Begin anew where the lab began."""

    def signed_result(self) -> bytes:
        """The result as JSON, signed with the key of the class."""


class ServedClass(Protocol):
    """A class; its methods are called by many threads."""

    title: str

    def labs(self) -> Sequence[OfferedLab]:
        """The labs in their order."""

    def attendee(self, id_: str, /) -> Attendee | None:
        """The learner of an ID, or the teacher; None where there is none."""

    def by_code(self, code: str, /) -> Attendee | None:
        """The learner of a code, or the teacher; None where there is none."""

    def learners(self) -> Sequence[Attendee]:
        """The learners in the order of the roster."""

    def code(self, id_: str, /) -> str:
        """The code of a learner or the teacher."""

    def key(self) -> str:
        """Fingerprint of the key that signs results."""

    def lab(self, learner: str, lab: str, /) -> AttendedLab | None:
        """A learner's lab, begun at its first use; None where the class has no such lab."""

    def standings(self, learner: str, /) -> Mapping[str, LabStanding]:
        """The standing of a learner in each lab, by its name."""


class KeptSession(msgspec.Struct, frozen=True):
    """A log-in that outlives the server: the digest of its name, whose it is, and when it began, in seconds."""

    digest: str
    account: str
    begun: float


class SessionStore(Protocol):
    """The log-ins of a class on the disk."""

    def load(self) -> Sequence[KeptSession]:
        """Read them."""

    def save(self, sessions: Sequence[KeptSession], /) -> None:
        """Write them; a disk that takes nothing loses them at the next start, and no more."""

    def form_token(self, id_: str, /) -> str:
        """The token of the forms of a log-in, the same after a restart."""
