"""A capture of devices, compared with them and with what the license portal issued for them."""

from starlette.responses import Response

from emulator.manager.api.jobs import DRIFT
from emulator.manager.captured import LARGEST_CAPTURE
from emulator.manager.roles import ManagerAction
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import NoFacts, Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute

DRIFT_PAGE = Template("drift.html", NoFacts)


def _show(page: ManagerPage) -> Response:
    return page.draw(DRIFT_PAGE)


def _compare(page: ManagerPage) -> Response:
    content, field = page.file("file"), "file"
    if not content:
        content, field = page.value("pasted").encode(), "pasted"
    if not content:
        raise BadInput("Choose a file, or paste a capture.", "file")
    if len(content) > LARGEST_CAPTURE:
        raise BadInput("A capture has 1 MiB at most.", field)
    with refused_beside(field):
        return page.lead(f"/jobs/{page.do(DRIFT, captures=(content,)).id}")


NEEDED = ManagerAction.POLL

PAGES = (
    PageRoute(
        "/drift", Needing(NEEDED, _show), Needing(NEEDED, _compare), once=True,
        menu=MenuEntry("Compare a capture", 45, "Devices"),
    ),
)  # fmt: skip
