"""Calls about jobs: each kind asked for, watched, stopped, tried again, and scheduled.

C: a long call returns the number of a job at once. A job begins when a process of this manager runs jobs.
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, TypeVar

import msgspec

from emulator.kernel.data_path import shown_path
from emulator.kernel.datafile import explain
from emulator.kernel.errors import Refused
from emulator.kernel.time import parse_duration
from emulator.manager.api.call import (
    CallInput,
    Changed,
    JobNumber,
    ManagerCall,
    MomentText,
    Nothing,
    PartOf,
    RowCount,
    RowOffset,
    ShortName,
)
from emulator.manager.context import ManagerContext
from emulator.manager.job_records import ItemState, JobItem, ManagerJob
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import (
    AnnotateJob,
    ClearJob,
    DeployHeldJob,
    DeployJob,
    DiscoverJob,
    DriftJob,
    EvaluateJob,
    InstallJob,
    JobArguments,
    ObtainJob,
    PollJob,
    PreviewJob,
    RefreshPaksJob,
    RehostJob,
    ReplaceJob,
    ResendJob,
)
from emulator.manager.jobs.kinds import KINDS
from emulator.manager.moments import moment, read_moment

Arguments = TypeVar("Arguments", bound=JobArguments)


class JobView(msgspec.Struct, frozen=True):
    """A job: `total` things to do, None before it began, of which `done` went well and `failed` did not.

    Attributes:
        stop: what it was asked to become (`paused`, `killed`) while it still runs.
        summary: its outcome in words, or why it failed.
        retry_of: number of the job whose failures it takes up again.
    """

    id: int
    kind: str
    state: str
    stop: str
    by: str
    made: MomentText
    due: MomentText
    begun: MomentText
    ended: MomentText
    total: int | None
    done: int
    failed: int
    comment: str
    summary: str
    retry_of: int | None


class ItemView(msgspec.Struct, frozen=True):
    """A device, address or PAK of a job: `waiting`, `done` or `failed`, the outcome in a word, and what explains it."""

    subject: str
    state: str
    outcome: str
    detail: str
    at: MomentText


class ListJobs(CallInput, frozen=True):
    """`open_only`: those alone that are not over."""

    open_only: bool = False
    offset: RowOffset = 0
    limit: RowCount = 100


class NameJob(CallInput, frozen=True):
    job: JobNumber


class ListItems(CallInput, frozen=True):
    job: JobNumber
    state: ItemState | None = None
    offset: RowOffset = 0
    limit: RowCount = 1_000


class CommentJob(CallInput, frozen=True):
    job: JobNumber
    comment: Annotated[str, msgspec.Meta(max_length=500)]


class ScheduleView(msgspec.Struct, frozen=True):
    """A schedule: a kind of job with its arguments, made again `every` so many seconds, `next` at a moment."""

    name: str
    kind: str
    arguments: dict[str, Any]
    by: str
    next: MomentText
    every: int


class KeepSchedule(CallInput, frozen=True, kw_only=True):
    """`kind` and `arguments` as a job of that kind takes them; `every` a time such as `1d`; `first` empty for now."""

    name: ShortName
    kind: ShortName
    arguments: dict[str, Any] = msgspec.field(default_factory=dict)
    every: Annotated[str, msgspec.Meta(max_length=20, examples=["1d", "12h"])]
    first: MomentText = ""


class NameSchedule(CallInput, frozen=True):
    name: ShortName


def job_view(job: ManagerJob) -> JobView:
    """Show a job."""
    return JobView(
        job.id, job.kind, str(job.state), str(job.stop or ""), job.by, moment(job.made), moment(job.due),
        moment(job.begun), moment(job.ended), job.total, job.done, job.failed, job.comment, job.summary, job.retry_of,
    )  # fmt: skip


def _item(item: JobItem) -> ItemView:
    return ItemView(item.subject, str(item.state), item.outcome, item.detail, moment(item.at))


def _submit(kind: str, context: ManagerContext, asked: JobArguments) -> JobView:
    return job_view(control.submit(context, kind, asked))


def _list(context: ManagerContext, asked: ListJobs) -> PartOf[JobView]:
    found, total = control.list_jobs(context, open_only=asked.open_only, offset=asked.offset, limit=asked.limit)
    return PartOf(tuple(map(job_view, found)), total, asked.offset)


def _read(context: ManagerContext, asked: NameJob) -> JobView:
    return job_view(control.show_job(context, asked.job))


def _items(context: ManagerContext, asked: ListItems) -> PartOf[ItemView]:
    found = control.list_items(context, asked.job, asked.state, offset=asked.offset, limit=asked.limit)
    job = control.show_job(context, asked.job)
    counts = {ItemState.DONE: job.done, ItemState.FAILED: job.failed}
    total = job.total or 0
    counts[ItemState.WAITING] = total - sum(counts.values())
    return PartOf(tuple(map(_item, found)), total if asked.state is None else counts[asked.state], asked.offset)


def _comment(context: ManagerContext, asked: CommentJob) -> JobView:
    return job_view(control.comment(context, asked.job, asked.comment))


def _act(act: Callable[[ManagerContext, int], ManagerJob], context: ManagerContext, asked: NameJob) -> JobView:
    return job_view(act(context, asked.job))


def _delete(context: ManagerContext, asked: NameJob) -> Changed:
    control.delete_job(context, asked.job)
    return Changed(1)


def _schedules(context: ManagerContext, _: Nothing) -> PartOf[ScheduleView]:
    found = [
        ScheduleView(
            each.name, each.kind, msgspec.json.decode(each.arguments), each.by, moment(each.next), each.every // 1000
        )
        for each in control.list_schedules(context)
    ]
    return PartOf(tuple(found), len(found))


def _keep_schedule(context: ManagerContext, asked: KeepSchedule) -> Changed:
    try:
        every = parse_duration(asked.every)
    except ValueError as error:
        raise Refused(str(error)) from None
    first = read_moment(asked.first) if asked.first else None
    arguments = arguments_of(asked.kind, asked.arguments)
    control.keep_schedule(context, asked.name, asked.kind, arguments, every=every, first=first)
    return Changed(1)


def arguments_of(kind: str, plain: dict[str, Any]) -> Any:
    """Read the arguments of a kind of job.

    Raises:
        Refused: they are not those of this kind.
    """
    row = control.kind_named(kind)
    try:
        return msgspec.convert(plain, row.arguments)
    except msgspec.ValidationError as error:
        path, problem = explain(error, row.arguments)
        raise Refused(f"a job '{kind}' cannot have these arguments: {shown_path(path)}: {problem}") from None


def _delete_schedule(context: ManagerContext, asked: NameSchedule) -> Changed:
    control.delete_schedule(context, asked.name)
    return Changed(1)


def _of_kind(arguments: type[Arguments]) -> ManagerCall[Arguments, JobView]:
    kind = next(each.name for each in KINDS.values() if each.arguments is arguments)
    summary = (arguments.__doc__ or "").partition("\n")[0].rstrip(".")
    name = f"submit_{kind.replace('-', '_')}"
    return ManagerCall(name, "POST", f"/jobs/{kind}", summary, arguments, JobView, partial(_submit, kind), status=202)


POLL = _of_kind(PollJob)
DISCOVER = _of_kind(DiscoverJob)
DEPLOY = _of_kind(DeployJob)
PREVIEW = _of_kind(PreviewJob)
OBTAIN = _of_kind(ObtainJob)
DEPLOY_HELD = _of_kind(DeployHeldJob)
RESEND = _of_kind(ResendJob)
INSTALL = _of_kind(InstallJob)
REHOST = _of_kind(RehostJob)
REPLACE_DEVICE = _of_kind(ReplaceJob)
ANNOTATE = _of_kind(AnnotateJob)
CLEAR = _of_kind(ClearJob)
DRIFT = _of_kind(DriftJob)
EVALUATE = _of_kind(EvaluateJob)
REFRESH_PAKS = _of_kind(RefreshPaksJob)
LIST_JOBS = ManagerCall("list_jobs", "GET", "/jobs", "Jobs, the newest first", ListJobs, PartOf[JobView], _list)
READ_JOB = ManagerCall("read_job", "GET", "/jobs/{job}", "A job and how far it is", NameJob, JobView, _read)
LIST_JOB_ITEMS = ManagerCall(
    "list_job_items", "GET", "/jobs/{job}/items", "The outcome for each thing of a job", ListItems, PartOf[ItemView],
    _items,
)  # fmt: skip
COMMENT_JOB = ManagerCall(
    "comment_job", "POST", "/jobs/{job}/comment", "Replace the comment on a job", CommentJob, JobView, _comment
)
PAUSE_JOB = ManagerCall(
    "pause_job", "POST", "/jobs/{job}/pause", "Stop a job until it is resumed", NameJob, JobView,
    partial(_act, control.pause),
)  # fmt: skip
RESUME_JOB = ManagerCall(
    "resume_job", "POST", "/jobs/{job}/resume", "Let a paused job go on", NameJob, JobView,
    partial(_act, control.resume),
)  # fmt: skip
KILL_JOB = ManagerCall(
    "kill_job", "POST", "/jobs/{job}/kill", "End a job", NameJob, JobView, partial(_act, control.kill)
)
RETRY_JOB = ManagerCall(
    "retry_job", "POST", "/jobs/{job}/retry", "A new job for what failed or was not begun of one that is over", NameJob,
    JobView, partial(_act, control.retry), status=202,
)  # fmt: skip
DELETE_JOB = ManagerCall(
    "delete_job", "DELETE", "/jobs/{job}", "Delete the record of a job that is over", NameJob, Changed, _delete
)
LIST_SCHEDULES = ManagerCall(
    "list_schedules",
    "GET",
    "/schedules",
    "Jobs that are made again and again",
    Nothing,
    PartOf[ScheduleView],
    _schedules,
)
KEEP_SCHEDULE = ManagerCall(
    "keep_schedule", "POST", "/schedules", "Add a schedule, or replace it", KeepSchedule, Changed, _keep_schedule
)
DELETE_SCHEDULE = ManagerCall(
    "delete_schedule", "DELETE", "/schedules/{name}", "Delete a schedule; its jobs stay", NameSchedule, Changed,
    _delete_schedule,
)  # fmt: skip

CALLS: tuple[ManagerCall[Any, Any], ...] = (
    POLL, DISCOVER, DEPLOY, PREVIEW, OBTAIN, DEPLOY_HELD, RESEND, INSTALL, REHOST, REPLACE_DEVICE, ANNOTATE,
    CLEAR, DRIFT, EVALUATE, REFRESH_PAKS, LIST_JOBS, READ_JOB, LIST_JOB_ITEMS, COMMENT_JOB, PAUSE_JOB, RESUME_JOB,
    KILL_JOB, RETRY_JOB, DELETE_JOB, LIST_SCHEDULES, KEEP_SCHEDULE, DELETE_SCHEDULE,
)  # fmt: skip
