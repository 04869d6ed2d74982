"""Transfers of licenses between two devices (rehost), and to the replacement of a failed one (RMA), as wizards.

The second step tells what would move and what it costs, by the records. The job is followed there; each of its steps is
kept, so the page of two devices finds a transfer that was left or broke off, and goes on where it is.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from emulator.manager.api.call import PartOf
from emulator.manager.api.devices import READ_DEVICE, DeviceDetail
from emulator.manager.api.jobs import LIST_JOB_ITEMS, REHOST, REPLACE_DEVICE, JobView, job_view
from emulator.manager.api.licenses import LIST_LICENSES, LIST_REHOSTABLE, LIST_REHOSTS, RehostView
from emulator.manager.entities import RehostStep
from emulator.manager.job_records import ManagerJob
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import RehostJob, ReplaceJob
from emulator.manager.roles import ManagerAction
from emulator.transports.manager_web import wizards
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.pages.bulk import checked_udis
from emulator.transports.manager_web.pages.jobs import JobProgress, is_still, progress_of
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import NoFacts, Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute


class TransferKind(StrEnum):
    """Kind of a transfer, as its job is called."""

    REHOST = "rehost"
    RMA = "rma"


class BegunRehostsFacts(msgspec.Struct, frozen=True):
    """The rehosts that were begun."""

    rehosts: PartOf[RehostView]


class TransferFacts(msgspec.Struct, frozen=True):
    """A transfer between two devices.

    Attributes:
        moves: features that move, by the records.
        step: the last step that was done; empty before the first.
        at: number of the present step of the wizard, from 1.
        job: the one that works on it, or the last one that did.
        failure: why that failed; empty otherwise.
        address: of the page.
        typed: what is typed to confirm; empty once nothing more is given up.
        is_done: whether the licenses are on the target.
    """

    source: DeviceDetail
    target: DeviceDetail
    contract: str
    moves: Sequence[str]
    step: str
    at: int
    job: JobView | None
    progress: JobProgress | None
    failure: str
    address: str
    typed: str
    is_done: bool


class CaseFields(NamedTuple):
    """Fields of the form by which a kind of transfer names its devices."""

    source: str
    target: str


FIELDS = {TransferKind.REHOST: CaseFields("source", "target"), TransferKind.RMA: CaseFields("failed", "replacement")}

STEPS = {RehostStep.ASKED: 3, RehostStep.PERMITTED: 4, RehostStep.REVOKED: 5, RehostStep.LICENSED: 5}
"""The present steps of the wizard, by the last one of a rehost that was done."""

REHOST_PAGE = Template("rehost.html", BegunRehostsFacts)
REHOST_CASE_PAGE = Template("rehost_case.html", TransferFacts)
RMA_PAGE = Template("rma.html", NoFacts)
RMA_CASE_PAGE = Template("rma_case.html", TransferFacts)


# --- the devices -------------------------------------------------------------------------------------------------


def _rehost(page: ManagerPage) -> Response:
    return page.draw(REHOST_PAGE, rehosts=page.do(LIST_REHOSTS))


def _name_rehost(page: ManagerPage) -> Response:
    return page.lead(_address(TransferKind.REHOST, *_devices(page, TransferKind.REHOST)))


def _rma(page: ManagerPage) -> Response:
    return page.draw(RMA_PAGE)


def _name_rma(page: ManagerPage) -> Response:
    failed, replacement = _devices(page, TransferKind.RMA)
    if not page.value("contract"):
        raise BadInput("Type the number of the service contract of the failed device.", "contract")
    return page.lead(_address(TransferKind.RMA, failed, replacement, contract=page.value("contract")))


def _devices(page: ManagerPage, kind: TransferKind) -> tuple[DeviceDetail, DeviceDetail]:
    """The two devices that the form or the address names."""
    source, target = (_one(page, field) for field in FIELDS[kind])
    if source.udi == target.udi:
        raise BadInput("Name another device than the one above.", FIELDS[kind].target)
    return source, target


def _one(page: ManagerPage, field: str) -> DeviceDetail:
    found = checked_udis(page.value(field), field)
    if len(found) > 1:
        raise BadInput("Name one device.", field)
    with refused_beside(field):
        return page.do(READ_DEVICE, udi=found[0])


def _address(kind: TransferKind, source: DeviceDetail, target: DeviceDetail, **more: str) -> str:
    fields = FIELDS[kind]
    return f"/{kind}/case?{urlencode({fields.source: source.udi, fields.target: target.udi, **more})}"


# --- what would move, and the job that moves it ------------------------------------------------------------------


def _rehost_case(page: ManagerPage) -> Response:
    source, target = _devices(page, TransferKind.REHOST)
    begun = next(
        (each for each in page.do(LIST_REHOSTS).rows if (each.source, each.target) == _names(source, target)), None
    )
    step = "" if begun is None else begun.step
    given_up = [] if begun is None else list(begun.features)
    job = _job(page, TransferKind.REHOST, source, target)
    at = STEPS.get(RehostStep(step), 2) if step else 2
    return page.draw(
        REHOST_CASE_PAGE, source=source, target=target, contract="", moves=given_up or _moves(page, source, target),
        step=step, at=at, job=None if job is None else job_view(job), progress=_followed(job),
        failure=_failure(page, job),
        address=_address(TransferKind.REHOST, source, target), typed=source.udi.partition(":")[2] if at < 5 else "",
        is_done=step == RehostStep.INSTALLED,
    )  # fmt: skip


def _move(page: ManagerPage) -> Response:
    source, target = _devices(page, TransferKind.REHOST)
    _check_typed(page, source)
    with refused_beside(""):
        job = page.do(REHOST, source=source.udi, target=target.udi, accept=page.value("accept") == "yes")
    page.drop_draft(wizards.TRANSFER)
    return page.lead(f"{_address(TransferKind.REHOST, source, target)}&job={job.id}")


def _rma_case(page: ManagerPage) -> Response:
    failed, replacement = _devices(page, TransferKind.RMA)
    job = _job(page, TransferKind.RMA, failed, replacement)
    is_done = job is not None and is_still(job_view(job)) and job.total is not None and job.done == job.total
    return page.draw(
        RMA_CASE_PAGE, source=failed, target=replacement, contract=page.value("contract"),
        moves=_moves(page, failed, replacement),
        step="", at=2, job=None if job is None else job_view(job), progress=_followed(job), failure=_failure(page, job),
        address=_address(TransferKind.RMA, failed, replacement, contract=page.value("contract")),
        typed=failed.udi.partition(":")[2], is_done=is_done,
    )  # fmt: skip


def _replace(page: ManagerPage) -> Response:
    failed, replacement = _devices(page, TransferKind.RMA)
    _check_typed(page, failed)
    given = {"failed": failed.udi, "replacement": replacement.udi, "contract": page.value("contract")}
    with refused_beside(""):
        job = page.do(REPLACE_DEVICE, **given, accept=page.value("accept") == "yes")
    page.drop_draft(wizards.REPLACE)
    return page.lead(f"{_address(TransferKind.RMA, failed, replacement, contract=given['contract'])}&job={job.id}")


def _check_typed(page: ManagerPage, source: DeviceDetail) -> None:
    """Make sure that the serial number was typed, where the form asked for it."""
    serial = source.udi.partition(":")[2]
    if page.value("asked") == "yes" and page.value("typed").upper() != serial:
        raise BadInput(f"Type {serial}, the serial number of {source.udi}.", "typed")


def _names(source: DeviceDetail, target: DeviceDetail) -> tuple[str, str]:
    return source.udi, target.udi


def _moves(page: ManagerPage, source: DeviceDetail, target: DeviceDetail) -> list[str]:
    """The features that move; where the portal gave them to the target already, those of its files."""
    if source.replaced_by == target.udi:
        return list(dict.fromkeys(each.feature for each in page.do(LIST_LICENSES, udi=target.udi).rows))
    return [each.feature for each in page.do(LIST_REHOSTABLE, udi=source.udi).rows]


def _job(page: ManagerPage, kind: TransferKind, source: DeviceDetail, target: DeviceDetail) -> ManagerJob | None:
    """The job of a transfer: one that is not over, or else the one that the address names."""
    open_jobs, _ = control.list_jobs(page.context, open_only=True)
    found = [job for job in open_jobs if _is_of(job, kind, source, target)]
    if not found and (number := page.number("job")):
        with refused_beside("job"):
            found = [job for job in (control.show_job(page.context, number),) if _is_of(job, kind, source, target)]
    return found[0] if found else None


def _is_of(job: ManagerJob, kind: TransferKind, source: DeviceDetail, target: DeviceDetail) -> bool:
    if job.kind != kind:
        return False
    if kind is TransferKind.REHOST:
        wanted = msgspec.json.decode(job.arguments, type=RehostJob)
        return (wanted.source, wanted.target) == _names(source, target)
    replaced = msgspec.json.decode(job.arguments, type=ReplaceJob)
    return (replaced.failed, replaced.replacement) == _names(source, target)


def _followed(job: ManagerJob | None) -> JobProgress | None:
    """The progress of a job that still changes by itself."""
    if job is None or is_still(view := job_view(job)):
        return None
    return progress_of(view)


def _failure(page: ManagerPage, job: ManagerJob | None) -> str:
    if job is None or not is_still(job_view(job)):
        return ""
    items = page.do(LIST_JOB_ITEMS, job=job.id, state="failed", offset=0, limit=1).rows
    if items:
        return ": ".join(filter(None, (items[0].outcome, items[0].detail)))
    return job.summary if job.total is None or job.done < job.total else ""


NEEDED = ManagerAction.DEPLOY

PAGES = (
    PageRoute(
        "/rehost", Needing(NEEDED, _rehost), Needing(NEEDED, _name_rehost), draft=wizards.TRANSFER,
        menu=MenuEntry("Transfer licenses", 52, "Licenses"),
    ),
    PageRoute("/rehost/case", Needing(NEEDED, _rehost_case), Needing(NEEDED, _move), once=True),
    PageRoute(
        "/rma", Needing(NEEDED, _rma), Needing(NEEDED, _name_rma), draft=wizards.REPLACE,
        menu=MenuEntry("Report a failure (RMA)", 54, "Licenses"),
    ),
    PageRoute("/rma/case", Needing(NEEDED, _rma_case), Needing(NEEDED, _replace), once=True),
)  # fmt: skip
