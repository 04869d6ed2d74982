"""The learners of a class for their teacher: their codes and links, and their standing in each lab."""

from starlette.responses import Response

from emulator.transports.classroom.face import ClassPage
from emulator.transports.web.drawing import Template
from emulator.transports.web.route import MenuEntry, PageRoute

CLASS_PAGE = Template("class.html", ("key", "labs", "learners", "standings", "title"))
LINKS_PAGE = Template("links.html", ("origin", "rows", "title"))


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
