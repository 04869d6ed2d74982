"""Registrations that take a while: they go on in a thread while the browser watches.

A big list in which good rows are registered whatever the others are goes to the back end in parts, so that it can be
told how far it is; a part is done or not, and the same list again costs nothing, so a server that is killed half-way
loses nothing. A list that is registered as a whole is one transaction and has no half-way.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from secrets import token_urlsafe
from typing import Protocol

import msgspec
from msgspec.structs import replace

from emulator.transports.portal.operation import PortalRequest
from emulator.transports.portal.problems import RowsRefused
from emulator.transports.portal.registered_row import RegisteredRow
from emulator.transports.portal.spreadsheets import SpreadsheetRow
from emulator.transports.web.guard.shares import Budget, Shares
from emulator.transports.web.problems import Failed, Problem

LOG = logging.getLogger(__name__)

PART = 250
"""Rows that are registered in one go when others may be wrong."""

AT_ONCE = 100
"""A list as short as this is done before the answer."""

MOST_ROWS_EACH, MOST_ROWS = 30_000, 200_000
"""Rows of lists whose outcome is kept, of one account and of all; a list counts as one row at least."""

MOST_UNFINISHED_EACH, MOST_UNFINISHED = 2, 16
"""Long lists that are under way, of one account and of all."""

KEPT = 30 * 60.0
"""Seconds that an outcome is kept after it was last looked at."""


class RegisteredRows(Protocol):
    """The answer of the operation that registers."""

    @property
    def rows(self) -> Sequence[RegisteredRow]:
        """Each row with its outcome."""


RegisterPart = Callable[[PortalRequest, Mapping[str, object]], RegisteredRows]
"""Registers one part of a list for an account."""


class Job(msgspec.Struct):
    """One registration: what was asked, how far it is, and what came of it.

    Attributes:
        done: rows that are dealt with; it stays 0 until the end where all rows are one act.
        failure: why the list as a whole was refused.
        rows: what became of each row, numbered as in what was sent.
        used: seconds of the server's clock when it was last looked at.
    """

    id: str
    account: str
    pak: str
    partial: bool
    mailed: bool
    why: str
    asked: Sequence[SpreadsheetRow]
    done: int = 0
    finished: bool = False
    failure: Problem | None = None
    rows: list[RegisteredRow] = []
    used: float = 0.0

    @property
    def total(self) -> int:
        return len(self.asked)

    @property
    def wrong(self) -> list[RegisteredRow]:
        return [row for row in self.rows if row.error]

    @property
    def issued(self) -> list[RegisteredRow]:
        return [row for row in self.rows if not row.error and row.license]

    @property
    def new(self) -> int:
        return sum(1 for row in self.issued if not row.again)


class Jobs:
    """The registrations of a server since it started; `register` carries out each part."""

    def __init__(self, register: RegisterPart, clock: Callable[[], float]) -> None:
        """Begin with none; `clock` gives seconds that never go backwards."""
        self._register, self._clock = register, clock
        self._jobs: Shares[Job] = Shares(MOST_ROWS_EACH, MOST_ROWS, lambda job: max(1, job.total))
        self._under_way = Budget(MOST_UNFINISHED_EACH, MOST_UNFINISHED)
        self._workers = ThreadPoolExecutor(2, "registration")

    def find(self, id_: str, account: str) -> Job | None:
        """A registration of this account."""
        self._free()
        if (job := self._jobs.get(id_)) is None or job.account != account:
            return None
        job.used = self._clock()
        return job

    def start(
        self, request: PortalRequest, pak: str, rows: Sequence[SpreadsheetRow], *, partial: bool, mailed: bool, why: str
    ) -> Job:
        """Register; a short list is finished when this returns.

        Raises:
            Problem: a short list was refused as a whole, or too many long ones are under way.
        """
        self._free()
        job = Job(token_urlsafe(12), request.caller.account, pak, partial, mailed, why, rows, used=self._clock())
        if len(rows) <= AT_ONCE:
            _work(job, request, self._register)
            if job.failure:
                raise job.failure
            self._jobs.put(job.account, job.id, job)
        else:
            room = ExitStack()
            room.enter_context(self._under_way.reserved(job.account, 1))
            self._jobs.put(job.account, job.id, job)
            self._workers.submit(_work_in, room, job, request, self._register)
        return job

    def _free(self) -> None:
        """Let go of outcomes that were not looked at for long."""
        now = self._clock()
        for id_, job in self._jobs.all():
            if job.finished and now - job.used > KEPT:
                self._jobs.drop(id_)

    def close(self) -> None:
        """End after what is under way."""
        self._workers.shutdown()


def _work_in(room: ExitStack, job: Job, request: PortalRequest, register: RegisterPart) -> None:
    with room:
        _work(job, request, register)


def _work(job: Job, request: PortalRequest, register: RegisterPart) -> None:
    step = PART if job.partial else job.total
    try:
        for start in range(0, job.total, step):
            part = job.asked[start : start + step]
            numbered = [replace(row, row=part[row.row - 1].number) for row in _register(job, request, part, register)]
            job.rows = [*job.rows, *numbered]
            job.done = start + len(part)
    except Problem as problem:
        job.failure = problem
    except Exception:
        LOG.exception("a registration failed")
        job.failure = Failed()
    finally:
        job.finished = True


def _register(
    job: Job, request: PortalRequest, part: Sequence[SpreadsheetRow], register: RegisterPart
) -> Sequence[RegisteredRow]:
    udis = [row.text for row in part]
    inputs = {"pak": job.pak, "udis": udis, "partial": job.partial, "mailed": job.mailed, "why": job.why}
    try:
        return register(request, inputs).rows
    except RowsRefused as refused:
        return refused.rows
