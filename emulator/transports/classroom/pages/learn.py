"""The labs of a learner, and the page of one: its text, tasks and live checks beside a console or the bench.

The page is whole without a script but for the console. The script loads the parts anew that change while the learner
works, from an address of their own; each part has a name.
"""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from emulator.labs.overview import LabOverview
from emulator.transports.classroom.face import ClassPage
from emulator.transports.classroom.ports import AttendedLab, LabStanding, OfferedLab
from emulator.transports.web.consoles import BENCH, CONSOLE, Consoles
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuEntry, PageRoute

TEXT = "lab"
"""Word in the address for the text of the lab, which on a phone is a pane of its own."""


PORTAL = "portal"
"""Word in the address for the license portal."""


class Pane(msgspec.Struct, frozen=True):
    """A line or the portal beside the text of a lab: the word for it in the address, its title, its state, its socket.

    The portal has no socket.
    """

    word: str
    title: str
    state: str
    socket: str


class LabsFacts(msgspec.Struct, frozen=True):
    """The labs of a class, with the standing of the learner in each, by name."""

    title: str
    labs: Sequence[OfferedLab]
    standings: Mapping[str, LabStanding]


class ProgressFacts(msgspec.Struct, frozen=True):
    """Changing parts of a lab's page: tasks, states of its lines, the note, and whether the class is stopped."""

    lab: LabOverview
    panes: Sequence[Pane]
    note: str
    frozen: bool


class LabFacts(ProgressFacts, frozen=True):
    """A lab: what changes, the line that is shown, and the pane that was asked for, or empty."""

    pane: Pane
    asked: str


class LabQuestionFacts(msgspec.Struct, frozen=True):
    """The question before an act that cannot be undone.

    Attributes:
        lab: the lab that the act is for.
        act: last word of its address.
        asked: pane that was asked for, or empty.
        question: the question.
        sentences: what the act costs.
        button: words of the button that carries it out.
        kind: class of that button.
    """

    lab: LabOverview
    act: str
    asked: str
    question: str
    sentences: Sequence[str]
    button: str
    kind: str


LABS_PAGE = Template("labs.html", LabsFacts)
LAB_PAGE = Template("lab.html", LabFacts)
CONFIRM_PAGE = Template("confirm.html", LabQuestionFacts)
PROGRESS_PARTS = Template("progress.html", ProgressFacts)


def _labs(page: ClassPage) -> Response:
    served = page.face.served
    return page.draw(
        LABS_PAGE,
        title=served.title,
        labs=served.labs(),
        standings=served.standings(page.attendee.id),
    )


def _lab(page: ClassPage) -> Response:
    lab = page.lab
    shown = page.ask(lab.overview)
    found = [*panes(f"/learn/{quote(shown.name)}", page.ask(lambda: lab.consoles)), Pane(PORTAL, "Portal", "", "")]
    wanted = page.value("pane")
    chosen = next((pane for pane in found if pane.word == wanted), None)
    if wanted and wanted != TEXT and chosen is None:
        raise NotThere("This lab has no such router.")
    return page.draw(
        LAB_PAGE,
        lab=shown,
        panes=found,
        pane=chosen or found[0],
        asked=wanted,
        note=page.face.served.note(page.attendee.id),
        frozen=_stopped(page),
    )


def panes(address: str, consoles: Consoles) -> list[Pane]:
    """Con 0 of each router, and the bench, with sockets below an address."""
    below = f"{address}/console"
    routers = [
        Pane(row.name, row.name, row.state, f"{below}/{quote(row.name)}/{CONSOLE}/socket") for row in consoles.routers()
    ]
    return [*routers, Pane(BENCH, "Bench", "", f"{below}/{BENCH}/{BENCH}/socket")]


def _progress(page: ClassPage) -> Response:
    """The parts of the page that change."""
    lab = page.lab
    shown = page.ask(lab.overview)
    found = panes(f"/learn/{quote(shown.name)}", page.ask(lambda: lab.consoles))
    note = page.face.served.note(page.attendee.id)
    return page.unless_known(page.draw(PROGRESS_PARTS, lab=shown, panes=found, note=note, frozen=_stopped(page)))


def _stopped(page: ClassPage) -> bool:
    """Tell whether the class is stopped, for a learner."""
    return page.face.served.frozen and not page.attendee.teacher


def _seen(page: ClassPage) -> Response:
    """Take the teacher's note away."""
    _ = page.lab
    page.face.served.write_note(page.attendee.id, "")
    return page.lead(f"/learn/{quote(str(page.request.path_params['lab']))}", **_same_pane(page))


def _same_pane(page: ClassPage) -> dict[str, str]:
    return {"pane": pane} if (pane := page.value("pane")) else {}


# --- acts ------------------------------------------------------------------------------------------------------------

