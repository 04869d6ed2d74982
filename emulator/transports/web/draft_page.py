"""Leaves a wizard for later, or forgets what was left of it. A script keeps what is typed in the same way."""

from collections.abc import Callable

from starlette.responses import Response

from emulator.transports.web.page import Page
from emulator.transports.web.problems import NotThere
from emulator.transports.web.route import PageRoute

LEAVE, DROP = "leave", "drop"
NO_CONTENT = 204


def draft_page(address_of: Callable[[str], str | None]) -> PageRoute:
    """The page that keeps the drafts of a face; `address_of` finds where a draft is gone on with, by its name."""

    def draft(page: Page) -> Response:
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

    return PageRoute("/draft", send=draft)
