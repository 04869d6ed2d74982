"""All pages of the portal."""

from functools import cache

from emulator.transports.portal.web import pages
from emulator.transports.portal.web.page import portal_drawing
from emulator.transports.web.discovery import load_pages
from emulator.transports.web.route import PageRoute


@cache
def portal_pages() -> tuple[PageRoute, ...]:
    """The pages that ship, in the order in which an address is looked for.

    Raises:
        DataFileError: a file of pages or a template is wrong.
    """
    return load_pages(pages, portal_drawing())
