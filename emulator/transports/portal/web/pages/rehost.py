"""The rehost wizard, with its two tickets.

    source and target -> what to move -> permission ticket to the source -> its rehost ticket back -> the target's file

Between the third step and the fourth lies a walk to the router, which may take days: a rehost that was begun stands on
the first page and on its own, with the device that was named for its licenses, and goes on from there. What was typed
before the ticket was issued is kept as a draft.
"""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from emulator.transports.portal.lab_media import Medium
from emulator.transports.portal.operations.letters import TICKET
from emulator.transports.portal.operations.transfer import (
    CASE,
    PERMISSION,
    REHOST,
    REHOSTABLE,
    REHOSTS,
    Case,
    RehostableAnswer,
)
from emulator.transports.portal.operations.words import Part
from emulator.transports.portal.web import wizards
from emulator.transports.portal.web.menu import Group
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.portal.web.wizards import TRANSFER
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput, Problem
from emulator.transports.web.route import MenuEntry, PageRoute


class RehostsFacts(msgspec.Struct, frozen=True):
    """Rehosts that are under way."""

    open: Part[Case]


class ChoiceFacts(msgspec.Struct, frozen=True):
    """Products that can be moved: SKU, its word, and a hint."""

    choices: Sequence[tuple[str, str, str]]


class CaseFacts(msgspec.Struct, frozen=True):
    """A rehost.

    Attributes:
        case: the rehost.
        ticket: file name of the permission ticket, or empty.
        url: beginning of the address by which the source takes it.
        found: files of the lab that may be the rehost ticket, each with words for it.
        to: UDI of the target, as far as it is named.
    """

    case: Case
    ticket: str
    url: str
    found: Sequence[tuple[str, str]]
    to: str


REHOST_PAGE = Template("rehost.html", RehostsFacts)
REHOST_CHOOSE_PAGE = Template("rehost_choose.html", ChoiceFacts)
REHOST_CASE_PAGE = Template("rehost_case.html", CaseFacts)


def _begin(page: PortalPage) -> Response:
    return page.draw(REHOST_PAGE, open=page.do(REHOSTS, open_only=True, limit=100))


def _devices(page: PortalPage) -> Response:
    """The two devices, as far as a transfer between them is possible."""
    page.do(REHOSTABLE)
    return page.lead("/rehost/choose", source=page.value("source"), target=page.value("target"))


def _choose(page: PortalPage) -> Response:
    try:
        rows = page.do(REHOSTABLE).rows
    except Problem as problem:
        page.problems.append(problem)
        return _begin(page)
    choices = [(row.sku, row.sku, _hint(row)) for row in rows]
    return page.draw(REHOST_CHOOSE_PAGE, choices=choices)


def _hint(row: RehostableAnswer) -> str:
    count = f", {row.licenses} licenses" if row.licenses > 1 else ""
    return f"{', '.join(row.features)}, {row.type}{count}"


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
    page.drop_draft(wizards.REHOST)
    page.drop_draft(wizards.LICENSES)
    page.tell(f"Permission ticket {letter.ticket} was issued and mailed to {letter.to}.")
    case = page.do(CASE, ticket=letter.ticket)
    if case.intended != page.value("target"):  # the ticket was open, and names another device
        page.keep_draft(TRANSFER.format(ticket=letter.ticket), {"target": (page.value("target"),)})
    return page.lead(f"/rehost/{quote(letter.ticket)}")


def _show(page: PortalPage) -> Response:
    case = page.do(CASE)
    is_open = case.state == "open"
    media = page.media if is_open else ()
    return page.draw(
        REHOST_CASE_PAGE,
        case=case,
        ticket=page.do(TICKET).name if is_open else "",
        url=media[0].url if media else "tftp://SERVER/",
        found=_tickets(media, case.source),
        to=page.value("target") or case.target or case.intended,
    )


def _tickets(media: Sequence[Medium], source: str) -> list[tuple[str, str]]:
    """Files of the lab that may be the rehost ticket, each with words for it."""
    serial = source.partition(":")[2]
    files = [(medium, file) for medium in media for file in medium.files if file.name.lower().endswith(".xml")]
    files.sort(key=lambda each: serial.lower() not in each[1].name.lower())
    return [(f"{medium.name}:{file.name}", f"{file.name} on {medium.title}") for medium, file in files]


def _complete(page: PortalPage) -> Response:
    case = page.do(CASE)
    document = page.file("rehost_ticket") or page.lab_file(page.value("lab_ticket"))
    if not document:
        raise BadInput("Choose the file of the rehost ticket.", "rehost_ticket")
    letter = page.do(
        REHOST,
        named={"ticket": "rehost_ticket"},
        ticket=document,
        credential=page.file("credential") or None,
        override=page.value("override") == "yes",
    )
    page.drop_draft(page.wizard)
    page.tell(f"The licenses given up by {case.source} are now those of {page.value('target')}.")
    return page.lead(f"/mail/{letter.number}")


PAGES = (
    PageRoute(
        "/rehost",
        _begin,
        _devices,
        draft=wizards.REHOST,
        menu=MenuEntry("Transfer licenses", 60, Group.LICENSES),
    ),
    PageRoute("/rehost/choose", _choose, _permit, draft=wizards.LICENSES),
    PageRoute("/rehost/{ticket}", _show, _complete, draft=TRANSFER),
)
