"""Tasks that a running router does by itself a little later: small reports and follow-ups, as one timed object. A
router with nothing to do is not with the timekeeper.
"""

from collections.abc import Sequence
from typing import Protocol

from emulator.kernel.events import Event
from emulator.kernel.time import WEEK, Duration, Instant
from emulator.licensing.selection import effective
from emulator.router.events import AgentColdStarted, RollbackBegun, RollbackNear, SystemRestarted
from emulator.router.licensing import action_queue
from emulator.router.network import call_home_watch, dhcp_client, ssh_server
from emulator.router.network.host import Host
from emulator.router.state import DeferredTask, ReloadRequest


class TaskedRouter(Host, action_queue.QueueingRouter, Protocol):
    """A router as its deferred tasks see it."""

    def request_reload(self, request: ReloadRequest, /) -> None:
        """Publish that a restart was requested."""

    def reload(self, reason: str, /) -> None:
        """Restart IOS."""


class DeferredTasks:
    """The tasks of one router; when each is due stands in its running state."""

    __slots__ = ("_router",)

    def __init__(self, router: TaskedRouter) -> None:
        self._router = router

    def enrol(self) -> None:
        """Ask the timekeeper to watch for the next deadline; a router that is not running has none."""
        self._router.context.timekeeper.enrol((self._router.name, "tasks"), self)

    def schedule(self, task: DeferredTask, delay: Duration) -> None:
        """Schedule a task for later in this boot; a task scheduled twice is done once, at the later time."""
        self._router.running.due[task] = self._router.now + delay
        self.enrol()

    def cancel(self, task: DeferredTask) -> bool:
        """Cancel a task; returns whether it was scheduled."""
        was_due = self._router.running.due.pop(task, None) is not None
        self.enrol()
        return was_due

    def forget_start(self) -> None:
        """Drop the tasks that report the last start, as the router is about to restart (I)."""
        for task in (DeferredTask.TELL_RESTART, DeferredTask.FOLLOW_SSH):
            self.cancel(task)

    def next_deadline(self) -> Instant | None:
        """Instant of the next task, or None."""
        running = self._router.state.running
        return min(running.due.values(), default=None) if running else None

    def advance(self, now: Instant) -> Sequence[Event]:
        """Run the tasks that are due; they publish their events themselves."""
        for task in DeferredTask:
            running = self._router.state.running
            if running is not None and running.due.get(task, now + 1) <= now:
                del running.due[task]
                self._do(task)
        return ()

    def _do(self, task: DeferredTask) -> None:
        router = self._router
        match task:
            case DeferredTask.ANNOUNCE_LEVEL:
                router.activation.announce_next_level()
            case DeferredTask.NAG_UNLICENSED:
                self._nag_unlicensed()
            case DeferredTask.FOLLOW_LINKS:
                router.links.tell_links()
            case DeferredTask.FOLLOW_PROTOCOLS:
                router.links.tell_protocols()
            case DeferredTask.TELL_RESTART:
                self._tell_restart()
            case DeferredTask.FOLLOW_LEASES:
                dhcp_client.follow(router)
            case DeferredTask.FOLLOW_SSH:
                ssh_server.follow(router)
            case DeferredTask.RELOAD:
                request = router.running.reload
                router.request_reload(request)
                router.reload(request.reason)
            case DeferredTask.ANNOUNCE_ROLLBACK:
                router.tell(RollbackNear)
            case DeferredTask.ROLL_BACK:
                self._roll_back()
            case DeferredTask.LICENSE_ACTIONS:
                action_queue.advance(router)
            case DeferredTask.SEND_ALERTS:
                call_home_watch.send_waiting(router)
            case DeferredTask.SEND_PERIODIC_ALERTS:
                call_home_watch.send_periodic(router)

    def _nag_unlicensed(self) -> None:
        """A mandatory feature without a license runs, and says so every week (C: clmgmtLicenseNotEnforced)."""
        level, activation = self._router.running.level, self._router.activation
        if effective(level, activation.inventory.licenses, activation.inventory.built_in) is None:
            activation.feature_use.request_failed(level)
            self.schedule(DeferredTask.NAG_UNLICENSED, WEEK)

    def _roll_back(self) -> None:
        """Go back to the configuration before a change that was not confirmed."""
        router, pending = self._router, self._router.running.rollback
        if pending is None:
            return
        router.running.rollback = None
        router.tell(RollbackBegun, file=pending.file)
        router.context.reader.replace(router.name, pending.text)

    def _tell_restart(self) -> None:
        router = self._router
        router.tell(SystemRestarted, banner=router.manifest.banner)
        router.tell(AgentColdStarted, hostname=router.hostname)
