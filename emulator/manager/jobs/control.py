"""Use cases about jobs: asked for, watched, commented, paused, resumed, killed, tried again, deleted, scheduled.

C: status, running list, history, comment, kill and delete; a scheduler. I: who may ask for a kind of job may stop one
of that kind, whoever asked for it; a job that runs stops when the devices that are being worked at are through.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from emulator.kernel.errors import Refused, UnknownName
from emulator.kernel.time import MINUTE
from emulator.manager.context import ManagerContext
from emulator.manager.errors import NotKnown
from emulator.manager.job_records import (
    LONGEST_COMMENT,
    OVER,
    ItemState,
    JobEvent,
    JobItem,
    JobSchedule,
    JobState,
    ManagerJob,
    after,
)
from emulator.manager.jobs.arguments import JobArguments
from emulator.manager.jobs.kinds import KINDS, JobKind
from emulator.manager.moments import read_moment
from emulator.manager.names import check_free, check_name
from emulator.manager.roles import ManagerAction
from emulator.manager.store.records import ManagerRecords

LEAST_BETWEEN = MINUTE
"""Shortest time between two jobs of a schedule, in milliseconds."""


def submit(context: ManagerContext, kind: str, arguments: JobArguments) -> ManagerJob:
    """Ask for a job, which begins at once or at an instant, when a process of this manager runs jobs.

    Args:
        context: on whose behalf; the job is done with the role that this user has then.
        kind: a name of `KINDS`.
        arguments: of its type.

    Raises:
        NotAllowed: the user may not do what such a job does.
        Refused, UnknownName: the arguments name what is not there.
    """
    context.require(kind_named(kind).action)
    with context.database.writing() as records:
        return submit_within(context, records, kind, arguments)


def submit_within(
    context: ManagerContext, records: ManagerRecords, kind: str, arguments: JobArguments, comment: str = ""
) -> ManagerJob:
    """Ask for a job that the user may ask for, within a transaction of the caller, as `submit` does."""
    row = kind_named(kind)
    assert isinstance(arguments, row.arguments)
    row.subjects(records, arguments)
    due = read_moment(arguments.due) if arguments.due else None
    return _added(context, records, replace(_new(context, kind, _encoded(arguments), due), comment=comment))


def list_jobs(
    context: ManagerContext, *, open_only: bool = False, offset: int = 0, limit: int | None = None
) -> tuple[Sequence[ManagerJob], int]:
    """Return a part of the jobs, the newest first, and the number of all of them.

    Raises:
        NotAllowed: the user may not read devices.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        found = records.jobs.choose(open_only=open_only, offset=offset, limit=limit)
        return found, records.jobs.count(open_only=open_only)


def show_job(context: ManagerContext, number: int) -> ManagerJob:
    """Return a job and how far it is.

    Raises:
        NotAllowed: the user may not read devices.
        NotKnown: there is no such job.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        return _job(records, number)


def list_items(
    context: ManagerContext, number: int, state: ItemState | None = None, *, offset: int = 0, limit: int | None = None
) -> Sequence[JobItem]:
    """Return a part of the outcomes of a job; those in one state, or all.

    Raises:
        NotAllowed: the user may not read devices.
        NotKnown: there is no such job.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        _job(records, number)
        return records.jobs.items(number, state, offset=offset, limit=limit)


def comment(context: ManagerContext, number: int, text: str) -> ManagerJob:
    """Put a comment in the place of the last one.

    Raises:
        NotAllowed: the user may not do what this job does.
        NotKnown, NotKnown, Refused: there is no such job, or the comment is too long.
    """
    if len(text) > LONGEST_COMMENT or not text.isprintable():
        raise Refused(f"a comment has at most {LONGEST_COMMENT} characters, on one line")
    _allowed(context, number)
    with context.database.writing() as records:
        return _kept(context, records, replace(_whole(records, number), comment=text), "commented")


def pause(context: ManagerContext, number: int) -> ManagerJob:
    """Stop a job until it is resumed; what is being done at devices comes to its end.

    Raises:
        NotAllowed: the user may not do what this job does.
        NotKnown: there is no such job.
        Refused: it is over.
    """
    return _stop(context, number, JobEvent.PAUSE)


def kill(context: ManagerContext, number: int) -> ManagerJob:
    """End a job; what is being done at devices comes to its end, and the rest is not begun.

    Raises:
        NotAllowed: the user may not do what this job does.
        NotKnown: there is no such job.
        Refused: it is over.
    """
    return _stop(context, number, JobEvent.KILL)


def resume(context: ManagerContext, number: int) -> ManagerJob:
    """Let a job that was paused go on.

    Raises:
        NotAllowed: the user may not do what this job does.
        NotKnown, Refused: there is no such job, or it is not paused.
    """
    _allowed(context, number)
    with context.database.writing() as records:
        job = _whole(records, number)
        if job.state is JobState.RUNNING and job.stop is JobEvent.PAUSE:
            return _kept(context, records, replace(job, stop=None), "resumed")
        state = after(number, job.state, JobEvent.RESUME)
        return _kept(context, records, replace(job, state=state, due=context.now()), "resumed")


def retry(context: ManagerContext, number: int) -> ManagerJob:
    """Ask for a job that takes up again what failed, and what was not begun, of one that is over.

    Raises:
        NotAllowed: the user may not do what this job does.
        NotKnown, Refused: there is no such job, it is not over, or nothing of it is left.
    """
    _allowed(context, number)
    with context.database.writing() as records:
        job = _whole(records, number)
        if job.state not in OVER:
            raise Refused(f"job {number} is {job.state}; only one that is over can be tried again")
        left = [each.subject for each in records.jobs.items(number) if each.state is not ItemState.DONE]
        if job.total is not None and not left:
            raise Refused(f"nothing of job {number} failed")
        again = replace(_new(context, job.kind, job.arguments, None), retry_of=number)
        if job.total is not None:
            again = replace(again, total=len(left))
        made = _added(context, records, again)
        records.jobs.add_items(made.id, left)
        return made


