"""The teacher's wall: every learner at their seat, who needs help first; notes, and the whole class stopped."""

import re
from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from emulator.transports.classroom.face import ClassPage
from emulator.transports.classroom.ports import Moved, Seat
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute


class WallState(msgspec.Struct, frozen=True):
    """The parts of the wall that change.

    Attributes:
        counts: states with the number of learners in each.
        seats: all learners.
        stuck: those who need help.
        moved: the way of the class to a checkpoint, if it was sent to one.
        hidden: names are not shown, as on a projector.
    """

    counts: Sequence[tuple[str, int]]
    seats: Sequence[Seat]
    stuck: Sequence[Seat]
    moved: Moved | None
    hidden: bool


class WallPartsFacts(msgspec.Struct, frozen=True):
    """The wall alone, for a page that is open."""

    wall: WallState


class WallFacts(msgspec.Struct, frozen=True):
    """The wall, the names and titles of the labs, and whether the class is stopped."""

    wall: WallState
    labs: Sequence[tuple[str, str]]
    frozen: bool


WALL_PAGE = Template("wall.html", WallFacts)
WALL_PARTS = Template("wall_parts.html", WallPartsFacts)

LONGEST_NOTE = 300

_CHECKPOINT = re.compile(r"start|task-(?P<task>[1-9][0-9]?)")

COUNTED = ("stuck", "working", "in progress", "done", "to do")
"""States that the head of the wall counts, in this order."""


def _wall(page: ClassPage) -> Response:
    served = page.face.served
    labs = [(lab.name, lab.title) for lab in served.labs() if not lab.exam]
    return page.draw(WALL_PAGE, frozen=served.frozen, labs=labs, wall=_state(page))


def _parts(page: ClassPage) -> Response:
    return page.unless_known(page.draw(WALL_PARTS, wall=_state(page)))


def _state(page: ClassPage) -> WallState:
    seats = page.face.served.seats()
    states = [seat.standing.state for seat in seats]
    counts = [(state, states.count(state)) for state in COUNTED if state in states]
    return WallState(
        counts,
        seats,
        list(filter(_is_stuck, seats)),
        page.face.served.moved,
        hidden=page.value("view") == "projector",
    )


def _is_stuck(seat: Seat) -> bool:
    return bool(seat.standing.stuck)


def _freeze(page: ClassPage) -> Response:
    frozen = page.value("frozen") == "yes"
    page.face.served.freeze(frozen=frozen)
    if not frozen:
        page.tell("The class goes on.")
    return page.lead("/class/wall")


def _note_to_all(page: ClassPage) -> Response:
    note = note_of(page)
    for each in page.face.served.learners():
        page.face.served.write_note(each.id, note)
    page.tell("The note is on every learner's page." if note else "The notes are taken away.")
    return page.lead("/class/wall")


def _checkpoint(page: ClassPage) -> Response:
    """Begin to put all who have been at a checkpoint back to it, or to bring all to it who have not come so far."""
    name, checkpoint = page.value("lab"), page.value("checkpoint")
    found = _CHECKPOINT.fullmatch(checkpoint)
    if found is None:
        raise BadInput("A checkpoint is start, or the end of a task, such as task-1.", "checkpoint")
    back, task = page.value("act") == "back", int(found["task"] or 0)
    if not back and not task:
        raise BadInput("At the start there is nothing to hand out; put all back to it instead.", "checkpoint")
    if name not in {lab.name for lab in page.face.served.labs() if not lab.exam}:
        raise BadInput("Choose a lab of this class.", "lab")
    if back and page.value("sure") != "yes":
        raise BadInput("Tick that what the learners have done since is to go; it cannot be brought back.", "sure")
    page.ask(lambda: page.face.served.move(name, checkpoint, None if back else task))
    return page.lead("/class/wall")


def note_of(page: ClassPage) -> str:
    """The note that was typed, in one line.

    Raises:
        BadInput: it is too long.
    """
    note = " ".join(page.value("note").split())
    if len(note) > LONGEST_NOTE:
        raise BadInput(f"Write up to {LONGEST_NOTE} characters; this note has {len(note)}.", "note")
    return note


PAGES = (
    PageRoute("/class/wall", _wall, operator=True, menu=MenuEntry("Wall", 20, "Class")),
    PageRoute("/class/wall/parts", _parts, operator=True),
    PageRoute("/class/freeze", send=_freeze, again=_wall, operator=True),
    PageRoute("/class/checkpoint", send=_checkpoint, again=_wall, operator=True, once=True),
    PageRoute("/class/note", send=_note_to_all, again=_wall, operator=True),
)
