"""Licenses that move: to a replacement (RMA), to the device that was meant (correction), or to another one (rehost)."""

from typing import Annotated

import msgspec
from msgspec.structs import asdict

from emulator.backend.letters import ticket_named
from emulator.backend.views import Rehostable, RehostCase
from emulator.licensing.types import TYPES
from emulator.licensing.udi import parse_udi
from emulator.transports.portal.operation import Input, Operation, PortalRequest
from emulator.transports.portal.operations.letters import LetterAnswer, letter_of
from emulator.transports.portal.operations.registration import Mailed
from emulator.transports.portal.operations.words import (
    CalendarMoment,
    FileContent,
    Name,
    Offset,
    PakText,
    Part,
    RowLimit,
    SkuText,
    UdiText,
    Why,
    part,
)

Override = Annotated[bool, msgspec.Meta(description="Operators: beyond the policy's limit; give the reason")]


class Replace(Input, frozen=True):
    failed: UdiText
    replacement: UdiText
    contract: Annotated[str, msgspec.Meta(max_length=60, description="Number of the failed device's service contract")]
    mailed: Mailed = True
    why: Why = ""


class Correct(Input, frozen=True):
    """`wrong`: the device that the PAK was registered for by mistake; `right`: the one that was meant."""

    pak: PakText
    wrong: UdiText
    right: UdiText
    why: Annotated[str, msgspec.Meta(max_length=500, description="Who asked for it, and why; for the audit log")]
    mailed: Mailed = True


class AskRehostable(Input, frozen=True):
    source: UdiText
    target: UdiText


class RehostableAnswer(msgspec.Struct, frozen=True):
    """One product that the source could give up."""

    sku: str
    type: str
    features: tuple[str, ...]
    licenses: int


class Rehostables(msgspec.Struct, frozen=True):
    rows: tuple[RehostableAnswer, ...]


class AskPermission(Input, frozen=True):
    """`skus`: what to give up; left out, all that can move. `credential`: the source's own, saved there.

    `target`: the intended device, for a reader of the ticket; the rehost may name another.
    """

    source: UdiText
    target: UdiText | None = None
    credential: FileContent | None = None
    skus: Annotated[list[SkuText], msgspec.Meta(max_length=100)] | None = None
    override: Override = False
    mailed: Mailed = True
    why: Why = ""


class Complete(Input, frozen=True):
    """`ticket`: the rehost ticket that `license revoke` wrote. `credential`: the target's."""

    ticket: FileContent
    target: UdiText
    credential: FileContent | None = None
    override: Override = False
    mailed: Mailed = True
    why: Why = ""


class Permitted(LetterAnswer, frozen=True):
    """The letter with the permission ticket; `ticket` names it and its rehost."""

    ticket: str


class ShowRehost(Input, frozen=True):
    ticket: Name


class ListRehosts(Input, frozen=True):
    open_only: bool = True
    offset: Offset = 0
    limit: RowLimit = 50


class Case(msgspec.Struct, frozen=True):
    """One rehost: what its permission ticket names, and how far it is; `target` got the licenses, `intended` may."""

    ticket: str
    source: str
    features: tuple[str, ...]
    skus: tuple[str, ...]
    at: CalendarMoment
    target: str
    intended: str
    state: str


def _rma(request: PortalRequest, wanted: Replace) -> LetterAnswer:
    failed, replacement = parse_udi(wanted.failed), parse_udi(wanted.replacement)
    letter = request.service.rma(
        failed,
        replacement,
        request.now,
        by=request.by,
        contract=wanted.contract.strip(),
        mailed=wanted.mailed,
        why=wanted.why,
    )
    return letter_of(request, letter)


def _correct(request: PortalRequest, wanted: Correct) -> LetterAnswer:
    letter = request.service.correct(
        wanted.pak.strip(),
        parse_udi(wanted.wrong),
        parse_udi(wanted.right),
        request.now,
        by=request.by,
        why=wanted.why.strip(),
        mailed=wanted.mailed,
    )
    return letter_of(request, letter)


def _rehostable(request: PortalRequest, wanted: AskRehostable) -> Rehostables:
    def row(each: Rehostable) -> RehostableAnswer:
        return RehostableAnswer(each.sku, TYPES[each.type].title, each.features, each.licenses)

    source, target = parse_udi(wanted.source), parse_udi(wanted.target)
    return Rehostables(tuple(map(row, request.service.rehostable(source, target, request.now, by=request.by))))


def _permission(request: PortalRequest, wanted: AskPermission) -> Permitted:
    letter = request.service.permission(
        parse_udi(wanted.source),
        request.now,
        by=request.by,
        target=None if wanted.target is None else parse_udi(wanted.target),
        skus=None if wanted.skus is None else tuple(wanted.skus),
        credential=wanted.credential or None,
        override=wanted.override,
        mailed=wanted.mailed,
        why=wanted.why,
    )
    return Permitted(**asdict(letter_of(request, letter)), ticket=ticket_named(letter.attachments[0].name))


def _complete(request: PortalRequest, wanted: Complete) -> LetterAnswer:
    letter = request.service.rehost(
        wanted.ticket,
        parse_udi(wanted.target),
        request.now,
        by=request.by,
        credential=wanted.credential or None,
        override=wanted.override,
        mailed=wanted.mailed,
        why=wanted.why,
    )
    return letter_of(request, letter)


def _cases(request: PortalRequest, wanted: ListRehosts) -> Part[Case]:
    def row(each: RehostCase) -> Case:
        return _shown(request, each)

    found = request.service.queries.rehosts(
        by=request.by, open_only=wanted.open_only, offset=wanted.offset, limit=wanted.limit
    )
    return part(found, row)


def _case(request: PortalRequest, wanted: ShowRehost) -> Case:
    return _shown(request, request.service.queries.rehost_case(wanted.ticket, by=request.by))


def _shown(request: PortalRequest, each: RehostCase) -> Case:
    target, intended = ("" if udi is None else str(udi) for udi in (each.target, each.intended))
    return Case(
        each.ticket, str(each.source), each.features, each.skus, request.date(each.at), target, intended, each.state
    )


RMA = Operation(
    "replaceDevice", "POST", "/rmas", "Licenses of a failed device for its replacement", Replace, LetterAnswer, _rma
)
CORRECT = Operation(
    "correctRegistration",
    "POST",
    "/paks/{pak}/corrections",
    "What a PAK issued to a wrong device, for the right one; operators only",
    Correct,
    LetterAnswer,
    _correct,
)
REHOSTABLE = Operation(
    "listRehostable",
    "GET",
    "/rehostable",
    "What a device could give up for another",
    AskRehostable,
    Rehostables,
    _rehostable,
)
PERMISSION = Operation(
    "askPermission",
    "POST",
    "/permissions",
    "A permission ticket for the source of a rehost",
    AskPermission,
    Permitted,
    _permission,
)
REHOST = Operation(
    "completeRehost",
    "POST",
    "/rehosts",
    "The license for the target, against the rehost ticket",
    Complete,
    LetterAnswer,
    _complete,
)
REHOSTS = Operation("listRehosts", "GET", "/rehosts", "Rehosts and how far they are", ListRehosts, Part[Case], _cases)
CASE = Operation(
    "showRehost", "GET", "/rehosts/{ticket}", "One rehost, by its permission ticket", ShowRehost, Case, _case
)

OPERATIONS = (RMA, CORRECT, REHOSTABLE, PERMISSION, REHOST, REHOSTS, CASE)
