"""The labs of a learner, and the page of one: its text, tasks and live checks beside a console or the bench.

The page is whole without a script but for the console. The script loads the parts anew that change while the learner
works, from an address of their own; each part has a name.
"""

from collections.abc import Callable
from hashlib import sha256
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from emulator.transports.classroom.face import ClassPage
from emulator.transports.classroom.ports import AttendedLab
from emulator.transports.web.consoles import BENCH, CONSOLE, Consoles
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import NotThere
from emulator.transports.web.route import MenuEntry, PageRoute

LABS_PAGE = Template("labs.html")
LAB_PAGE = Template("lab.html")
PROGRESS_PARTS = Template("progress.html")


class Pane(msgspec.Struct, frozen=True):
    """A line beside the text of a lab: the word for it in the address, its title, its state, and its socket."""

    word: str
    title: str
    state: str
    socket: str


def _labs(page: ClassPage) -> Response:
    served = page.face.served
    return page.draw(
        LABS_PAGE,
        title=served.title,
        name=page.attendee.name,
        labs=served.labs(),
        standings=served.standings(page.attendee.id),
    )


def _lab(page: ClassPage) -> Response:
    lab = page.lab
    shown = page.ask(lab.overview)
    panes = _panes(shown.name, page.ask(lambda: lab.consoles))
    wanted = page.value("pane")
    chosen = next((pane for pane in panes if pane.word == wanted), None)
    if wanted and chosen is None:
        raise NotThere("This lab has no such router.")
    return page.draw(
        LAB_PAGE,
        lab=shown,
        panes=panes,
        pane=chosen or panes[0],
        asked=wanted,
        name=page.attendee.name,
    )


def _panes(lab: str, consoles: Consoles) -> list[Pane]:
    """Con 0 of each router, and the bench."""
    below = f"/learn/{quote(lab)}/console"
    routers = [
        Pane(row.name, row.name, row.state, f"{below}/{quote(row.name)}/{CONSOLE}/socket") for row in consoles.routers()
    ]
    return [*routers, Pane(BENCH, "Bench", "", f"{below}/{BENCH}/{BENCH}/socket")]


def _progress(page: ClassPage) -> Response:
    """The parts of the page that change; not sent again to a page that has them."""
    response = page.draw(PROGRESS_PARTS, lab=page.ask(page.lab.overview))
    tag = f'"{sha256(bytes(response.body)).hexdigest()[:32]}"'
    if page.request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    return response


# --- acts ------------------------------------------------------------------------------------------------------------

LabAct = Callable[[ClassPage, AttendedLab], str]
"""Something that a learner does with a lab, and what is told of it."""


def _acts(act: LabAct) -> Callable[[ClassPage], Response]:
    """The form of an act: carried out, told, and back to the page as it was."""

    def send(page: ClassPage) -> Response:
        lab = page.lab
        page.tell(page.ask(lambda: act(page, lab)).strip())
        name, pane = quote(str(page.request.path_params["lab"])), page.value("pane")
        return page.lead(f"/learn/{name}", **({"pane": pane} if pane else {}))

    return send


def _answer(page: ClassPage, lab: AttendedLab) -> str:
    told = lab.answer(page.value("question"), page.value("answer"))
    return f"{told[:1].upper()}{told[1:].strip()}."


def _hint(_: ClassPage, lab: AttendedLab) -> str:
    return lab.hint()


def _solve(_: ClassPage, lab: AttendedLab) -> str:
    return lab.solve()


def _pause(_: ClassPage, lab: AttendedLab) -> str:
    lab.pause(paused=True)
    return "The time is stopped; nothing counts until you continue."


def _continue(_: ClassPage, lab: AttendedLab) -> str:
    lab.pause(paused=False)
    return "The time runs again."


def _back(page: ClassPage, lab: AttendedLab) -> str:
    checkpoint = page.value("checkpoint")
    lab.back(checkpoint)
    return f"The world is as at the checkpoint {checkpoint}. Routers and bench were left; open them again."


def _reset(_: ClassPage, lab: AttendedLab) -> str:
    lab.reset()
    return "The lab begins anew, with the same names and numbers; what hints cost stays."


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
    PageRoute("/learn/{lab}/answer", send=_acts(_answer), again=_lab),
    PageRoute("/learn/{lab}/hint", send=_acts(_hint), again=_lab, once=True),
    PageRoute("/learn/{lab}/solve", send=_acts(_solve), again=_lab),
    PageRoute("/learn/{lab}/pause", send=_acts(_pause), again=_lab),
    PageRoute("/learn/{lab}/continue", send=_acts(_continue), again=_lab),
    PageRoute("/learn/{lab}/back", send=_acts(_back), again=_lab, once=True),
    PageRoute("/learn/{lab}/reset", send=_acts(_reset), again=_lab, once=True),
)
