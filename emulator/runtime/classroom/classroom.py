"""A class that is served: who attends it, and the world of each learner in each lab; implements `ServedClass`.

A world is made at its first use, opened when it is used, and put down when it was not used for a while, so a learner
who does nothing costs nothing.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from hashlib import sha256
from threading import Event, Thread

from emulator.kernel.errors import EmulatorError, UnknownName
from emulator.keys.signing import fingerprint
from emulator.labs.class_file import TEACHER, ClassPlan, Learner
from emulator.labs.loader import read_front
from emulator.runtime.classroom.attended_lab import LearnersLab
from emulator.runtime.classroom.class_directory import RESULTS, ClassDirectory
from emulator.runtime.classroom.class_move import ClassMove, MoveStep
from emulator.runtime.classroom.notices import ClassNotices, NeverStopped
from emulator.runtime.extras import needs_serve
from emulator.runtime.wall_clock import seconds_since_1970

with needs_serve():
    from emulator.transports.classroom.ports import (
        AttendedLab,
        Attendee,
        GradeRow,
        LabStanding,
        Moved,
        OfferedLab,
        Seat,
    )

IDLE = 300.0
"""Seconds without use after which a world is put down."""

LOOKED = 10.0
"""Seconds between two looks for worlds to put down, or to make ahead."""

AFTER_EACH = 0.05
"""Seconds after a world was made ahead, and between two looks whether a learner waits for one."""

FREEZERS, FREEZE_WAITS = 32, 2.0
"""Worlds that are stopped at once, and the seconds that the teacher waits for them; one that is busy stops later."""

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
        self._labs = [
            OfferedLab(name, each.title, each.level, each.minutes, exam=name in plan.exams)
            for name, each in fronts.items()
        ]
        self._notices = ClassNotices(directory.path, seconds_since_1970)
        learners = {TEACHER: Learner("Teacher", TEACHER), **plan.learners}
        self._places = {
            (id_, lab): (
                LearnersLab(directory, learner, lab, NeverStopped(), clock)
                if id_ == TEACHER
                else LearnersLab(directory, learner, lab, self._notices, clock, plan.exams.get(lab))
            )
            for id_, learner in learners.items()
            for lab in plan.labs
        }
        self._over, self._move = Event(), ClassMove()
        self._freezing = ThreadPoolExecutor(FREEZERS, "stops")
        self._minding = [
            Thread(target=self._look_for_idle, name="idle worlds", daemon=True),
            Thread(target=self._make_ahead, name="worlds to come", daemon=True),
        ]

    def start(self) -> None:
        """Put worlds down from now on when they are idle, and make those that learners will ask for next."""
        for thread in self._minding:
            thread.start()

    def stop(self) -> None:
        """Save and put down every world."""
        self._over.set()
        self._move.stop()
        self._freezing.shutdown()
        for thread in self._minding:
            if thread.is_alive():
                thread.join()
        self.put_down(0)

    def put_down(self, idle: float) -> None:
        """Put down every world that was not used for so many seconds; 0: every one."""
        for place in self._places.values():
            place.put_down(idle)

    def _look_for_idle(self) -> None:
        while not self._over.wait(LOOKED):
            self.put_down(IDLE)

    def _make_ahead(self) -> None:
        """Have the next world of each learner there before it is asked for: the first lab not begun of each.

        Whoever waits for a lab to open comes first.
        """
        while True:
            for id_ in self._attendees:
                lab = next((lab for lab in self._plan.labs if not self._places[id_, lab].begun), None)
                if lab is not None and self._nobody_waits():
                    try:
                        self._places[id_, lab].make_ahead()
                    except EmulatorError as error:  # whoever opens it is told
                        LOG.warning("a world of %s cannot be made ahead: %s", lab, error)
                if self._over.wait(AFTER_EACH):
                    return
            if self._over.wait(LOOKED):
                return

    def _nobody_waits(self) -> bool:
        """Come back when no lab is being opened; tells whether the class goes on."""
        while any(place.opening for place in self._places.values()):
            if self._over.wait(AFTER_EACH):
                return False
        return True

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

    # --- what the teacher does ---------------------------------------------------------------------------------

    def seats(self) -> Sequence[Seat]:
        """Every learner at their place on the wall, with the lab that they used last."""
        return [self._seat(number, each) for number, each in enumerate(self.learners(), 1)]

    def _seat(self, number: int, attendee: Attendee) -> Seat:
        places = {lab.name: self._places[attendee.id, lab.name] for lab in self._labs}
        standings = {name: place.standing() for name, place in places.items()}
        begun = [name for name, each in standings.items() if each.state != "to do"] or [self._labs[0].name]
        last = max(begun, key=lambda name: (places[name].used, list(places).index(name)))
        title = next(lab.title for lab in self._labs if lab.name == last)
        return Seat(number, attendee, last, title, standings[last])

    @property
    def frozen(self) -> bool:
        """Tell whether the class is stopped."""
        return self._notices.frozen

    def freeze(self, *, frozen: bool) -> None:
        """Stop the class, or let it go on; the teacher's own worlds go on."""
        self._notices.freeze(frozen=frozen)
        opened = [place for place in self._places.values() if place.opened]
        wait([self._freezing.submit(place.freeze) for place in opened], FREEZE_WAITS)

    @property
    def moved(self) -> Moved | None:
        """Progress of the class on its way to a checkpoint; None where it was sent to none."""
        return self._move.moved

    def move(self, lab: str, checkpoint: str, task: int | None) -> None:
        """Begin to bring all who have begun a lab to a checkpoint, and come back at once.

        Args:
            lab: name of the lab.
            checkpoint: its name.
            task: number of the task up to whose end a solution is handed out; None: they are put back at no cost.

        Raises:
            EmulatorError: there is no such lab, or another move is under way.
        """
        if lab not in self._plan.labs:
            raise UnknownName("lab", lab, self._plan.labs)
        steps: list[MoveStep] = []
        for each in self.learners():
            place = self._places[each.id, lab]
            step = partial(place.rewind, checkpoint) if task is None else partial(place.hand_out, task)
            steps.append((each.name, step if place.begun else None))
        self._move.begin(checkpoint, steps)

    def note(self, learner: str) -> str:
        """The teacher's note for a learner; empty without one."""
        return self._notices.note(learner)

    def write_note(self, learner: str, text: str) -> None:
        """Put a note in the place of the last one for a learner; an empty one takes it away."""
        self._notices.write(learner, text)

    def gradebook(self) -> Sequence[GradeRow]:
        """The points of every learner in every lab by now, in the order of the roster."""
        return [
            GradeRow(each.id, each.name, lab.name, standing.state, standing.points, standing.time)
            for each in self.learners()
            for lab in self._labs
            for standing in (self._places[each.id, lab.name].judged_standing(),)
        ]


def _digest(code: str) -> str:
    """The digest by which a code is looked up, so that no time tells how much of it was right."""
    letters = "".join(code.split()).replace("-", "").lower()
    return sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()
