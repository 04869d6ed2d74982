"""`reload`: at once, in a while, at a time of day, and not after all.

C: the dialog of a reload at once (a CISCO1941). R: the other forms, their dialog and `show reload`. A reload that
is scheduled lives in memory and is lost with it. Left out: the warnings as the time comes near, and reasons of one's
own.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.files.running_config import configuration_text
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.console.yes_or_no import yes_or_no
from emulator.grammar import Command
from emulator.kernel.effects import AskKey, Effect, Handler, Say, Wait
from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND, Duration
from emulator.router.clocks import moment
from emulator.router.device import Router
from emulator.router.state import DeferredTask

HELP = {
    "reload": "Halt and perform a cold restart",
    "reload at": "Reload at a specific time/date",
    "reload at <clock>": "Time to reload (hh:mm)",
    "reload cancel": "Cancel pending reload",
    "reload in": "Reload after a time interval",
    "reload in <delay>": "Delay before reload (mmm or hhh:mm)",
    "show": "Show running system information",
    "show reload": "Scheduled reload information",
}

RELOAD_DELAY = SECOND


def reload(session: Session) -> Handler:
    router = session.router
    if not (yield from _agreed(session)):
        return
    yield Say("\n")
    router.request_reload(session.line.who)
    yield Wait(RELOAD_DELAY)
    router.reload()


def _agreed(session: Session, notice: str = "") -> Generator[Effect, Any, bool]:
    """Ask whether to save what is unsaved, and whether to go on with the reload."""
    router = session.router
    if router.running.changed and (yield from yes_or_no(wording("reload.save"))):
        yield Say(wording("nvram.building"))
        router.save_startup(configuration_text(router), session.exec.user)
        yield Say(wording("nvram.ok"))
    if notice:
        yield Say(notice)
    key: str = yield AskKey(wording("reload.confirm"))
    return key in {"\n", "y", "Y"}


def reload_in(session: Session, *, delay: Duration) -> Handler:
    yield from _schedule(session, delay, wording("reload.scheduled_in", period=_period(delay)))


def reload_at(session: Session, *, clock: tuple[int, int]) -> Handler:
    router = session.router
    if not router.running.calendar.is_set:
        yield Say(wording("reload.no_clock"))
        return
    now = router.wall_time().local
    wanted = (clock[0] * 60 + clock[1]) * MINUTE
    delay = (wanted - (now.hour * HOUR + now.minute * MINUTE + now.second * SECOND)) % DAY or DAY
    yield from _schedule(session, delay, _scheduled_for(router, delay))


def _schedule(session: Session, delay: Duration, notice: str) -> Handler:
    router = session.router
    if not (yield from _agreed(session, notice + wording("reload.reason"))):
        return
    router.schedule(DeferredTask.RELOAD, delay)
    minutes, seconds = divmod(delay // SECOND, 60)
    yield Say(wording("reload.shutdown_in", left=f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"))


def cancel(session: Session) -> Handler:
    cancelled = session.router.tasks.cancel(DeferredTask.RELOAD)
    yield Say(wording("reload.aborted" if cancelled else "reload.none_to_cancel"))


def show_reload(session: Session) -> Handler:
    router = session.router
    due = router.running.due.get(DeferredTask.RELOAD)
    if due is None:
        yield Say(wording("reload.none"))
        return
    left = due - router.now
    if router.running.calendar.is_set:
        yield Say(_scheduled_for(router, left))
    else:
        yield Say(wording("reload.scheduled_in", period=_period(left)))
    yield Say(wording("reload.reason"))


def _scheduled_for(router: Router, delay: Duration) -> str:
    then = router.running.calendar.at(router.now + delay)
    return wording("reload.scheduled_for", moment=moment(then), period=_period(delay))


def _period(delay: Duration) -> str:
    """`1 hour and 30 minutes`; seconds only where there is no hour."""
    hours, minutes, seconds = delay // HOUR, delay % HOUR // MINUTE, delay % MINUTE // SECOND
    parts = [(hours, "hour"), (minutes, "minute"), (0 if hours else seconds, "second")]
    words = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number]
    return " and ".join(words) or "0 seconds"


_SOURCE = "IOS configuration fundamentals command reference; captures of a CISCO1941"
COMMANDS = (
    Command("reload", modes=(EXEC,), privilege=PRIVILEGED, run=reload, output="reload", source=_SOURCE, basis="C"),
    Command("reload in <delay:ReloadDelay>", modes=(EXEC,), privilege=PRIVILEGED, run=reload_in,
            output="reload_scheduled", source=_SOURCE, basis="R"),
    Command("reload at <clock:HourMinute>", modes=(EXEC,), privilege=PRIVILEGED, run=reload_at,
            output="reload_scheduled", source=_SOURCE, basis="R"),
    Command("reload cancel", modes=(EXEC,), privilege=PRIVILEGED, run=cancel, output="reload_scheduled",
            source=_SOURCE, basis="R"),
    Command("show reload", modes=(EXEC,), run=show_reload, piped=True, output="reload_scheduled", source=_SOURCE,
            basis="R"),
)  # fmt: skip