def delete_job(context: ManagerContext, number: int) -> None:
    """Delete the record of a job that is over.

    Raises:
        NotAllowed: the user may not do what this job does.
        NotKnown, Refused: there is no such job, or it is not over.
    """
    _allowed(context, number)
    with context.database.writing() as records:
        job = _whole(records, number)
        if job.state not in OVER:
            raise Refused(f"job {number} is {job.state}; kill it before it is deleted")
        records.jobs.drop(number)
        context.record(records, "job", str(number), f"{job.kind} deleted")


# --- schedules ---------------------------------------------------------------------------------------------------


def keep_schedule(
    context: ManagerContext, name: str, kind: str, arguments: JobArguments, *, every: int, first: int | None = None
) -> JobSchedule:
    """Have a job made again and again; a schedule of the same name is replaced.

    Args:
        context: on whose behalf.
        name: of the schedule.
        kind: a name of `KINDS`.
        arguments: of its type.
        every: milliseconds between two.
        first: the instant of the first one; None for now.

    Raises:
        NotAllowed: the user may not do what such a job does.
        Refused: the name is malformed, or the time too short; or the arguments name what is not there.
    """
    row = kind_named(kind)
    assert isinstance(arguments, row.arguments)
    context.require(row.action)
    check_name("schedule", name)
    if every < LEAST_BETWEEN:
        raise Refused("a schedule makes a job once a minute at most")
    with context.database.writing() as records:
        row.subjects(records, arguments)
        seen, taken = (map(_name, each.jobs.schedules()) for each in (records, records.whole))
        check_free("schedule", name, seen, taken)
        at = context.now() if first is None else first
        schedule = JobSchedule(name, kind, _encoded(arguments), context.user, at, every)
        records.jobs.keep_schedule(schedule)
        context.record(records, "schedule", name, f"{kind}, every {every // 1000} s")
        return schedule


def list_schedules(context: ManagerContext) -> list[JobSchedule]:
    """List the schedules by name.

    Raises:
        NotAllowed: the user may not read devices.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        return records.jobs.schedules()


def delete_schedule(context: ManagerContext, name: str) -> None:
    """Delete a schedule; the jobs that it made stay.

    Raises:
        NotAllowed: the user may not do what its jobs do.
        UnknownName: there is no such schedule.
    """
    with context.database.reading() as records:
        known = {each.name: each for each in records.jobs.schedules()}
    if name not in known:
        raise UnknownName("schedule", name, known)
    context.require(kind_named(known[name].kind).action)
    with context.database.writing() as records:
        records.jobs.drop_schedule(name)
        context.record(records, "schedule", name, "deleted")


def make_scheduled(context: ManagerContext) -> list[ManagerJob]:
    """Make the jobs of the schedules that are due, each once, however many of its times have passed."""
    made = []
    with context.database.writing() as records:
        now = context.now()
        for each in records.jobs.schedules():
            if each.next <= now:
                passed = (now - each.next) // each.every + 1
                records.jobs.keep_schedule(replace(each, next=each.next + passed * each.every))
                job = replace(_new(context, each.kind, each.arguments, None), by=each.by, comment=each.name)
                made.append(_added(context, records, job))
    return made


# --- what they share ---------------------------------------------------------------------------------------------


def kind_named(name: str) -> JobKind:
    """Return a kind of job.

    Raises:
        UnknownName: there is none of this name.
    """
    if name not in KINDS:
        raise UnknownName("kind of job", name, KINDS)
    return KINDS[name]


def _encoded(arguments: JobArguments) -> str:
    return msgspec.json.encode(arguments).decode()


def _new(context: ManagerContext, kind: str, arguments: str, due: int | None) -> ManagerJob:
    now = context.now()
    return ManagerJob(0, kind, arguments, context.user, now, now if due is None else due, JobState.WAITING)


def _added(context: ManagerContext, records: ManagerRecords, job: ManagerJob) -> ManagerJob:
    made = replace(job, id=records.jobs.add(job))
    context.record(records, "job", str(made.id), f"{made.kind} asked for")
    return made


def _name(schedule: JobSchedule) -> str:
    return schedule.name


def _job(records: ManagerRecords, number: int) -> ManagerJob:
    found = records.jobs.find(number)
    if found is None:
        raise NotKnown(f"there is no job {number}")
    return found


def _whole(records: ManagerRecords, number: int) -> ManagerJob:
    """A job that is seen, as it is kept, so that a change of it keeps what the user does not see."""
    _job(records, number)
    found = records.whole.jobs.find(number)
    assert found is not None
    return found


def _allowed(context: ManagerContext, number: int) -> None:
    with context.database.reading() as records:
        job = _job(records, number)
    context.require(kind_named(job.kind).action)


def _stop(context: ManagerContext, number: int, event: JobEvent) -> ManagerJob:
    _allowed(context, number)
    with context.database.writing() as records:
        job = _whole(records, number)
        state = after(number, job.state, event)
        if job.state is JobState.RUNNING:
            return _kept(context, records, replace(job, stop=event), f"is to be {event}")
        ended = context.now() if state in OVER else None
        return _kept(context, records, replace(job, state=state, ended=ended), str(state))


def _kept(context: ManagerContext, records: ManagerRecords, job: ManagerJob, told: str) -> ManagerJob:
    records.jobs.keep(job)
    context.record(records, "job", str(job.id), told)
    return job
