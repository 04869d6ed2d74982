"""The audit log: who did what, when and why."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec.structs import replace

from emulator.backend.entities import AuditEntry
from emulator.kernel.time import DAY, Instant
from emulator.transports.portal.operation import Input, Operation, PortalRequest
from emulator.transports.portal.operations.words import (
    CalendarMoment,
    Name,
    Offset,
    Part,
    RowLimit,
    SearchText,
    formed,
    part,
)
from emulator.transports.web.problems import BadInput

_DATE = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
_MOMENT = f"({_DATE}([T ]{_CLOCK}(:[0-5][0-9])?(Z|[+-]{_CLOCK})?)?)?"


def _moment(text: str) -> datetime:
    try:
        if not re.fullmatch(_MOMENT, text):
            raise ValueError("another form")
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError("Write a date as 2010-03-01") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


Day = Annotated[str, formed(_MOMENT, _moment, "A date or moment of the simulated calendar, or nothing", "2010-03-01")]


class ListAudit(Input, frozen=True):
    """Filters of the audit list; a date as `until` means the whole of that day."""

    account: Name = ""
    act: Name = ""
    text: SearchText = ""
    since: Day = ""
    until: Day = ""
    offset: Offset = 0
    limit: RowLimit = 100


class AuditEntryAnswer(msgspec.Struct, frozen=True):
    """One act: `subject` is the PAK, order or device that it was about, `other` a second device."""

    number: int
    at: CalendarMoment
    act: str
    by: str
    subject: str
    detail: str
    why: str
    device: str
    other: str


def entry_of(request: PortalRequest, each: AuditEntry) -> AuditEntryAnswer:
    """An entry of the log as JSON and the pages know it."""
    return AuditEntryAnswer(
        each.number,
        request.date(each.at),
        each.act,
        each.by,
        each.subject,
        each.detail,
        each.why,
        each.device,
        each.other,
    )


def whole_log(request: PortalRequest, wanted: ListAudit) -> Iterator[AuditEntryAnswer]:
    """Every entry that the filters let through, read part by part."""
    asked = replace(wanted, offset=0, limit=500)
    while True:
        found = _audit(request, asked)
        yield from found.rows
        if not found.rows or asked.offset + len(found.rows) >= found.total:
            return
        asked = replace(asked, offset=asked.offset + len(found.rows))


def _audit(request: PortalRequest, wanted: ListAudit) -> Part[AuditEntryAnswer]:
    def row(each: AuditEntry) -> AuditEntryAnswer:
        return entry_of(request, each)

    found = request.service.queries.audit(
        request.now,
        by=request.by,
        account=wanted.account,
        act=wanted.act,
        text=wanted.text,
        since=_instant(request, wanted.since, "since"),
        until=_instant(request, wanted.until, "until"),
        offset=wanted.offset,
        limit=wanted.limit,
    )
    return part(found, row)


def _instant(request: PortalRequest, text: str, field: str) -> Instant | None:
    """The instant of a date; of the end of its day where that is meant."""
    if not text:
        return None
    whole_day = field == "until" and len(text) == len("2010-03-01")
    try:
        return request.portal.instant(_moment(text)) + (DAY if whole_day else 0)
    except ValueError as error:
        raise BadInput(f"{error}.", field) from error
    except OverflowError as error:
        raise BadInput("This date is outside the calendar.", field) from error


AUDIT = Operation("listAudit", "GET", "/audit", "The audit log", ListAudit, Part[AuditEntryAnswer], _audit)

OPERATIONS = (AUDIT,)
