"""Devices: what they are entitled to, and what happened to them."""

from typing import Annotated, Literal

import msgspec

from emulator.backend.entities import AuditEntry
from emulator.backend.letters import in_words
from emulator.backend.views import DeviceRow, Entitlement
from emulator.licensing.udi import Udi, parse_udi
from emulator.transports.portal.operation import Input, Operation, PortalRequest
from emulator.transports.portal.operations.audit import AuditEntryAnswer, entry_of
from emulator.transports.portal.operations.words import (
    SORTED,
    CalendarMoment,
    FileContent,
    Offset,
    Part,
    RowLimit,
    SearchText,
    UdiText,
    Why,
    part,
)


class ListDevices(Input, frozen=True):
    pid: Annotated[str, msgspec.Meta(max_length=40, description="Only devices of this product")] = ""
    text: SearchText = ""
    offset: Offset = 0
    limit: RowLimit = 50
    sort: Annotated[Literal["udi", "-udi", "licenses", "-licenses", "made", "-made", "owner", "-owner"], SORTED] = "udi"


class DeviceAnswer(msgspec.Struct, frozen=True):
    """Device; `made` is empty for one that did not leave our factory, `licenses` counts those that stand."""

    udi: str
    made: CalendarMoment
    owner: str
    licenses: int


class ShowDevice(Input, frozen=True):
    udi: UdiText


class Held(msgspec.Struct, frozen=True):
    """A license that was issued to a device, in words, and what became of it."""

    license: str
    feature: str
    type: str
    words: str
    source: str
    sku: str
    created: CalendarMoment
    state: str
    file: str


class DeviceCard(msgspec.Struct, frozen=True):
    """Attributes:
    contract: number of its service contract, where the caller may know it.
    licenses: all that were ever issued, in the order of issue.
    replaced_by: the device that took its place in an RMA.
    open_ticket: the permission ticket that it has not answered yet.
    """

    udi: str
    family: str
    made: CalendarMoment
    owner: str
    contract: str
    licenses: tuple[Held, ...]
    replaced_by: str
    open_ticket: str


class ShowHistory(Input, frozen=True):
    udi: UdiText
    offset: Offset = 0
    limit: RowLimit = 100


class AddDevice(Input, frozen=True):
    """`credential` or `contract` proves the device; an operator names the `owner` instead."""

    udi: UdiText
    credential: FileContent | None = None
    contract: Annotated[str, msgspec.Meta(max_length=60, description="Number of its service contract")] = ""
    owner: Annotated[str, msgspec.Meta(max_length=80, description="Operators: whose it is to be")] = ""
    why: Why = ""


def _devices(request: PortalRequest, wanted: ListDevices) -> Part[DeviceAnswer]:
    def row(each: DeviceRow) -> DeviceAnswer:
        made = "" if each.made is None else request.date(each.made)
        return DeviceAnswer(str(each.udi), made, each.owner or "", each.licenses)

    found = request.service.queries.devices(
        request.now,
        by=request.by,
        pid=wanted.pid,
        text=wanted.text,
        offset=wanted.offset,
        limit=wanted.limit,
        sort=wanted.sort,
    )
    return part(found, row)


def _device(request: PortalRequest, wanted: ShowDevice) -> DeviceCard:
    return _card(request, parse_udi(wanted.udi))


def _add(request: PortalRequest, wanted: AddDevice) -> DeviceCard:
    udi = parse_udi(wanted.udi)
    request.service.claim(
        udi,
        request.now,
        by=request.by,
        credential=wanted.credential or None,
        contract=wanted.contract.strip() or None,
        owner=wanted.owner or None,
        why=wanted.why,
    )
    return _card(request, udi)


def _card(request: PortalRequest, udi: Udi) -> DeviceCard:
    view = request.service.queries.device(udi, request.now, by=request.by)
    return DeviceCard(
        udi=str(udi),
        family=view.family,
        made="" if view.made is None else request.date(view.made),
        owner=view.owner or "",
        contract=view.contract or "",
        licenses=tuple(map(_held, request.service.queries.entitlements(udi, by=request.by))),
        replaced_by="" if view.replaced_by is None else str(view.replaced_by),
        open_ticket=view.open_ticket or "",
    )


def _held(each: Entitlement) -> Held:
    return Held(
        license=each.line.id,
        feature=each.line.feature,
        type=each.line.rule.title,
        words=in_words(each.line),
        source=each.source,
        sku=each.sku or "",
        created=each.created,
        state=each.state,
        file=each.file,
    )


def _history(request: PortalRequest, wanted: ShowHistory) -> Part[AuditEntryAnswer]:
    def row(each: AuditEntry) -> AuditEntryAnswer:
        return entry_of(request, each)

    found = request.service.queries.history(
        parse_udi(wanted.udi), request.now, by=request.by, offset=wanted.offset, limit=wanted.limit
    )
    return part(found, row)


DEVICES = Operation("listDevices", "GET", "/devices", "Devices", ListDevices, Part[DeviceAnswer], _devices)
HISTORY = Operation(
    "showHistory",
    "GET",
    "/devices/{udi}/history",
    "What happened to a device",
    ShowHistory,
    Part[AuditEntryAnswer],
    _history,
)
DEVICE = Operation("showDevice", "GET", "/devices/{udi}", "A device and its licenses", ShowDevice, DeviceCard, _device)

ADD_DEVICE = Operation(
    "addDevice",
    "POST",
    "/devices",
    "Claim a device that has no owner, against a proof",
    AddDevice,
    DeviceCard,
    _add,
    status=201,
)

OPERATIONS = (DEVICES, HISTORY, DEVICE, ADD_DEVICE)
