"""`reload`: at once, in a while, at a time of day, and not after all.

C: the dialog of a reload at once (a CISCO1941). R: the other forms, their dialog and `show reload`; words behind
`reload` that are none of its own are the reason. A reload that is scheduled lives in memory and is lost with it. Left
out: the warnings as the time comes near.
"""

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any

from emulator.console.arguments.types import MONTHS
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
from emulator.router.state import RELOAD_COMMAND, DeferredTask, ReloadRequest

_REASON = "Reason for reload"
HELP = {
    "reload": "Halt and perform a cold restart",
    "reload <reason>": _REASON,
    "reload at": "Reload at a specific time/date",
    "reload at <clock>": "Time to reload (hh:mm)",
    "reload at <clock> <reason>": _REASON,
    "reload at <clock> <day>": "Day of the month",
    "reload at <clock> <day> <month>": "Month of the year",
    "reload at <clock> <day> <month> <reason>": _REASON,
    "reload at <clock> <month>": "Month of the year",
    "reload at <clock> <month> <day>": "Day of the month",
    "reload at <clock> <month> <day> <reason>": _REASON,
    "reload cancel": "Cancel pending reload",
    "reload in": "Reload after a time interval",
    "reload in <delay>": "Delay before reload (mmm or hhh:mm)",
    "reload in <delay> <reason>": _REASON,
    "reload reason": "Reload reason",
    "reload reason <reason>": _REASON,
    "show": "Show running system information",
    "show reload": "Scheduled reload information",
}

RELOAD_DELAY = SECOND

FURTHEST = 24 * DAY
"""Longest delay of a reload (R)."""


def reload(session: Session) -> Handler:
    yield from reload_for(session, reason=RELOAD_COMMAND)


def reload_for(session: Session, *, reason: str) -> Handler:
    router = session.router
    if not (yield from _agreed(session)):
        return
    yield Say("\n")
    router.request_reload(ReloadRequest(session.line.who, reason))
    yield Wait(RELOAD_DELAY)
    router.reload(reason)


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


def reload_in(session: Session, *, delay: Duration, reason: str | None) -> Handler:
    yield from _schedule(session, delay, _request(session, reason), dated=False)


def reload_at(session: Session, *, clock: tuple[int, int], reason: str | None) -> Handler:
    now = _now(session)
    yield from _schedule_at(session, now and _coming(now, clock), reason)


def reload_on(session: Session, *, clock: tuple[int, int], day: int, month: str, reason: str | None) -> Handler:
    now = _now(session)
    then = now and _coming_on(now, clock, day, month)
    if now and not then:
        yield Say(wording("clock.no_such_day"))
        return
    yield from _schedule_at(session, then, reason)


def _now(session: Session) -> datetime | None:
    """Time on the wall; None: the calendar was never set."""
    router = session.router
    return router.wall_time().local.replace(microsecond=0) if router.running.calendar.is_set else None


def _schedule_at(session: Session, then: datetime | None, reason: str | None) -> Handler:
    now = _now(session)
    if now is None or then is None:
        yield Say(wording("reload.no_clock"))
        return
    delay = (then - now) // timedelta(milliseconds=1)
    if delay > FURTHEST:
        yield Say(wording("reload.too_far"))
        return
    yield from _schedule(session, delay, _request(session, reason), dated=True)


def _request(session: Session, reason: str | None) -> ReloadRequest:
    return ReloadRequest(session.line.who, reason or RELOAD_COMMAND)


def _coming(now: datetime, clock: tuple[int, int]) -> datetime:
    """Find the next time that the clock shows this."""
    today = now.replace(hour=clock[0], minute=clock[1], second=0)
    return today if today > now else today + timedelta(days=1)


def _coming_on(now: datetime, clock: tuple[int, int], day: int, month: str) -> datetime | None:
    """Find the next such day, this year or the next; None: there is none in either."""
    for year in (now.year, now.year + 1):
        try:
            then = datetime(year, MONTHS.index(month) + 1, day, *clock, tzinfo=now.tzinfo)
        except ValueError:
            continue
        if then > now:
            return then
    return None


def _schedule(session: Session, delay: Duration, request: ReloadRequest, *, dated: bool) -> Handler:
    router = session.router
    if not (yield from _agreed(session, _notice(router, delay, request, dated=dated))):
        return
    router.running.reload = request
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
    running = router.running
    yield Say(_notice(router, due - router.now, running.reload, dated=running.calendar.is_set))


def _notice(router: Router, delay: Duration, request: ReloadRequest, *, dated: bool) -> str:
    """Tell when the router reloads, who asked for it, and why; with the moment itself where it is dated."""
    period, reason = _period(delay), wording("reload.reason", reason=request.reason)
    if not dated:
        return wording("reload.scheduled_in", period=period, by=request.by) + reason
    then = moment(router.running.calendar.at(router.now + delay))
    return wording("reload.scheduled_for", moment=then, period=period, by=request.by) + reason


def _period(delay: Duration) -> str:
    """`1 hour and 30 minutes`; seconds only where there is no hour."""
    hours, minutes, seconds = delay // HOUR, delay % HOUR // MINUTE, delay % MINUTE // SECOND
    parts = [(hours, "hour"), (minutes, "minute"), (0 if hours else seconds, "second")]
    words = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number]
    return " and ".join(words) or "0 seconds"


_SOURCE = "IOS configuration fundamentals command reference; captures of a CISCO1941"
COMMANDS = (
    Command("reload", modes=(EXEC,), privilege=PRIVILEGED, run=reload, output="reload", source=_SOURCE, basis="C"),
    Command("reload [reason] <reason:Line>", modes=(EXEC,), privilege=PRIVILEGED, run=reload_for,
            output="reload_reason", source=_SOURCE, basis="R"),
    Command("reload in <delay:ReloadDelay> [<reason:Line>]", modes=(EXEC,), privilege=PRIVILEGED, run=reload_in,
            output="reload_scheduled", source=_SOURCE, basis="R"),
    Command("reload at <clock:HourMinute> [<reason:Line>]", modes=(EXEC,), privilege=PRIVILEGED, run=reload_at,
            output="reload_scheduled", source=_SOURCE, basis="R"),
    Command("reload at <clock:HourMinute> <day:Day> <month:Month> [<reason:Line>]", modes=(EXEC,),
            privilege=PRIVILEGED, run=reload_on, output="reload_reason", source=_SOURCE, basis="R"),
    Command("reload at <clock:HourMinute> <month:Month> <day:Day> [<reason:Line>]", modes=(EXEC,),
            privilege=PRIVILEGED, run=reload_on, output="reload_reason", source=_SOURCE, basis="R"),
    Command("reload cancel", modes=(EXEC,), privilege=PRIVILEGED, run=cancel, output="reload_scheduled",
            source=_SOURCE, basis="R"),
    Command("show reload", modes=(EXEC,), run=show_reload, piped=True, output="reload_scheduled", source=_SOURCE,
            basis="R"),
)  # fmt: skip
