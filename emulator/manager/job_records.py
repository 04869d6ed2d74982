"""Records of jobs: what was asked for, how far it is, and the outcome for each device or PAK of it.

C: every long call returns a request ID at once; status, running list, history, comment, kill, delete. I: pause, retry
and schedules; the states and their transitions.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from emulator.kernel.errors import Refused

LONGEST_COMMENT = 500
"""Longest comment on a job, in characters."""

ABOUT_PAKS = frozenset({"refresh-paks"})
"""Kinds of jobs whose subjects are PAKs; those of the others are devices."""

ABOUT_ADDRESSES = frozenset({"discover"})
"""Kinds of jobs whose subjects are addresses."""


class JobState(StrEnum):
    """State of a job, in a word for a table."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    KILLED = "killed"


class JobEvent(StrEnum):
    """Happening to a job, in a word that completes "it is"."""

    BEGIN = "begun"
    END = "ended"
    FAIL = "given up"
    PAUSE = "paused"
    RESUME = "resumed"
    KILL = "killed"


TRANSITIONS: Mapping[JobState, Mapping[JobEvent, JobState]] = {
    JobState.WAITING: {
        JobEvent.BEGIN: JobState.RUNNING,
        JobEvent.PAUSE: JobState.PAUSED,
        JobEvent.KILL: JobState.KILLED,
    },
    JobState.RUNNING: {
        JobEvent.BEGIN: JobState.RUNNING,  # by another process, after the one that had it was lost
        JobEvent.END: JobState.DONE,
        JobEvent.FAIL: JobState.FAILED,
        JobEvent.PAUSE: JobState.PAUSED,
        JobEvent.KILL: JobState.KILLED,
    },
    JobState.PAUSED: {JobEvent.RESUME: JobState.WAITING, JobEvent.KILL: JobState.KILLED},
    JobState.DONE: {},
    JobState.FAILED: {},
    JobState.KILLED: {},
}
"""State after each event; what stands not here is refused."""

OVER = frozenset(state for state, events in TRANSITIONS.items() if not events)
"""States that a job does not leave."""


def after(job: int, state: JobState, event: JobEvent) -> JobState:
    """Return the state of a job after an event.

    Raises:
        Refused: the event is not possible in this state.
    """
    found = TRANSITIONS[state].get(event)
    if found is None:
        raise Refused(f"job {job} is {state}; it cannot be {event} {'any more' if state in OVER else 'now'}")
    return found


class ManagerJob(msgspec.Struct, frozen=True):
    """Job of the manager. Instants are milliseconds since 1970.

    Attributes:
        kind: name of a row of `jobs.kinds.KINDS`.
        arguments: what the kind needs, as JSON.
        due: the instant before which it does not begin.
        stop: what was asked of a job that runs: to pause, to kill, or nothing.
        total: devices or PAKs of it; None before it began.
        summary: its outcome in words, or the reason for which it failed.
        retry_of: the job whose failures it takes up again.
    """

    id: int
    kind: str
    arguments: str
    by: str
    made: int
    due: int
    state: JobState
    stop: JobEvent | None = None
    begun: int | None = None
    ended: int | None = None
    total: int | None = None
    done: int = 0
    failed: int = 0
    comment: str = ""
    summary: str = ""
    retry_of: int | None = None


class ItemState(StrEnum):
    """State of one device or PAK of a job."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class JobItem(msgspec.Struct, frozen=True):
    """One device, address or PAK of a job, by its name, and its outcome in words."""

    subject: str
    state: ItemState = ItemState.WAITING
    outcome: str = ""
    detail: str = ""
    at: int | None = None


class JobSchedule(msgspec.Struct, frozen=True):
    """Job that is made again and again: `next` is its next instant, `every` the milliseconds between two."""

    name: str
    kind: str
    arguments: str
    by: str
    next: int
    every: int
