"""The audit log: who did what, when and why."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec.structs import replace

from emulator.backend.entities import AuditEntry
from emulator.kernel.time import DAY, Instant
from emulator.transports.portal.operation import Input, Operation, PortalRequest
from emulator.transports.portal.operations.words import Limit, Moment, Name, Offset, Part, Search, part
from emulator.transports.portal.problems import BadInput

Day = Annotated[
    str,
    msgspec.Meta(
        max_length=40,
        description="A date or moment of the simulated calendar",
        examples=["2010-03-01"],
        extra_json_schema={"pattern": "^(20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]))?$"},
    ),
]


class ListAudit(Input, frozen=True):
    """`until`: a date means the whole of that day."""

    account: Name = ""
    act: Name = ""
    text: Search = ""
    since: Day = ""
    until: Day = ""
    offset: Offset = 0
    limit: Limit = 100


class AuditEntryAnswer(msgspec.Struct, frozen=True):
    """One act: `subject` is the PAK, order or device that it was about, `other` a second device."""

    number: int
    at: Moment
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

    found = request.service.audit(
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
    if not text.strip():
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput("Write a date as 2010-03-01.", field) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    whole_day = field == "until" and len(text.strip()) <= len("2010-03-01")
    try:
        return request.portal.instant(moment) + (DAY if whole_day else 0)
    except OverflowError as error:
        raise BadInput("This date is outside the calendar.", field) from error


AUDIT = Operation("listAudit", "GET", "/audit", "The audit log", ListAudit, Part[AuditEntryAnswer], _audit)

OPERATIONS = (AUDIT,)
