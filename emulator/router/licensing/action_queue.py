"""The queue of license actions: one after the other, each for as long as its files take (C: the states; I: the times).

C: an action that has ended is kept for five minutes at least; a backup that is asked for while a clear waits or runs
fails. What an action changes, it changes at its end, so that a power cut before finds everything as it was.
"""

from typing import Protocol

from emulator.kernel.effects import Abandoned
from emulator.kernel.time import MINUTE, Duration
from emulator.router.files.systems import FileFault, time_to_fail
from emulator.router.license_action import (
    ENDED,
    ActionKind,
    ActionResult,
    ActionState,
    FailCause,
    LicenseAction,
    LicenseActions,
)
from emulator.router.licensing.operations import ActingRouter, carry_out, location
from emulator.router.state import DeferredTask

STARTED_AFTER: Duration = 100
"""Time until an action leaves the queue, and the least time that one takes, in milliseconds."""

KEPT_FOR: Duration = 10 * MINUTE
LEVEL_TOLD_AFTER: Duration = 150
"""Delay after a change at which the next level is reported, in milliseconds (C)."""

CHANGING = {ActionKind.INSTALL, ActionKind.CLEAR, ActionKind.PROCESS_TICKET}


class QueueingRouter(ActingRouter, Protocol):
    """A router as the queue sees it."""

    def schedule(self, task: DeferredTask, delay: Duration) -> None:
        """Schedule a task for later in this boot."""


def start(router: QueueingRouter, action: LicenseAction) -> None:
    """Put an action into the queue."""
    queue = router.running.license_actions
    queue.turns += 1
    action.active, action.turn = True, queue.turns
    if action.kind is ActionKind.BACKUP and any(
        each.kind is ActionKind.CLEAR and each.result.state in {ActionState.PENDING, ActionState.IN_PROGRESS}
        for each in queue.every()
    ):
        _end(router, action, ActionResult(ActionState.FAILED, FailCause.CLEAR_IN_PROGRESS))
    else:
        action.result = ActionResult(ActionState.PENDING)
    _schedule(router, queue)


def advance(router: QueueingRouter) -> None:
    """Do what is due: end the action that runs, begin the next, forget those that ended long ago."""
    queue = router.running.license_actions
    running = next((each for each in queue.every() if each.result.state is ActionState.IN_PROGRESS), None)
    if running is not None and running.until <= router.now:
        try:
            result, running.results = carry_out(router, running)
        except Abandoned:
            return
        _end(router, running, result)
        if running.kind in CHANGING and result.state is not ActionState.FAILED:
            router.schedule(DeferredTask.ANNOUNCE_LEVEL, LEVEL_TOLD_AFTER)
        running = None
    waiting = queue.waiting()
    if running is None and waiting:
        waiting[0].result = ActionResult(ActionState.IN_PROGRESS)
        waiting[0].until = router.now + max(_duration(router, waiting[0]), STARTED_AFTER)
    for rows in (queue.actions, queue.exports):
        for number in [number for number, each in rows.items() if _is_over(each) and each.until <= router.now]:
            del rows[number]
    _schedule(router, queue)


def _end(router: QueueingRouter, action: LicenseAction, result: ActionResult) -> None:
    action.result, action.until, action.password = result, router.now + KEPT_FOR, ""


def _is_over(action: LicenseAction) -> bool:
    return action.result.state in ENDED


def _schedule(router: QueueingRouter, queue: LicenseActions) -> None:
    """Come back when something is due; an action that waits is due soon if none runs."""
    runs = [each for each in queue.every() if each.result.state is ActionState.IN_PROGRESS]
    instants = [each.until for each in (*runs, *filter(_is_over, queue.every()))]
    if queue.waiting() and not runs:
        instants.append(router.now + STARTED_AFTER)
    if instants:
        router.schedule(DeferredTask.LICENSE_ACTIONS, max(min(instants) - router.now, 0))


def _duration(router: QueueingRouter, action: LicenseAction) -> Duration:
    """Time that the file of an action takes, or the finding that it cannot be had."""
    name = {
        ActionKind.INSTALL: action.file,
        ActionKind.GENERATE_EULA: action.file,
        ActionKind.PROCESS_TICKET: action.permission,
        ActionKind.REGENERATE_TICKET: action.permission,
        ActionKind.BACKUP: action.backup,
        ActionKind.EXPORT_CREDENTIAL: action.file,
    }.get(action.kind)
    url = location(action, name) if name else None
    if url is None:
        return 0
    found = router.files.find(url)
    if isinstance(found, FileFault):
        return time_to_fail(url, found)
    return router.files.transfer_time(found.size)
