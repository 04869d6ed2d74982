"""Jobs, their items, and schedules, within one transaction."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.sql import Select

from emulator.manager.job_records import OVER, ItemState, JobEvent, JobItem, JobSchedule, JobState, ManagerJob
from emulator.manager.store.rows import keep, keep_new
from emulator.manager.store.sight import Sight
from emulator.manager.store.tables import JOB_ITEMS, JOBS, SCHEDULES

_ITEM = (
    update(JOB_ITEMS)
    .where(JOB_ITEMS.c.job == bindparam("of"), JOB_ITEMS.c.subject == bindparam("named"))
    .values(
        state=bindparam("new_state"), outcome=bindparam("told"), detail=bindparam("because"), at=bindparam("when"),
    )
)  # fmt: skip

_HELD = select(JOBS.c.owner, JOBS.c.stop).where(JOBS.c.id == bindparam("number"))


class JobRecords:
    """Jobs of the manager."""

    def __init__(self, connection: Connection, sight: Sight) -> None:
        self._connection, self._sight = connection, sight

    def add(self, job: ManagerJob) -> int:
        """Add a job, and return the number that the database gives it; that of the record is passed over."""
        values = _values(job)
        del values["id"]
        number: int = self._connection.execute(JOBS.insert().returning(JOBS.c.id), values).scalar_one()
        return number

    def find(self, number: int) -> ManagerJob | None:
        """Return a job, or None."""
        row = self._connection.execute(self._counted().where(JOBS.c.id == number)).one_or_none()
        return None if row is None else self._job(row)

    def keep(self, job: ManagerJob) -> None:
        """Replace what is known of a job, but not who has it."""
        values = _values(job)
        self._connection.execute(update(JOBS).where(JOBS.c.id == job.id).values(**values))

    def choose(self, *, open_only: bool, offset: int = 0, limit: int | None = None) -> Sequence[ManagerJob]:
        """List jobs, the newest first; with `open_only` those alone that are not over."""
        statement = self._counted().order_by(JOBS.c.id.desc()).offset(offset).limit(limit)
        return [self._job(row) for row in self._connection.execute(_open(statement) if open_only else statement)]

    def count(self, *, open_only: bool) -> int:
        """Count jobs."""
        statement = select(func.count()).select_from(JOBS).where(*self._sight.jobs())
        number: int = self._connection.execute(_open(statement) if open_only else statement).scalar_one()
        return number

    def drop(self, number: int) -> None:
        """Delete a job and its items."""
        self._connection.execute(delete(JOB_ITEMS).where(JOB_ITEMS.c.job == number))
        self._connection.execute(delete(JOBS).where(JOBS.c.id == number))

    # --- who works at it ---------------------------------------------------------------------------------------------

    def due(self, now: int) -> ManagerJob | None:
        """Return the job that has waited longest, or that runs and whose process was lost; None where there is none."""
        waiting = and_(JOBS.c.state == JobState.WAITING.value, JOBS.c.due <= now)
        lost = and_(JOBS.c.state == JobState.RUNNING.value, JOBS.c.leased_until < now)
        first = select(JOBS.c.id).where(or_(waiting, lost)).order_by(JOBS.c.due, JOBS.c.id).limit(1)
        number = self._connection.execute(first.with_for_update(skip_locked=True)).scalar()
        return None if number is None else self.find(number)

    def lease(self, number: int, owner: str, until: int) -> None:
        """Give a job to a process until an instant."""
        values = {"owner": owner, "leased_until": until}
        self._connection.execute(update(JOBS).where(JOBS.c.id == number).values(**values))

    def renew(self, owner: str, until: int) -> None:
        """Lengthen the leases of a process."""
        which = and_(JOBS.c.owner == owner, JOBS.c.state == JobState.RUNNING.value)
        self._connection.execute(update(JOBS).where(which).values(leased_until=until))

    def held(self, number: int) -> tuple[str, bool]:
        """Return the process that has a job, empty for none, and whether the job is to stop."""
        row = self._connection.execute(_HELD, {"number": number}).one_or_none()
        return ("", True) if row is None else (row.owner or "", row.stop is not None)

    # --- items -------------------------------------------------------------------------------------------------------

    def add_items(self, number: int, subjects: Iterable[str]) -> None:
        """Add what a job has to do, in this order."""
        rows = [
            {"job": number, "subject": subject, "place": place, "state": ItemState.WAITING.value, "outcome": "",
             "detail": "", "at": None}
            for place, subject in enumerate(dict.fromkeys(subjects))
        ]  # fmt: skip
        keep_new(self._connection, JOB_ITEMS, rows)

    def keep_items(self, number: int, items: Iterable[JobItem]) -> None:
        """Keep the outcomes of items."""
        rows = [
            {"of": number, "named": each.subject, "new_state": each.state.value, "told": each.outcome,
             "because": each.detail, "when": each.at}
            for each in items
        ]  # fmt: skip
        if rows:
            self._connection.execute(_ITEM, rows)

    def items(
        self, number: int, state: ItemState | None = None, *, offset: int = 0, limit: int | None = None
    ) -> list[JobItem]:
        """List the items of a job in their order; of one state, or of all."""
        statement = select(JOB_ITEMS).join(JOBS, JOBS.c.id == JOB_ITEMS.c.job).where(JOB_ITEMS.c.job == number)
        statement = statement.where(*self._sight.items())
        if state is not None:
            statement = statement.where(JOB_ITEMS.c.state == state.value)
        rows = self._connection.execute(statement.order_by(JOB_ITEMS.c.place).offset(offset).limit(limit))
        veiled = self._sight.veiled
        return [JobItem(row.subject, ItemState(row.state), row.outcome, veiled(row.detail), row.at) for row in rows]

    def outcomes(self, number: int) -> dict[str, int]:
        """Count the items of a job by their outcome in words; those that wait are left out."""
        statement = (
            select(JOB_ITEMS.c.outcome, func.count().label("many"))
            .where(JOB_ITEMS.c.job == number, JOB_ITEMS.c.state != ItemState.WAITING.value)
            .group_by(JOB_ITEMS.c.outcome)
            .order_by(JOB_ITEMS.c.outcome)
        )
        return {row.outcome: row.many for row in self._connection.execute(statement)}

    # --- schedules ---------------------------------------------------------------------------------------------------

    def schedules(self) -> list[JobSchedule]:
        """List the schedules by name; who does not see everything sees their own."""
        rows = self._connection.execute(select(SCHEDULES).order_by(SCHEDULES.c.name))
        return [
            JobSchedule(row.name, row.kind, row.arguments, row.by, row.next, row.every)
            for row in rows
            if self._sight.is_own(row.by)
        ]

    def keep_schedule(self, schedule: JobSchedule) -> None:
        """Add a schedule, or replace the one of its name."""
        keep(
            self._connection, SCHEDULES, name=schedule.name, kind=schedule.kind, arguments=schedule.arguments,
            by=schedule.by, next=schedule.next, every=schedule.every,
        )  # fmt: skip

    def drop_schedule(self, name: str) -> bool:
        """Delete a schedule; tells whether there was one."""
        return self._connection.execute(delete(SCHEDULES).where(SCHEDULES.c.name == name)).rowcount > 0

    # --- as rows -----------------------------------------------------------------------------------------------------

    def _counted(self) -> Select[Any]:
        """The jobs that are seen, with the numbers of their items that are done and that failed."""

        def items(state: ItemState) -> Any:
            which = and_(JOB_ITEMS.c.job == JOBS.c.id, JOB_ITEMS.c.state == state.value, *self._sight.items())
            return select(func.count()).select_from(JOB_ITEMS).where(which).scalar_subquery()

        counts = items(ItemState.DONE).label("done"), items(ItemState.FAILED).label("failed")
        return select(JOBS, *counts).where(*self._sight.jobs())

    def _job(self, row: Row[*tuple[Any, ...]]) -> ManagerJob:
        return ManagerJob(
            id=row.id,
            kind=row.kind,
            arguments=self._sight.veiled(row.arguments),
            by=row.by,
            made=row.made,
            due=row.due,
            state=JobState(row.state),
            stop=None if row.stop is None else JobEvent(row.stop),
            begun=row.begun,
            ended=row.ended,
            total=row.total,
            done=row.done,
            failed=row.failed,
            comment=self._sight.veiled(row.comment),
            summary=self._sight.veiled(row.summary),
            retry_of=row.retry_of,
        )


def _open(statement: Select[Any]) -> Select[Any]:
    return statement.where(JOBS.c.state.not_in(sorted(state.value for state in OVER)))


def _values(job: ManagerJob) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "arguments": job.arguments,
        "by": job.by,
        "made": job.made,
        "due": job.due,
        "state": job.state.value,
        "stop": None if job.stop is None else job.stop.value,
        "begun": job.begun,
        "ended": job.ended,
        "total": job.total,
        "comment": job.comment,
        "summary": job.summary,
        "retry_of": job.retry_of,
    }
