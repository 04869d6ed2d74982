"""The wizard that obtains licenses of a PAK and installs them: what and where, what it would do, and then the job.

The second step is a job itself, which reads the devices, so it can be left and found again, and what is confirmed is
what the devices told (the blast radius). The devices are frozen by it: the deployment is for those that it found to
need a license.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from starlette.responses import Response

from emulator.kernel.errors import EmulatorError
from emulator.manager.api.jobs import DEPLOY, LIST_JOB_ITEMS, OBTAIN, PREVIEW, READ_JOB, ItemView, JobView
from emulator.manager.api.licenses import LIST_PAKS, READ_PAK, InventoryPak
from emulator.manager.deployment import DeploymentStep
from emulator.manager.job_records import OVER
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import PreviewJob
from emulator.manager.jobs.kinds import TO_INSTALL
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter
from emulator.transports.manager_web import wizards
from emulator.transports.manager_web.asking import problem_of
from emulator.transports.manager_web.page import MOST_ROWS, ManagerPage
from emulator.transports.manager_web.pages.bulk import (
    CHOSEN_BY,
    WITHOUT_NUMBER,
    check_number,
    checked_udis,
    of_filter,
    read_filter,
)
from emulator.transports.manager_web.pages.jobs import JobProgress, progress_of
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput, NotThere, Problem
from emulator.transports.web.route import MenuEntry, PageRoute

LICENSED = str(DeploymentStep.LICENSED)

SHOWN = 50
"""Rows of one kind that the check shows; all of them are on the page of its job."""


class DeploymentCheck(msgspec.Struct, frozen=True):
    """Findings of a preview.

    Attributes:
        install: devices that would get a license.
        waiting: devices that have the license, and would be reloaded so that they run it.
        debits: of those that would get one, the ones for which the PAK is debited.
        reloads: devices that would be reloaded.
        losing: devices that would lose unsaved lines of their configuration, each with them.
        licensed: number of devices that have the license already, and for which nothing is left to do.
        failed: devices that could not be read.
    """

    install: tuple[str, ...]
    waiting: tuple[str, ...]
    debits: int
    reloads: int
    losing: tuple[ItemView, ...]
    licensed: int
    failed: tuple[ItemView, ...]

    @property
    def devices(self) -> tuple[str, ...]:
        """Devices on which something would be done."""
        return self.install + self.waiting

    @property
    def typed(self) -> bool:
        """Tell whether the number of devices has to be typed: there are many, or they reload."""
        return len(self.devices) > WITHOUT_NUMBER or self.reloads > 0


class DeploymentFacts(msgspec.Struct, frozen=True):
    """The PAKs to choose from, each with words for it, and the filter of the devices with the number that it leaves.

    Attributes:
        filter: None where devices are named.
    """

    paks: Sequence[tuple[str, str]]
    filter: DeviceFilter | None
    count: int


class DeploymentCheckFacts(msgspec.Struct, frozen=True):
    """The job that reads the devices, what it was asked for, its progress, and when it is over what it found."""

    job: JobView
    wanted: PreviewJob
    plan: DeploymentCheck | None
    pak: InventoryPak | None
    is_over: bool
    progress: JobProgress


BEGIN_PAGE = Template("deploy.html", DeploymentFacts)
CHECK_PAGE = Template("deploy_check.html", DeploymentCheckFacts)


def _begin(page: ManagerPage) -> Response:
    paks = [(each.code, f"{each.sku}, {each.left} left") for each in page.do(LIST_PAKS).rows]
    chosen = read_filter(page.value(CHOSEN_BY)) if page.value(CHOSEN_BY) else None
    return page.draw(BEGIN_PAGE, paks=paks, filter=chosen, count=len(of_filter(page, chosen)) if chosen else 0)


def _preview(page: ManagerPage) -> Response:
    if not page.value("pak"):
        raise BadInput("Choose a PAK.", "pak")
    if page.value(CHOSEN_BY):
        given = {"udis": (), "filter": msgspec.to_builtins(read_filter(page.value(CHOSEN_BY)))}
    else:
        given = {"udis": checked_udis(page.value("udis"), "udis")}
    try:
        job = page.do(PREVIEW, **given, reload=page.value("reload") == "yes")
    except NotThere as problem:
        raise BadInput(problem.message, "udis") from problem
    page.drop_draft(wizards.DEPLOY)
    return page.lead(f"/deploy/{job.id}")


def _check(page: ManagerPage) -> Response:
    job, wanted = page.do(READ_JOB), _wanted(page)
    is_over = job.state in OVER
    plan = _plan(page) if is_over and job.total is not None else None
    pak = _pak(page, wanted.pak) if plan is not None else None
    return page.draw(
        CHECK_PAGE, job=job, wanted=wanted, plan=plan, pak=pak, is_over=is_over, progress=progress_of(job)
    )  # fmt: skip


def _deploy(page: ManagerPage) -> Response:
    wanted, plan = _wanted(page), _plan(page)
    if page.do(READ_JOB).state not in OVER:
        raise Problem("The devices are still being read; wait until that is done.")
    if not plan.devices:
        raise Problem("No device needs a license of this PAK.")
    check_number(page, len(plan.devices), needed=plan.typed)
    given: dict[str, Any] = {"pak": wanted.pak, "udis": plan.devices}
    if page.value("how") == "obtain":
        if not plan.install:
            raise BadInput("No license is left to obtain: the devices have theirs, and wait for a reload.", "how")
        return page.lead(f"/jobs/{page.do(OBTAIN, **given | {'udis': plan.install}).id}")
    given |= {"reload": wanted.reload, "save": page.value("save") == "yes"}
    return page.lead(f"/jobs/{page.do(DEPLOY, **given).id}")


def _wanted(page: ManagerPage) -> PreviewJob:
    """Arguments of the preview that the address names."""
    number = page.do(READ_JOB).id
    try:
        job = control.show_job(page.context, number)
    except EmulatorError as error:
        raise problem_of(error) from error
    if job.kind != "preview":
        raise NotThere(f"Job {number} is no check of a deployment.")
    return msgspec.json.decode(job.arguments, type=PreviewJob)


def _pak(page: ManagerPage, code: str) -> InventoryPak | None:
    """The PAK as the preview kept it; None where it was deleted since, or the portal did not have it."""
    try:
        return page.do(READ_PAK, code=code)
    except NotThere:
        return None


def _plan(page: ManagerPage) -> DeploymentCheck:
    items: list[ItemView] = []
    while True:
        part = page.do(LIST_JOB_ITEMS, offset=len(items), limit=MOST_ROWS, state=None)
        items += part.rows
        if len(part.rows) < MOST_ROWS:
            break
    install = [each for each in items if each.outcome == TO_INSTALL]
    waiting = [each for each in items if each.outcome == LICENSED and each.detail.startswith("reload")]
    return DeploymentCheck(
        install=tuple(each.subject for each in install),
        waiting=tuple(each.subject for each in waiting),
        debits=sum("1 debit" in each.detail for each in install),
        reloads=len(waiting) + sum(", reload" in each.detail for each in install),
        losing=tuple(each for each in (*install, *waiting) if "loses unsaved lines" in each.detail),
        licensed=sum(each.outcome == LICENSED for each in items) - len(waiting),
        failed=tuple(each for each in items if each.state != "done"),
    )


NEEDED = ManagerAction.DEPLOY

PAGES = (
    PageRoute(
        "/deploy", Needing(NEEDED, _begin), Needing(NEEDED, _preview), draft=wizards.DEPLOY,
        menu=MenuEntry("Deploy licenses", 30, "Licenses"),
    ),
    PageRoute("/deploy/{job}", Needing(NEEDED, _check), Needing(NEEDED, _deploy), once=True),
)  # fmt: skip
