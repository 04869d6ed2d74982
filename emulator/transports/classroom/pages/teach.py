"""The learners of a class for their teacher: their codes and links, and their standing in each lab."""

from collections.abc import Mapping, Sequence

import msgspec
from starlette.responses import Response

from emulator.transports.classroom.face import ClassPage
from emulator.transports.classroom.ports import Attendee, LabStanding, OfferedLab
from emulator.transports.web.drawing import Template
from emulator.transports.web.route import MenuEntry, PageRoute


class ClassFacts(msgspec.Struct, frozen=True):
    """The learners with their standing in each lab, by ID and name, and the key that signs results."""

    title: str
    learners: Sequence[Attendee]
    labs: Sequence[OfferedLab]
    standings: Mapping[str, Mapping[str, LabStanding]]
    key: str


class LinksFacts(msgspec.Struct, frozen=True):
    """The learners, each with a code, and the address of the class."""

    title: str
    rows: Sequence[tuple[Attendee, str]]
    origin: str


CLASS_PAGE = Template("class.html", ClassFacts)
LINKS_PAGE = Template("links.html", LinksFacts)


def _class(page: ClassPage) -> Response:
    served = page.face.served
    learners = served.learners()
    standings = {each.id: served.standings(each.id) for each in learners}
    return page.draw(
        CLASS_PAGE, title=served.title, learners=learners, labs=served.labs(), standings=standings, key=served.key()
    )


def _links(page: ClassPage) -> Response:
    """A sheet to be printed and cut up: each learner's name, address and code."""
    served = page.face.served
    origin = page.face.origin or f"{page.request.url.scheme}://{page.request.url.netloc}"
    rows = [(each, served.code(each.id)) for each in served.learners()]
    return page.draw(LINKS_PAGE, title=served.title, rows=rows, origin=origin)


def _front(page: ClassPage) -> Response:
    return page.lead("/class/wall")


PAGES = (
    PageRoute("/class", _front, operator=True),
    PageRoute("/class/learners", _class, operator=True, menu=MenuEntry("Learners", 30, "Class")),
    PageRoute("/class/links", _links, operator=True, menu=MenuEntry("Join links", 50, "Class")),
)
