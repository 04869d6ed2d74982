"""A class that is served: who attends it, and the world of each learner in each lab; implements `ServedClass`.

A world is made at its first use, opened when it is used, and put down when it was not used for a while, so a learner
who does nothing costs nothing.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock, Thread

import msgspec

from emulator.kernel.errors import EmulatorError, Refused
from emulator.keys.signing import fingerprint
from emulator.labs.class_file import TEACHER, ClassPlan
from emulator.labs.loader import read_front
from emulator.labs.overview import LabOverview
from emulator.labs.signed_result import sign_result
from emulator.runtime.classroom.class_directory import ClassDirectory
from emulator.runtime.classroom.running_lab import RunningLab
from emulator.runtime.classroom.standing_files import standing_in
from emulator.runtime.extras import needs_serve
from emulator.runtime.labs.playing import begin, started
from emulator.runtime.labs.session import LabSession

with needs_serve():
    from emulator.transports.classroom.ports import AttendedLab, Attendee, LabStanding, OfferedLab
    from emulator.transports.web.consoles import Consoles

IDLE = 300.0
"""Seconds without use after which a world is put down."""

LOOKED = 10.0
"""Seconds between two looks for worlds to put down."""

NOT_TAKEN = "The server cannot keep this lab at the moment; tell your teacher."

RESULTS = "class result"

LOG = logging.getLogger(__name__)


class Classroom:
    """A class, from `start` to `stop`."""

    def __init__(self, plan: ClassPlan, directory: ClassDirectory, clock: Callable[[], float] = time.monotonic) -> None:
        """Get ready.

        Args:
            plan: the class.
            directory: of its worlds, held.
            clock: seconds that never go backwards.
        """
        self.title, self.folder = plan.title, directory.path
        self._plan, self._directory, self._clock = plan, directory, clock
        self._attendees = {TEACHER: Attendee(TEACHER, "Teacher", teacher=True)}
        self._attendees |= {each.id: Attendee(each.id, each.name) for each in plan.learners.values()}
        self._codes = {_digest(directory.code(id_)): id_ for id_ in self._attendees}
        fronts = {name: read_front(directory.page(name)) for name in plan.labs}
        self._labs = [OfferedLab(name, each.title, each.level, each.minutes) for name, each in fronts.items()]
        self._places = {(id_, lab): _Place(self, id_, lab) for id_ in self._attendees for lab in plan.labs}
        self._over = Event()
        self._looking = Thread(target=self._look_for_idle, name="idle worlds", daemon=True)

    def start(self) -> None:
        """Put worlds down from now on when they are idle."""
        self._looking.start()

    def stop(self) -> None:
        """Save and put down every world."""
        self._over.set()
        if self._looking.is_alive():
            self._looking.join()
        self.put_down(0)

    def put_down(self, idle: float) -> None:
        """Put down every world that was not used for so many seconds; 0: every one."""
        for place in self._places.values():
            place.put_down(idle)

    def _look_for_idle(self) -> None:
        while not self._over.wait(LOOKED):
            self.put_down(IDLE)

    # --- who attends -------------------------------------------------------------------------------------------

    def attendee(self, id_: str) -> Attendee | None:
        """The learner of an ID, or the teacher; None where there is none."""
        return self._attendees.get(id_)

    def by_code(self, code: str) -> Attendee | None:
        """The learner of a code, in letters of any case and with or without hyphens, or the teacher."""
        id_ = self._codes.get(_digest(code))
        return None if id_ is None else self._attendees[id_]

    def learners(self) -> Sequence[Attendee]:
        """The learners in the order of the roster."""
        return [each for each in self._attendees.values() if not each.teacher]

    def code(self, id_: str) -> str:
        """The code of a learner or the teacher."""
        return self._directory.code(id_)

    def key(self) -> str:
        """Fingerprint of the key that signs results."""
        return fingerprint(self._directory.key(RESULTS).public)

    # --- their labs --------------------------------------------------------------------------------------------

    def labs(self) -> Sequence[OfferedLab]:
        """The labs in their order."""
        return self._labs

    def lab(self, learner: str, lab: str) -> AttendedLab | None:
        """A learner's lab; None where the class has no such lab, or no such learner."""
        return self._places.get((learner, lab))

    def standings(self, learner: str) -> Mapping[str, LabStanding]:
        """The standing of a learner in each lab, by its name."""
        return {lab: self._places[learner, lab].standing() for lab in self._plan.labs}

    def world(self, learner: str, lab: str) -> Path:
        """The directory of a learner's world."""
        return self._directory.world(learner, lab)

    def begun_world(self, learner: str, lab: str) -> Path:
        """The directory of a learner's world, in which the lab begins if it did not yet.

        Raises:
            EmulatorError: the disk does not take it.
        """
        path = self.world(learner, lab)
        if not started(path):
            self._directory.make_world(learner, lab, lambda new: self._begin(learner, lab, new))
        return path

    def _begin(self, learner: str, lab: str, path: Path) -> None:
        begin(str(self._directory.page(lab)), path, self._directory.seed(learner, lab), exam=False)

    def sign(self, session: LabSession, name: str) -> bytes:
        """The result of a learner, signed with the key of the class."""
        outcome = msgspec.structs.replace(session.outcome(), learner=name)
        signed = sign_result(outcome, self._directory.key(RESULTS))
        return msgspec.json.format(msgspec.json.encode(signed)) + b"\n"

    def now(self) -> float:
        """Seconds of the clock."""
        return self._clock()


