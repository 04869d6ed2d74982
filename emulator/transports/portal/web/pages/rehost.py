"""The rehost wizard, with its two tickets.

    source and target -> what to move -> permission ticket to the source -> its rehost ticket back -> the target's file

Between the third step and the fourth lies a walk to the router, which may take days: a rehost that was begun stands on
the first page and on its own, and goes on from there.
"""

from urllib.parse import quote

from starlette.responses import Response

from emulator.transports.portal.operations.transfer import CASE, PERMISSION, REHOST, REHOSTABLE, REHOSTS
from emulator.transports.portal.web.menu import Group
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput, Problem
from emulator.transports.web.route import MenuEntry, PageRoute

REHOST_PAGE = Template("rehost.html")
REHOST_CHOOSE_PAGE = Template("rehost_choose.html")
REHOST_CASE_PAGE = Template("rehost_case.html")


def _begin(page: PortalPage) -> Response:
    return page.draw(REHOST_PAGE, open=page.do(REHOSTS, open_only=True, limit=100))


def _choose(page: PortalPage) -> Response:
    try:
        rows = page.do(REHOSTABLE).rows
    except Problem as problem:
        page.problems.append(problem)
        return _begin(page)
    return page.draw(REHOST_CHOOSE_PAGE, rows=rows)


def _permit(page: PortalPage) -> Response:
    skus = page.values("skus")
    if not skus:
        raise BadInput("Choose at least one product.", "skus")
    letter = page.do(
        PERMISSION,
        skus=skus,
        credential=page.file("credential") or None,
        override=page.value("override") == "yes",
    )
    page.tell(f"Permission ticket {letter.ticket} was issued and mailed to {letter.to}.")
    return page.lead(f"/rehost/{quote(letter.ticket)}", target=page.value("target"))


def _show(page: PortalPage) -> Response:
    return page.draw(REHOST_CASE_PAGE, case=page.do(CASE))


def _complete(page: PortalPage) -> Response:
    case = page.do(CASE)
    document = page.file("rehost_ticket")
    if not document:
        raise BadInput("Choose the file of the rehost ticket.", "rehost_ticket")
    letter = page.do(
        REHOST,
        named={"ticket": "rehost_ticket"},
        ticket=document,
        credential=page.file("credential") or None,
        override=page.value("override") == "yes",
    )
    page.tell(f"The licenses given up by {case.source} are now those of {page.value('target')}.")
    return page.lead(f"/mail/{letter.number}")


PAGES = (
    PageRoute("/rehost", _begin, menu=MenuEntry("Transfer licenses", 60, Group.LICENSES)),
    PageRoute("/rehost/choose", _choose, _permit),
    PageRoute("/rehost/{ticket}", _show, _complete),
)
