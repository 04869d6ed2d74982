"""Jobs: what runs, what was done, and each with its outcomes, its progress and what may be done to it."""

from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from emulator.manager.api.call import PartOf
from emulator.manager.api.jobs import (
    COMMENT_JOB,
    DELETE_JOB,
    KILL_JOB,
    LIST_JOB_ITEMS,
    LIST_JOBS,
    PAUSE_JOB,
    READ_JOB,
    RESUME_JOB,
    RETRY_JOB,
    ItemView,
    JobView,
)
from emulator.manager.job_records import OVER
from emulator.manager.jobs import control
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.web.drawing import Template, figure
from emulator.transports.web.problems import NotThere
from emulator.transports.web.route import MenuEntry, PageRoute

ACTS = {"pause": PAUSE_JOB, "resume": RESUME_JOB, "kill": KILL_JOB, "retry": RETRY_JOB}
"""Acts on a job, by the words of its form, that answer with a job."""


class JobProgress(msgspec.Struct, frozen=True):
    """JobProgress as a script reads it: `finished` once the page has something else to show."""

    done: int
    total: int
    told: str
    finished: bool


class ManagerJobsFacts(msgspec.Struct, frozen=True):
    """A part of the jobs."""

    jobs: PartOf[JobView]


class ManagerJobFacts(msgspec.Struct, frozen=True):
    """A job, a part of its outcomes, whether it is over or stands still, its progress, and the page of its wizard."""

    job: JobView
    items: PartOf[ItemView]
    is_over: bool
    is_still: bool
    progress: JobProgress
    wizard: str


JOBS_PAGE = Template("jobs.html", ManagerJobsFacts)
JOB_PAGE = Template("job.html", ManagerJobFacts)


def progress_of(job: JobView) -> JobProgress:
    """Tell the progress of a job, in numbers and in a sentence."""
    done, total = job.done + job.failed, job.total or 0
    if job.total is None:
        told = "Waits to begin." if not job.begun else "Begins."
    else:
        told = f"{figure(done)} of {figure(total)}, {figure(job.failed)} failed."
    return JobProgress(done, total, told, is_still(job))


def is_still(job: JobView) -> bool:
    """Tell whether a job does not change by itself: it is over, or it is paused."""
    return job.state in OVER or job.state == "paused"


def _list(page: ManagerPage) -> Response:
    return page.draw(JOBS_PAGE, jobs=page.do(LIST_JOBS, open_only=page.value("open") == "yes", **page.place()))


def _job(page: ManagerPage) -> Response:
    job = page.do(READ_JOB)
    items = page.do(LIST_JOB_ITEMS, **page.place(100))
    return page.draw(
        JOB_PAGE, job=job, items=items, is_over=job.state in OVER, is_still=is_still(job), progress=progress_of(job),
        wizard=_wizard(page, job) if page.may("DEPLOY") else "",
    )  # fmt: skip


def _wizard(page: ManagerPage, job: JobView) -> str:
    """Address of the wizard that asked for a job; empty where none did."""
    if job.kind == "preview":
        return f"/deploy/{job.id}"
    if job.kind not in {"rehost", "rma"}:
        return ""
    names = ("source", "target") if job.kind == "rehost" else ("failed", "replacement", "contract")
    asked = msgspec.json.decode(control.show_job(page.context, job.id).arguments)
    return f"/{job.kind}/case?{urlencode({name: asked[name] for name in names})}&job={job.id}"


def _progress(page: ManagerPage) -> Response:
    return Response(msgspec.json.encode(progress_of(page.do(READ_JOB))), media_type="application/json")


def _act(page: ManagerPage) -> Response:
    act, number = page.value("act"), page.do(READ_JOB).id
    if act == "comment":
        page.do(COMMENT_JOB, comment=page.value("comment"))
        return page.lead(f"/jobs/{number}")
    if act == "delete":
        page.do(DELETE_JOB)
        page.tell(f"The record of job {number} is deleted.")
        return page.lead("/jobs")
    if act not in ACTS:
        raise NotThere("There is no such act.")
    return page.lead(f"/jobs/{page.do(ACTS[act]).id}")


PAGES = (
    PageRoute("/jobs", _list, menu=MenuEntry("Jobs", 70, "Jobs")),
    PageRoute("/jobs/{job}", _job, _act, once=True),
    PageRoute("/jobs/{job}/progress", _progress),
)
