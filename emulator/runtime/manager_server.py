"""The license manager as a server: its web face over HTTPS, and the jobs, until it is stopped.

Jobs are run in a thread with an event loop of its own, several at once, so that a page never waits for a device. The
lease of the jobs is renewed beside them; a program that is started after one that was killed takes them up again, at
once where both have the same folder.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TypeVar

from emulator.kernel.errors import EmulatorError, Refused
from emulator.manager.context import ManagerContext
from emulator.manager.job_records import ManagerJob
from emulator.manager.jobs.runner import LEASE, JobRunner
from emulator.manager.passwords import is_password, log_in_mark
from emulator.manager.ports import LicenseBackEnd
from emulator.manager.tokens import user_of
from emulator.runtime.draft_files import DRAFTS, DraftFiles
from emulator.runtime.extras import needs_serve
from emulator.runtime.running_marks import dead_programs, marked
from emulator.runtime.wall_clock import host_time
from emulator.transports.backend_client.client import PortalClient
from emulator.transports.https.certificates import identity
from emulator.transports.https.hosting import Hosting, Site, bound, is_anywhere, is_loopback

with needs_serve():
    from emulator.transports.manager_web.app import manager_app
    from emulator.transports.manager_web.settings import ManagerSettings

LOG = logging.getLogger(__name__)

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")

JOBS_AT_ONCE = 4
"""Jobs that one program runs at one time."""

GRACE = 5.0
"""Seconds that acts at devices may take at the end; those that take longer are done again at the next start."""

Result = TypeVar("Result")

LOOK_EVERY = 0.5
"""Seconds between two looks for a job that is due."""


class ManagerOnDisk:
    """A `transports.manager_web.ports.ServedManager`."""

    def __init__(self, context: ManagerContext) -> None:
        self._context = context

    def user_of(self, token: str, /) -> str | None:
        """Return whose token this is, or None."""
        with self._context.database.reading() as records:
            return user_of(records, token)

    def is_password(self, user: str, password: str, /) -> bool:
        """Tell whether a password is that of a user."""
        with self._context.database.reading() as records:
            return is_password(records, user, password)

    def log_in_mark(self, user: str, /) -> str:
        """Return a mark of the password of a user, another one after each change; empty where there is none."""
        with self._context.database.reading() as records:
            return log_in_mark(records, user)

    def context(self, user: str, /) -> ManagerContext:
        """The use cases for a user.

        Raises:
            UnknownName: there is no such user any more.
        """
        return self._context.acting_as(user)


class JobThread:
    """Runs the jobs of a manager from `start` to `stop`."""

    def __init__(self, context: ManagerContext, folder: Path) -> None:
        self._context, self._folder = context, folder
        self._name = secrets.token_urlsafe(8)
        self._runner = JobRunner(context, self._opened, self._name)
        self._over = Event()
        self._mark = ExitStack()
        self._thread = Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to take jobs, those of programs that were killed first.

        Raises:
            Refused: the folder or the database cannot be used.
        """
        try:
            self._mark.enter_context(marked(self._folder, self._name))
            for dead in dead_programs(self._folder):
                self._runner.release(dead)
        except OSError as error:
            raise Refused(f"{self._folder} cannot be used: {error.strerror}") from error
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing more, let what is under way at devices end, and leave the jobs to the next start."""
        self._runner.stopping = True
        self._over.set()
        self._thread.join(2 * GRACE)
        self._mark.close()

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[LicenseBackEnd]:
        with self._context.database.reading() as records:
            access = records.back_end()
        if access is None:
            raise Refused("no license portal was chosen yet; `isrtwin manager portal URL` does it")
        client = PortalClient(access)
        try:
            yield client
        finally:
            await client.close()

    def _run(self) -> None:
        asyncio.run(self._work())

    async def _work(self) -> None:
        under_way: set[asyncio.Task[None]] = set()
        renewed = time.monotonic()
        try:
            while not self._over.is_set():
                if time.monotonic() - renewed > LEASE / 4000:
                    renewed = time.monotonic()
                    self._told(self._runner.renew)
                job = self._told(self._runner.claim) if len(under_way) < JOBS_AT_ONCE else None
                if job is None:
                    await asyncio.sleep(LOOK_EVERY)
                    continue
                task = asyncio.create_task(self._done(job))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            if under_way:
                await asyncio.wait(under_way, timeout=GRACE)
        finally:
            for task in tuple(under_way):
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
            self._told(self._runner.release)

    async def _done(self, job: ManagerJob) -> None:
        """Do a job; one that meets a mistake of ours fails alone, and the others go on."""
        try:
            await self._runner.run(job)
        except Exception:
            LOG.exception("job %d failed", job.id)
            self._told(lambda: self._runner.fail(job, "the program failed; its log tells more"))

    def _told(self, act: Callable[[], Result]) -> Result | None:
        """Do something with the database; where that cannot be now, it is told and done at the next turn."""
        try:
            return act()
        except EmulatorError as error:
            LOG.warning("jobs wait: %s", error)
            return None


class ManagerServer:
    """The web face of a manager and its jobs; `start` and `stop` once each."""

    def __init__(self, context: ManagerContext, folder: Path, host: str, port: int) -> None:
        """Bind the address, and make the certificates.

        Args:
            context: of the local user.
            folder: of the manager, for its certificates and the forms that are left on its pages.
            host: address to bind.
            port: port to bind; 0 takes a free one.

        Raises:
            Refused: the address cannot be had, or a file not be written.
        """
        drafts = DraftFiles(folder / DRAFTS, context.database.name)
        app = manager_app(ManagerOnDisk(context), ManagerSettings(time.monotonic), drafts)
        names = (*LOOPBACK_NAMES, host) if is_loopback(host) else ()
        self.site = Site(app, host, port, bound(host, port), names=names)
        own = [*LOOPBACK_NAMES, *(() if is_anywhere(host) else (host,))]
        certificate = identity(folder, "manager", list(dict.fromkeys(own)), host_time())
        self._hosting = Hosting([self.site], certificate)
        self._jobs = JobThread(context, folder)
        self.ca = certificate.ca

    def start(self) -> None:
        """Take connections and jobs."""
        logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
        self._jobs.start()
        self._hosting.start()

    def stop(self) -> None:
        """Let what is under way end; jobs that are not through go on at the next start."""
        self._hosting.stop()
        self._jobs.stop()
