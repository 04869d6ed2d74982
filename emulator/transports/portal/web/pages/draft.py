"""Leaves a wizard for later, or forgets what was left of it. A script keeps what is typed in the same way."""

from starlette.responses import Response

from emulator.transports.portal.web.page import PortalPage
from emulator.transports.portal.web.wizards import address_of
from emulator.transports.web.problems import NotThere
from emulator.transports.web.route import PageRoute

LEAVE, DROP = "leave", "drop"
NO_CONTENT = 204


def _draft(page: PortalPage) -> Response:
    wizard = page.value("wizard")
    address = address_of(wizard)
    if address is None:
        raise NotThere("There is no such form to be left for later.")
    act = page.value("act")
    if act == DROP:
        page.drop_draft(wizard)
        return page.lead(address)
    page.keep_draft(wizard, page.typed)
    if act != LEAVE:
        return Response(status_code=NO_CONTENT)
    page.tell("Saved. It waits for you here as you left it.")
    return page.lead("/")


PAGES = (PageRoute("/draft", send=_draft),)
