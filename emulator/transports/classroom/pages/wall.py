"""The teacher's wall: every learner at their seat, who needs help first; notes, and the whole class stopped."""

from starlette.responses import Response

from emulator.transports.classroom.face import ClassPage
from emulator.transports.classroom.ports import Seat
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute

WALL_PAGE = Template("wall.html", ("counts", "frozen", "hidden", "seats", "stuck"))
WALL_PARTS = Template("wall_parts.html", ("counts", "hidden", "seats", "stuck"))

LONGEST_NOTE = 300

COUNTED = ("stuck", "working", "in progress", "done", "to do")
"""States that the head of the wall counts, in this order."""


def _wall(page: ClassPage) -> Response:
    return page.draw(WALL_PAGE, frozen=page.face.served.frozen, **_facts(page))


def _parts(page: ClassPage) -> Response:
    return page.unless_known(page.draw(WALL_PARTS, **_facts(page)))


def _facts(page: ClassPage) -> dict[str, object]:
    seats = page.face.served.seats()
    states = [seat.standing.state for seat in seats]
    counts = [(state, states.count(state)) for state in COUNTED if state in states]
    hidden = page.value("view") == "projector"
    return {"seats": seats, "stuck": list(filter(_is_stuck, seats)), "counts": counts, "hidden": hidden}


def _is_stuck(seat: Seat) -> bool:
    return bool(seat.standing.stuck)


def _freeze(page: ClassPage) -> Response:
    frozen = page.value("frozen") == "yes"
    page.face.served.freeze(frozen=frozen)
    page.tell("The class is stopped: keys are dropped, and no time passes." if frozen else "The class goes on.")
    return page.lead("/class/wall")


def _note_to_all(page: ClassPage) -> Response:
    note = note_of(page)
    for each in page.face.served.learners():
        page.face.served.write_note(each.id, note)
    page.tell("The note is on every learner's page." if note else "The notes are taken away.")
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
    PageRoute("/class/note", send=_note_to_all, again=_wall, operator=True),
)
