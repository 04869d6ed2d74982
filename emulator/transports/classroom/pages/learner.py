"""A learner's lab for the teacher: read and watched as it goes, stepped into, noted on, put back to a checkpoint."""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from emulator.labs.overview import LabOverview
from emulator.transports.classroom.face import ClassPage
from emulator.transports.classroom.pages.learn import PROGRESS_PARTS, Pane, panes
from emulator.transports.classroom.pages.wall import note_of
from emulator.transports.classroom.ports import AttendedLab, Attendee
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import NotThere, Problem
from emulator.transports.web.route import PageRoute


class LearnerFacts(msgspec.Struct, frozen=True):
    """The lab of a learner, as the teacher sees it.

    Attributes:
        attendee: the learner.
        lab: the lab and its tasks.
        address: of the page.
        panes: its lines.
        pane: the line that is shown.
        steps_in: the teacher types there, and does not only watch.
        note: for the learner, or empty.
        task_choices: numbers of the tasks that can be handed out, each with its words.
    """

    attendee: Attendee
    lab: LabOverview
    address: str
    panes: Sequence[Pane]
    pane: Pane
    steps_in: bool
    note: str
    task_choices: Sequence[tuple[str, str]]


class NotBegunFacts(msgspec.Struct, frozen=True):
    """A lab that a learner has not begun: its title, the address of the page, and the note."""

    attendee: Attendee
    title: str
    address: str
    note: str


class PutBackFacts(msgspec.Struct, frozen=True):
    """Question before a learner is put back to a checkpoint: the learner, the lab, and the address of their page."""

    attendee: Attendee
    lab: LabOverview
    address: str
    checkpoint: str


LEARNER_PAGE = Template("learner.html", LearnerFacts)
PUT_BACK_PAGE = Template("put_back.html", PutBackFacts)
NOT_BEGUN_PAGE = Template("not_begun.html", NotBegunFacts)


def _attendee(page: ClassPage) -> Attendee:
    """The learner that the address names.

    Raises:
        NotThere: the class has none of that ID.
    """
    found = page.face.served.attendee(str(page.request.path_params["id"]))
    if found is None or found.teacher:
        raise NotThere("This class has no such learner.")
    return found


def _lab(page: ClassPage) -> AttendedLab:
    """The lab that the address names, of the learner that it names."""
    found = page.face.served.lab(_attendee(page).id, str(page.request.path_params["lab"]))
    if found is None:
        raise NotThere("This class has no such lab.")
    return found


def _begun_lab(page: ClassPage) -> AttendedLab:
    """Return the lab of the page, which only the learner begins.

    Raises:
        Problem: the learner has not yet.
    """
    lab = _lab(page)
    if not lab.begun:
        raise Problem(f"{_attendee(page).name} has not begun this lab.")
    return lab


def _address(page: ClassPage) -> str:
    return f"/class/learners/{quote(_attendee(page).id)}/{quote(str(page.request.path_params['lab']))}"


def _learner(page: ClassPage) -> Response:
    attendee, lab, address = _attendee(page), _lab(page), _address(page)
    if not lab.begun:
        title = next(each.title for each in page.face.served.labs() if each.name == page.request.path_params["lab"])
        note = page.face.served.note(attendee.id)
        return page.draw(NOT_BEGUN_PAGE, attendee=attendee, title=title, address=address, note=note)
    shown = page.ask(lab.overview)
    found = panes(address, page.ask(lambda: lab.consoles))
    pane = next((each for each in found if each.word == page.value("pane")), found[0])
    return page.draw(
        LEARNER_PAGE,
        attendee=attendee,
        lab=shown,
        address=address,
        panes=found,
        pane=pane,
        steps_in=page.value("step") == "in",
        note=page.face.served.note(attendee.id),
        task_choices=[(str(each.number), f"{each.number}: {each.title}") for each in shown.tasks[shown.current - 1 :]],
    )


def _progress(page: ClassPage) -> Response:
    lab, address = _begun_lab(page), _address(page)
    found = panes(address, page.ask(lambda: lab.consoles))
    return page.unless_known(page.draw(PROGRESS_PARTS, lab=page.ask(lab.overview), panes=found, note="", frozen=False))


def _note(page: ClassPage) -> Response:
    attendee, note, _ = _attendee(page), note_of(page), _lab(page)
    page.face.served.write_note(attendee.id, note)
    page.tell(f"The note is on the page of {attendee.name}." if note else "The note is taken away.")
    return page.lead(_address(page))


def _ask_rewind(page: ClassPage) -> Response:
    """Ask whether the learner is really to be put back; what is not saved under a checkpoint is lost."""
    shown = page.ask(_begun_lab(page).overview)
    if not shown.checkpoints:
        raise NotThere("An exam has no checkpoints.")
    wanted = page.value("checkpoint")
    checkpoint = wanted if wanted in shown.checkpoints else shown.checkpoints[0]
    return page.draw(PUT_BACK_PAGE, attendee=_attendee(page), lab=shown, address=_address(page), checkpoint=checkpoint)


def _rewind(page: ClassPage) -> Response:
    lab, checkpoint = _begun_lab(page), page.value("checkpoint")
    page.ask(lambda: lab.rewind(checkpoint), "checkpoint")
    page.tell(f"The world of {_attendee(page).name} is as at the checkpoint {checkpoint}, at no cost.")
    return page.lead(_address(page))


def _hand_out(page: ClassPage) -> Response:
    lab, task = _begun_lab(page), page.number("task")
    page.ask(lambda: lab.hand_out(task), "task")
    page.tell(f"The world of {_attendee(page).name} is as at the end of task {task}.")
    return page.lead(_address(page))


PAGES = (
    PageRoute("/class/learners/{id}/{lab}", _learner, operator=True),
    PageRoute("/class/learners/{id}/{lab}/progress", _progress, operator=True),
    PageRoute("/class/learners/{id}/{lab}/note", send=_note, again=_learner, operator=True),
    PageRoute("/class/learners/{id}/{lab}/rewind", _ask_rewind, send=_rewind, again=_learner, operator=True, once=True),
    PageRoute("/class/learners/{id}/{lab}/hand-out", send=_hand_out, again=_learner, operator=True, once=True),
)
