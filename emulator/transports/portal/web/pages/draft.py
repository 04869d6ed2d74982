"""Drafts of the portal's wizards."""

from emulator.transports.portal.web.wizards import address_of
from emulator.transports.web.draft_page import draft_page

PAGES = (draft_page(address_of),)
