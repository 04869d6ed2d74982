"""Call home watching a running router: events become alerts, which wait a moment and are handed on to be sent.

What a message has in it is what commands print, so the console makes it (`router/ports.AlertSender`).
"""

from datetime import timedelta
from typing import Protocol

from emulator.kernel.events import Event
from emulator.kernel.time import Duration
from emulator.router.call_home_state import CallHomeAlert
from emulator.router.context import RouterCore
from emulator.router.network.call_home_alerts import (
    ALERT_DELAY,
    MOST_WAITING,
    alerts_of,
    periodic_alerts,
    refreshes_times,
)
from emulator.router.network.smart_call_home import is_enabled
from emulator.router.state import DeferredTask, Running


class WatchedRouter(RouterCore, Protocol):
    """A router as call home sees it."""

    @property
    def running(self) -> Running:
        """State of the running image."""

    def schedule(self, task: DeferredTask, delay: Duration, /) -> None:
        """Have a task done later in this boot."""


def hear(router: WatchedRouter, event: Event, message: str | None, crash: str) -> None:
    """Take note of an event of a running router; arguments as of `alerts_of`."""
    configuration = router.running.configuration
    if not is_enabled(configuration):
        return
    waiting = router.running.call_home.waiting
    for alert in alerts_of(configuration, event, message, crash):
        if len(waiting) < MOST_WAITING:
            waiting.append(alert)
            router.schedule(DeferredTask.SEND_ALERTS, ALERT_DELAY)
    if refreshes_times(event):
        _schedule_periodic(router)


def send_waiting(router: WatchedRouter) -> None:
    """Send what waits."""
    waiting = router.running.call_home.waiting
    alerts = list(waiting)
    waiting.clear()
    for alert in alerts:
        router.context.alerts.send(router.name, alert)


def send_periodic(router: WatchedRouter) -> None:
    """Send what is due by the calendar, and look for the next moment."""
    now = router.running.calendar.at(router.now).local
    for group, profile, due in periodic_alerts(router.running.configuration, now - timedelta(minutes=1)):
        if due <= now:
            router.context.alerts.send(
                router.name, CallHomeAlert(group, f"{group.capitalize()} info, periodic", (profile,))
            )
    _schedule_periodic(router)


def _schedule_periodic(router: WatchedRouter) -> None:
    now = router.running.calendar.at(router.now).local
    due = min((due for _, _, due in periodic_alerts(router.running.configuration, now)), default=None)
    if due is not None:
        router.schedule(DeferredTask.SEND_PERIODIC_ALERTS, (due - now) // timedelta(milliseconds=1) + 1)
