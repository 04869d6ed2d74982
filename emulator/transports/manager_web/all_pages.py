"""All pages of the manager."""

from functools import cache

from emulator.transports.manager_web import pages
from emulator.transports.manager_web.page import manager_drawing
from emulator.transports.web.discovery import load_pages
from emulator.transports.web.route import PageRoute


@cache
def manager_pages() -> tuple[PageRoute, ...]:
    """The pages that ship, in the order in which an address is looked for.

    Raises:
        DataFileError: a file of pages or a template is wrong.
    """
    return load_pages(pages, manager_drawing())
