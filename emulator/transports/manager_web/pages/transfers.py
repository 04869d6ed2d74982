"""Transfers of licenses between two devices (rehost), and to the replacement of a failed one (RMA)."""

import msgspec
from starlette.responses import Response

from emulator.manager.api.call import PartOf
from emulator.manager.api.jobs import REHOST, REPLACE_DEVICE
from emulator.manager.api.licenses import LIST_REHOSTS, RehostView
from emulator.manager.roles import ManagerAction
from emulator.transports.manager_web import wizards
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.pages.bulk import checked_udis
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import NoFacts, Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute


class BegunRehostsFacts(msgspec.Struct, frozen=True):
    """The rehosts that were begun."""

    rehosts: PartOf[RehostView]


REHOST_PAGE = Template("rehost.html", BegunRehostsFacts)
RMA_PAGE = Template("rma.html", NoFacts)


def _rehost(page: ManagerPage) -> Response:
    return page.draw(REHOST_PAGE, rehosts=page.do(LIST_REHOSTS))


def _move(page: ManagerPage) -> Response:
    source, target = _one(page, "source"), _one(page, "target")
    if source == target:
        raise BadInput("Name another device than the one that gives its licenses up.", "target")
    job = page.do(REHOST, source=source, target=target, accept=page.value("accept") == "yes")
    page.drop_draft(wizards.TRANSFER)
    return page.lead(f"/jobs/{job.id}")


def _rma(page: ManagerPage) -> Response:
    return page.draw(RMA_PAGE)


def _replace(page: ManagerPage) -> Response:
    failed, replacement = _one(page, "failed"), _one(page, "replacement")
    if failed == replacement:
        raise BadInput("Name another device than the one that failed.", "replacement")
    if not page.value("contract"):
        raise BadInput("Type the number of the service contract of the failed device.", "contract")
    accept = page.value("accept") == "yes"
    job = page.do(REPLACE_DEVICE, failed=failed, replacement=replacement, accept=accept)
    page.drop_draft(wizards.REPLACE)
    return page.lead(f"/jobs/{job.id}")


def _one(page: ManagerPage, field: str) -> str:
    found = checked_udis(page.value(field), field)
    if len(found) > 1:
        raise BadInput("Name one device.", field)
    return found[0]


NEEDED = ManagerAction.DEPLOY

PAGES = (
    PageRoute(
        "/rehost", Needing(NEEDED, _rehost), Needing(NEEDED, _move), draft=wizards.TRANSFER,
        menu=MenuEntry("Transfer licenses", 52, "Licenses"),
    ),
    PageRoute(
        "/rma", Needing(NEEDED, _rma), Needing(NEEDED, _replace), draft=wizards.REPLACE,
        menu=MenuEntry("Report a failure (RMA)", 54, "Licenses"),
    ),
)  # fmt: skip
