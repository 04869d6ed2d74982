"""The audit log, part by part or whole as CSV."""

import msgspec
from starlette.responses import Response

from emulator.transports.portal.downloads import stream
from emulator.transports.portal.operations.audit import AUDIT, AuditEntryAnswer, ListAudit, whole_log
from emulator.transports.portal.operations.words import Part
from emulator.transports.portal.spreadsheets import write_csv
from emulator.transports.portal.web.menu import Group
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import Template
from emulator.transports.web.route import MenuEntry, PageRoute


class AuditFacts(msgspec.Struct, frozen=True):
    """A part of the audit log, and what it is narrowed to."""

    log: Part[AuditEntryAnswer]
    query: dict[str, str]


AUDIT_PAGE = Template("audit.html", AuditFacts)

FILTERS = ("account", "act", "text", "since", "until")


def _audit(page: PortalPage) -> Response:
    return page.draw(AUDIT_PAGE, log=page.do(AUDIT, **page.place(100)), query=page.query(FILTERS))


def _csv(page: PortalPage) -> Response:
    page.do(AUDIT, limit=1)  # what is wrong with the filters is told before the file begins
    wanted = msgspec.convert(page.query(FILTERS), ListAudit)
    heading = AuditEntryAnswer.__struct_fields__
    rows = (msgspec.structs.astuple(entry) for entry in whole_log(page.portal_request, wanted))
    return stream("audit.csv", write_csv(heading, rows))


PAGES = (
    PageRoute("/audit", _audit, menu=MenuEntry("Audit log", 100, Group.RECORDS)),
    PageRoute("/audit.csv", _csv),
)
