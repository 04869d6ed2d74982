"""The front page, and logging in and out."""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from emulator.transports.portal.operations.letters import LETTERS, LetterRow
from emulator.transports.portal.operations.purchase import PAKS, PakAnswer
from emulator.transports.portal.operations.words import Part
from emulator.transports.portal.web.needs import WaitingWork, waiting_work
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import NoFacts, Template
from emulator.transports.web.log_in import log_in_pages
from emulator.transports.web.route import MenuEntry, PageRoute


class FrontFacts(msgspec.Struct, frozen=True):
    """Work that waits, PAKs with licenses left, and the newest letters."""

    needs: Sequence[WaitingWork]
    paks: Part[PakAnswer]
    letters: Part[LetterRow]


FRONT_PAGE = Template("front.html", FrontFacts)
LOG_IN_PAGE = Template("log_in.html", NoFacts)


def _front(page: PortalPage) -> Response:
    return page.draw(
        FRONT_PAGE,
        needs=waiting_work(page),
        paks=page.do(PAKS, left_only=True, limit=5),
        letters=page.do(LETTERS, limit=5),
    )


PAGES = (
    PageRoute("/", _front, menu=MenuEntry("Overview", 10)),
    *log_in_pages(LOG_IN_PAGE),
)
