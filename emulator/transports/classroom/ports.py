"""Ports of the pages of a class to the class: its people, each learner's labs, and the log-ins on the disk."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec
from starlette.types import ASGIApp

from emulator.labs.overview import LabOverview
from emulator.transports.web.consoles import Consoles
from emulator.transports.web.guard.sessions import SharedSessions

Application = ASGIApp
"""Web application that is mounted below the pages of a class."""


class Attendee(msgspec.Struct, frozen=True):
    """A learner or the teacher: ID, name, and whether it is the teacher."""

    id: str
    name: str
    teacher: bool = False


class OfferedLab(msgspec.Struct, frozen=True):
    """A lab of the class: name, title, intended learners, the minutes that it takes, and whether it is an exam."""

    name: str
    title: str
    level: str
    minutes: int
    exam: bool = False


class LabStanding(msgspec.Struct, frozen=True):
    """The standing of a learner in a lab.

    Attributes:
        state: as a badge calls it: `to do`, `in progress`, `done`, or while the world is open `working` or `stuck`.
        points: earned so far.
        place: the task that the learner is at, in words.
        time: taken, in words.
        command: that was typed last, behind the name of the router.
        stuck: the reason for which the learner is stuck; empty for one who is not.
    """

    state: str = "to do"
    points: int = 0
    place: str = ""
    time: str = ""
    command: str = ""
    stuck: str = ""


class Seat(msgspec.Struct, frozen=True):
    """A place on the teacher's wall: its number, the learner, and the lab that they used last with their standing."""

    number: int
    attendee: Attendee
    lab: str
    title: str
    standing: LabStanding


class GradeRow(msgspec.Struct, frozen=True):
    """A row of the gradebook: a learner in a lab."""

    id: str
    name: str
    lab: str
    state: str
    points: int
    time: str


class Moved(msgspec.Struct, frozen=True):
    """Progress of a whole class on its way to a checkpoint.

    Attributes:
        checkpoint: its name.
        asked: learners who were looked at, of `all`.
        left: those who could not be moved: the name, and why in parentheses.
        over: no more are moved.
    """

    checkpoint: str
    asked: int
    all: int
    left: tuple[str, ...]
    over: bool


class AttendedLab(Protocol):
    """One lab of one learner; every method may refuse (`EmulatorError`), and may wait."""

    @property
    def begun(self) -> bool:
        """Tell whether the learner has begun it; anything else that is asked of it begins it."""

    @property
    def consoles(self) -> Consoles:
        """The routers of its world and the bench."""

    def portal(self, log_ins: SharedSessions, /) -> Application:
        """The license portal of its world, as the lab opens it, for those who are logged in."""

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

    def rewind(self, checkpoint: str, /) -> None:
        """Put the world back to a checkpoint for the teacher, at no cost."""

    def hand_out(self, task: int, /) -> None:
        """Do everything up to the end of a task for the learner, for the teacher; that earns no more points."""

    def finish(self) -> str:
        """Hand an exam in, and tell its result."""

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

    def seats(self) -> Sequence[Seat]:
        """Every learner at their place on the wall."""

    @property
    def frozen(self) -> bool:
        """Tell whether the class is stopped."""

    def freeze(self, *, frozen: bool) -> None:
        """Stop the class, or let it go on."""

    @property
    def moved(self) -> Moved | None:
        """Progress of the class on its way to a checkpoint; None where it was sent to none."""

    def move(self, lab: str, checkpoint: str, task: int | None, /) -> None:
        """Begin to bring all who have begun a lab to a checkpoint, and come back at once; may refuse (`EmulatorError`).

        Args:
            lab: name of the lab.
            checkpoint: its name.
            task: number of the task up to whose end a solution is handed out; None: they are put back at no cost.
        """

    def note(self, learner: str, /) -> str:
        """The teacher's note for a learner; empty without one."""

    def write_note(self, learner: str, text: str, /) -> None:
        """Put a note in the place of the last one for a learner; an empty one takes it away."""

    def gradebook(self) -> Sequence[GradeRow]:
        """The points of every learner in every lab."""


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