class _Place:
    """One lab of one learner; implements `AttendedLab`."""

    def __init__(self, room: Classroom, learner: str, lab: str) -> None:
        self._room, self._learner, self._lab = room, learner, lab
        self._opening = Lock()
        self._running: RunningLab | None = None
        self._standing: LabStanding | None = None

    @contextmanager
    def _used(self) -> Iterator[RunningLab]:
        """Use the world, opened if need be, and made if it is used for the first time.

        Raises:
            EmulatorError: it cannot be opened, or what is asked of it is refused.
        """
        try:
            running = self._opened()
            try:
                yield running
            finally:
                running.leave()
        except EmulatorError as error:
            if str(self._room.folder) in str(error):  # a learner is told of no file of the server
                LOG.warning("%s, %s: %s", self._learner, self._lab, error)
                raise Refused(NOT_TAKEN) from error
            raise

    def _opened(self) -> RunningLab:
        with self._opening:
            if self._running is None or not self._running.alive:
                self._running = None
                running = RunningLab(self._room.begun_world(self._learner, self._lab), self._room.now)
                running.start()
                self._running = running
            self._running.enter()
            return self._running

    def put_down(self, idle: float) -> None:
        """Put the world down if it was not used for so many seconds."""
        with self._opening:
            running = self._running
            if running is not None and (not idle or running.idle >= idle or not running.alive):
                running.stop()
                self._running = None

    def standing(self) -> LabStanding:
        """The standing of the learner, as it was judged the last time."""
        with self._opening:
            if self._standing is None:
                self._standing = standing_in(self._room.world(self._learner, self._lab))
            opened = self._running is not None
        return msgspec.structs.replace(self._standing, state="working") if opened else self._standing

    # --- what its page asks ------------------------------------------------------------------------------------

    @property
    def consoles(self) -> Consoles:
        """The routers of its world and the bench."""
        with self._used() as running:
            return running.consoles

    def overview(self) -> LabOverview:
        """The lab and the learner in it, judged by now."""
        with self._used() as running:
            shown = running.ask(LabSession.overview)
        state = "done" if shown.finished or (shown.exam and shown.over) else "in progress"
        self._standing = LabStanding(state, shown.points, shown.place, shown.time)
        return shown

    def hint(self) -> str:
        """Give the next hint."""
        with self._used() as running:
            return running.ask(LabSession.hint)

    def answer(self, question: str, text: str) -> str:
        """Take down an answer."""
        with self._used() as running:
            return running.ask(lambda session: session.answer(question, text))

    def solve(self) -> str:
        """Tell a right way through the present task."""
        with self._used() as running:
            return running.ask(LabSession.solve)

    def pause(self, *, paused: bool) -> None:
        """Stop the time, or let it go on."""
        with self._used() as running:
            running.ask(LabSession.pause if paused else lambda session: session.start(None))

    def back(self, checkpoint: str) -> None:
        """Put the world back to a checkpoint."""
        with self._used() as running:
            running.go_back(lambda session: session.back(checkpoint))

    def reset(self) -> None:
        """Begin anew where the lab began."""
        with self._used() as running:
            running.go_back(LabSession.reset)

    def signed_result(self) -> bytes:
        """The result as JSON, signed with the key of the class."""
        attendee = self._room.attendee(self._learner)
        assert attendee is not None
        with self._used() as running:
            return running.ask(lambda session: self._room.sign(session, attendee.name))


def _digest(code: str) -> str:
    """The digest by which a code is looked up, so that no time tells how much of it was right."""
    letters = "".join(code.split()).replace("-", "").lower()
    return sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()