LabAct = Callable[[ClassPage, AttendedLab], str]
"""Act of a learner in a lab; returns the sentence that tells of it."""


def _acts(act: LabAct) -> Callable[[ClassPage], Response]:
    """The form of an act: carried out, told, and back to the page as it was."""

    def send(page: ClassPage) -> Response:
        lab = page.lab
        page.tell(act(page, lab).strip())
        return page.lead(f"/learn/{quote(str(page.request.path_params['lab']))}", **_same_pane(page))

    return send


def _answer(page: ClassPage, lab: AttendedLab) -> str:
    question = page.value("question")
    told = page.ask(lambda: lab.answer(question, page.value("answer")), f"answer-{question}")
    return f"{told[:1].upper()}{told[1:].strip()}. The checks of the task tell whether it is right."


def _hint(page: ClassPage, lab: AttendedLab) -> str:
    return page.ask(lab.hint)


def _solve(page: ClassPage, lab: AttendedLab) -> str:
    return page.ask(lab.solve)


def _ask_solve(page: ClassPage) -> Response:
    """Ask whether the solution is really wanted."""
    shown = page.ask(page.lab.overview)
    if not shown.current or shown.exam:
        raise NotThere("There is no task here whose solution can be shown.")
    task = shown.tasks[shown.current - 1]
    open_ = task.most - task.points
    told = f"{open_} {'point' if open_ == 1 else 'points'} of this task can still be earned"
    return page.draw(
        CONFIRM_PAGE,
        lab=shown,
        act="solve",
        asked=page.value("pane"),
        question=f"Show the solution of task {task.number}?",
        sentences=(f"{told}; after its solution was shown, no more are. Points that you have stay.",),
        button="Show solution",
        kind="",
    )


def _ask_reset(page: ClassPage) -> Response:
    """Ask whether the lab is really to begin anew."""
    shown = page.ask(page.lab.overview)
    if shown.exam:
        raise NotThere("An exam has no fresh start.")
    kept = f"You have {shown.points} of {shown.most} points; they are earned anew."
    return page.draw(
        CONFIRM_PAGE,
        lab=shown,
        act="reset",
        asked=page.value("pane"),
        question="Begin this lab anew?",
        sentences=(
            "The routers and the portal are as they were at the start; what you have done there is gone for good.",
            f"{kept} Names and numbers stay the same, and what hints have cost stays lost.",
        ),
        button="Begin anew",
        kind="danger",
    )


def _pause(page: ClassPage, lab: AttendedLab) -> str:
    page.ask(lambda: lab.pause(paused=True))
    return "The time is stopped; nothing counts until you continue."


def _continue(page: ClassPage, lab: AttendedLab) -> str:
    page.ask(lambda: lab.pause(paused=False))
    return "The time runs again."


def _back(page: ClassPage, lab: AttendedLab) -> str:
    checkpoint = page.value("checkpoint")
    page.ask(lambda: lab.back(checkpoint), "checkpoint")
    return f"The world is as at the checkpoint {checkpoint}. Routers and bench were left; open them again."


def _reset(page: ClassPage, lab: AttendedLab) -> str:
    page.ask(lab.reset)
    return "The lab begins anew, with the same names and numbers; what hints cost stays."


def _finish(page: ClassPage, lab: AttendedLab) -> str:
    if page.value("sure") != "yes":
        raise BadInput("Tick that you are done; an exam cannot be taken back.", "sure")
    page.ask(lab.finish)
    return "The exam is handed in; its result is below."


def _result(page: ClassPage) -> Response:
    """The signed result as a file."""
    content = page.ask(page.lab.signed_result)
    name = f"{page.attendee.id}-{page.request.path_params['lab']}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/json", headers=headers)


PAGES = (
    PageRoute("/learn", _labs, menu=MenuEntry("Labs", 10)),
    PageRoute("/learn/{lab}", _lab),
    PageRoute("/learn/{lab}/progress", _progress),
    PageRoute("/learn/{lab}/result", _result),
    PageRoute("/learn/{lab}/seen", send=_seen),
    PageRoute("/learn/{lab}/answer", send=_acts(_answer), again=_lab),
    PageRoute("/learn/{lab}/hint", send=_acts(_hint), again=_lab, once=True),
    PageRoute("/learn/{lab}/solve", _ask_solve, send=_acts(_solve), again=_lab),
    PageRoute("/learn/{lab}/pause", send=_acts(_pause), again=_lab),
    PageRoute("/learn/{lab}/continue", send=_acts(_continue), again=_lab),
    PageRoute("/learn/{lab}/finish", send=_acts(_finish), again=_lab, once=True),
    PageRoute("/learn/{lab}/back", send=_acts(_back), again=_lab, once=True),
    PageRoute("/learn/{lab}/reset", _ask_reset, send=_acts(_reset), again=_lab, once=True),
)
