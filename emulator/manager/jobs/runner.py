"""Runs jobs: takes one that is due, does what is left of it, and keeps the outcome of each device as it comes.

A job belongs to the process that has its lease. Where that process is lost the lease runs out, and another one, or the
same program started again, goes on with what has no outcome yet. What was under way then is done again, once more by
asking the device first. A lease that was lost is noticed before each part, and the job is left to who has it now.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

import msgspec
from msgspec.structs import replace

from emulator.kernel.data_path import shown_path
from emulator.kernel.datafile import explain
from emulator.kernel.errors import EmulatorError
from emulator.manager.context import ManagerContext
from emulator.manager.errors import BackEndError
from emulator.manager.job_records import ItemState, JobEvent, JobItem, ManagerJob, after
from emulator.manager.jobs.control import make_scheduled
from emulator.manager.jobs.kinds import KINDS, PartAct
from emulator.manager.ports import LicenseBackEnd

LEASE = 15_000
"""Milliseconds for which a process has a job without renewing that."""

BackEndOpener = Callable[[], AbstractAsyncContextManager[LicenseBackEnd]]
"""Opener of the license portal for the length of a block; raises Refused where none was chosen."""


class JobRunner:
    """Runs the jobs of a manager, in one process."""

    def __init__(self, context: ManagerContext, open_back_end: BackEndOpener, owner: str) -> None:
        """Get ready.

        Args:
            context: of the local user; each job is done for the user who asked for it.
            open_back_end: opens the portal, for jobs that need it.
            owner: name of this process, which no other one has or had.
        """
        self._context, self._open_back_end, self._owner = context, open_back_end, owner
        self.stopping = False
        """True once this process ends: nothing more is begun, and its jobs stay as they are."""

    def claim(self) -> ManagerJob | None:
        """Make what is scheduled, and take the job that is due first; None where there is none."""
        make_scheduled(self._context)
        with self._context.database.writing() as records:
            job = records.jobs.due(self._context.now())
            if job is None:
                return None
            now = self._context.now()
            state = after(job.id, job.state, JobEvent.BEGIN)
            job = replace(job, state=state, begun=now if job.begun is None else job.begun)
            records.jobs.keep(job)
            records.jobs.lease(job.id, self._owner, now + LEASE)
            return job

    def renew(self) -> None:
        """Lengthen the leases of this process; to be done several times in each."""
        with self._context.database.writing() as records:
            records.jobs.renew(self._owner, self._context.now() + LEASE)

    def release(self, owner: str | None = None) -> None:
        """Give up the leases of this process, or of another one that is lost, so that the next one goes on at once."""
        with self._context.database.writing() as records:
            records.jobs.renew(self._owner if owner is None else owner, 0)

    async def run(self, job: ManagerJob) -> None:
        """Do what is left of a job that was claimed."""
        try:
            await self._run(job)
        except msgspec.ValidationError as error:
            path, problem = explain(error, KINDS[job.kind].arguments)
            self.fail(job, f"{shown_path(path)}: {problem}")
        except EmulatorError as error:
            self.fail(job, str(error))

    def fail(self, job: ManagerJob, reason: str) -> None:
        """End a job that cannot go on."""
        self._end(job, JobEvent.FAIL, reason)

    async def run_all(self) -> int:
        """Run what is due, one job after the other, until nothing is; returns the number of jobs."""
        count = 0
        while (job := self.claim()) is not None:
            await self.run(job)
            count += 1
        return count

    async def _run(self, job: ManagerJob) -> None:
        kind = KINDS[job.kind]
        arguments: Any = msgspec.json.decode(job.arguments, type=kind.arguments)
        context = self._context.acting_as(job.by)
        context.require(kind.action)
        if job.total is None:
            with context.database.writing() as records:
                subjects = kind.subjects(records, arguments)
                records.jobs.add_items(job.id, subjects)
                if (now := records.jobs.find(job.id)) is not None:  # somebody may have asked it to stop meanwhile
                    records.jobs.keep(replace(now, total=len(set(subjects))))
        with context.database.reading() as records:
            left = [each.subject for each in records.jobs.items(job.id, ItemState.WAITING)]
        parts = [left[start : start + kind.part] for start in range(0, len(left), kind.part)]
        async with AsyncExitStack() as opened:
            back_end = await opened.enter_async_context(self._open_back_end()) if kind.portal else None
            act = await kind.begin(context, back_end, arguments)

            async def do(part: Sequence[str]) -> None:
                if self._goes_on(job):
                    await self._do(job, act, part)

            await context.fan_out(parts, do)
        self._close(job)

    async def _do(self, job: ManagerJob, act: PartAct, part: Sequence[str]) -> None:
        try:
            items = await act(part)
        except BackEndError as error:
            items = [JobItem(subject, ItemState.FAILED, "portal", str(error)) for subject in part]
        now = self._context.now()
        with self._context.database.writing() as records:
            records.jobs.keep_items(job.id, [replace(each, at=now) for each in items])

    def _goes_on(self, job: ManagerJob) -> bool:
        """Tell whether this process still has the job, and nobody asked it to stop."""
        with self._context.database.reading() as records:
            owner, stops = records.jobs.held(job.id)
        return owner == self._owner and not stops and not self.stopping

    def _close(self, job: ManagerJob) -> None:
        with self._context.database.reading() as records:
            found = records.jobs.find(job.id)
            if found is None or records.jobs.held(job.id)[0] != self._owner:
                return
            counts = records.jobs.outcomes(job.id)
        summary = ", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "nothing to do"
        through = found.done + found.failed == found.total
        if self.stopping and not through:
            return
        self._end(job, JobEvent.END if through or found.stop is None else found.stop, summary)

    def _end(self, job: ManagerJob, event: JobEvent, summary: str) -> None:
        with self._context.database.writing() as records:
            found = records.jobs.find(job.id)
            if found is None or records.jobs.held(job.id)[0] != self._owner:
                return
            state, now = after(job.id, found.state, event), self._context.now()
            ended = None if event is JobEvent.PAUSE else now
            records.jobs.keep(replace(found, state=state, stop=None, ended=ended, summary=summary))
            context = self._context
            context.record(records, "job", str(job.id), f"{job.kind} {state}: {summary}")
