"""Work that waits for its reader on the front page: what was left, what a device has to answer, what is unused."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import msgspec

from emulator.transports.portal.operations.purchase import ORDERS, PAKS
from emulator.transports.portal.operations.transfer import REHOSTS
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.portal.web.wizards import LICENSES, REHOST, WIZARDS

MOST = 5
"""Rows of one kind that the front page lists."""


class WaitingWork(msgspec.Struct, frozen=True):
    """Work that waits: its state as a badge, what it is, and the act that goes on with it."""

    state: str
    text: str
    act: str
    address: str


def waiting_work(page: PortalPage) -> list[WaitingWork]:
    """All that waits, what was begun first."""
    return [*_left(page), *_unanswered(page), *_unused(page), *_in_the_mail(page)]


def _left(page: PortalPage) -> Iterator[WaitingWork]:
    drafts = {name: page.face.drafts.find(page.portal_request.by, name) for name in WIZARDS}
    if later := drafts[LICENSES]:
        drafts[REHOST] = None
    for name, draft in drafts.items():
        if draft is not None:
            wizard = WIZARDS[name]
            named = {field: text for field in wizard.told_by for text in draft.get(field, ()) if text}
            text = f"{wizard.title}: {', '.join(named.values())}" if named else wizard.title
            address = f"/rehost/choose?{urlencode(named)}" if draft is later else wizard.address
            yield WaitingWork("in progress", text, "Continue", address)


def _unanswered(page: PortalPage) -> Iterator[WaitingWork]:
    for case in page.do(REHOSTS, open_only=True, limit=MOST).rows:
        text = f"{case.ticket} needs the rehost ticket of {case.source}"
        yield WaitingWork("waiting for the rehost ticket", text, "Continue", f"/rehost/{quote(case.ticket)}")


def _unused(page: PortalPage) -> Iterator[WaitingWork]:
    now = page.portal_request.date(page.portal_request.now)
    for pak in page.do(PAKS, left_only=True, limit=MOST).rows:
        if pak.pak and pak.left == pak.quantity and pak.arrives <= now:
            text = f"PAK {pak.pak} of order {pak.order} is registered for no device"
            yield WaitingWork("available", text, "Register devices", f"/register?pak={quote(pak.pak)}")


def _in_the_mail(page: PortalPage) -> Iterator[WaitingWork]:
    now = page.portal_request.date(page.portal_request.now)
    for order in page.do(ORDERS, limit=MOST).rows:
        if order.arrives > now:
            state = f"in the mail, arrives {order.arrives[:10]}"
            yield WaitingWork(state, f"PAK of order {order.number}", "See order", f"/orders?text={quote(order.number)}")
