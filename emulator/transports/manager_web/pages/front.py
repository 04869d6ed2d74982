"""The first page, which tells what needs a person, and logging in and out.

A wrong log-in costs a try of the client and of the user (I); the right one begins a new session under a new name.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from starlette.responses import Response

from emulator.manager.api.jobs import JobView, job_view
from emulator.manager.fleet_summary import FleetSummary, summarize_fleet
from emulator.manager.moments import moment
from emulator.manager.passwords import MOST
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.states import job_state
from emulator.transports.manager_web.wizards import address_of
from emulator.transports.web.draft_page import draft_page
from emulator.transports.web.drawing import NoFacts, Template, figure
from emulator.transports.web.page import here
from emulator.transports.web.problems import BadInput, TooOften, WrongPassword
from emulator.transports.web.route import MenuEntry, PageRoute

TOLD = {"logged-out": "You are logged out.", "nothing-done": "Log in first. Nothing was done."}
"""First sentences of the log-in page, by query; without a log-in there is no session to keep them."""


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


def _log_in(page: ManagerPage) -> Response:
    if page.caller is not None:
        return page.lead("/")
    if sentence := TOLD.get(page.value("told")):
        page.tell(sentence, good=page.value("told") == "logged-out")
    return page.draw(LOG_IN_PAGE)


def _let_in(page: ManagerPage) -> Response:
    user, password = page.value("user"), page.secret("password")
    if not user or not password:
        raise BadInput("Fill in the user name and the password.", "user" if not user else "password")
    if len(user) > MOST or len(password) > MOST:
        raise WrongPassword
    check_password(page, user, password)
    page.manager.sessions.end(page.session)
    page.session = page.manager.sessions.begin(user)
    return page.lead(here(page.value("next")))


def check_password(page: ManagerPage, user: str, password: str) -> None:
    """Make sure that a password is a user's; wrong ones are counted.

    Raises:
        WrongPassword, TooOften: it is not, or too many were tried.
    """
    client = page.manager.client(page.request)
    if seconds := page.manager.log_ins.take(user, client):
        raise TooOften(seconds)
    if not page.manager.served.is_password(user, password):
        raise WrongPassword
    page.manager.log_ins.succeeded(user, client)


def _log_out(page: ManagerPage) -> Response:
    page.manager.sessions.end(page.session)
    page.session = page.manager.sessions.begin()
    return page.lead("/log-in", told="logged-out")


PAGES = (
    PageRoute("/", _today, menu=MenuEntry("Today", 10)),
    PageRoute("/log-in", _log_in, _let_in, public=True),
    PageRoute("/log-out", send=_log_out, public=True),
    draft_page(address_of),
)
