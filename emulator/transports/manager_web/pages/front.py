"""The first page, which tells what needs a person, and logging in and out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from starlette.responses import Response

from emulator.manager.api.jobs import JobView, job_view
from emulator.manager.fleet_summary import FleetSummary, summarize_fleet
from emulator.manager.moments import moment
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.states import job_state
from emulator.transports.manager_web.wizards import address_of
from emulator.transports.web.draft_page import draft_page
from emulator.transports.web.drawing import NoFacts, Template, figure
from emulator.transports.web.log_in import log_in_pages
from emulator.transports.web.route import MenuEntry, PageRoute


class OpenMatter(NamedTuple):
    """Matter that waits for a person: its state as a badge, a sentence, and the next step."""

    state: str
    text: str
    address: str
    act: str


class TodayFacts(msgspec.Struct, frozen=True):
    """Counts of the fleet, what needs a person, devices by level, open jobs, and the moment of the oldest reading."""

    summary: FleetSummary
    needs: Sequence[OpenMatter]
    levels: Sequence[tuple[str, int, str]]
    jobs: Sequence[JobView]
    oldest: str


TODAY_PAGE = Template("today.html", TodayFacts)
LOG_IN_PAGE = Template("log_in.html", NoFacts)


def _today(page: ManagerPage) -> Response:
    summary = summarize_fleet(page.context)
    levels = [(level or "not yet read", count, level) for level, count in summary.levels.items()]
    return page.draw(
        TODAY_PAGE,
        summary=summary,
        needs=list(_needs(summary)),
        levels=levels,
        jobs=[job_view(job) for job in summary.jobs],
        oldest=moment(summary.oldest),
    )


def _needs(summary: FleetSummary) -> Iterator[OpenMatter]:
    """Matters by their weight: what went wrong, what runs out, what waits."""
    for job in summary.wrong:
        view = job_view(job)
        told = f"{figure(job.failed)} of {figure(job.total or 0)} failed" if job.failed else job.summary
        yield OpenMatter(job_state(view), f"Job {job.id}, {job.kind}: {told}", f"/jobs/{job.id}", "See job")
    faulty, pending = "/devices?state=faulty", "/devices?state=pending"
    if count := summary.replaced:
        yield OpenMatter("other hardware", f"{_devices(count)}: another one answers at the address", faulty, "See list")
    if count := summary.running_out:
        told = f"{_licenses(count)} with under 14 days of use left; PAKs cover {figure(summary.covered)}"
        yield OpenMatter("expiring", told, "/expiring", "See list")
    if count := summary.undeployed:
        yield OpenMatter("not installed", f"{_licenses(count)} obtained and not on the devices", "/held", "Install")
    if count := summary.pending:
        yield OpenMatter("waiting for a reload", f"{_devices(count)}: next boot at another level", pending, "See list")
    if count := summary.unread:
        yield OpenMatter("no answer", f"{_devices(count)}: the last reading failed", faulty, "See list")


def _licenses(count: int) -> str:
    return f"{figure(count)} license{'' if count == 1 else 's'}"


def _devices(count: int) -> str:
    return f"{figure(count)} device{'' if count == 1 else 's'}"


PAGES = (
    PageRoute("/", _today, menu=MenuEntry("Today", 10)),
    *log_in_pages(LOG_IN_PAGE),
    draft_page(address_of),
)
