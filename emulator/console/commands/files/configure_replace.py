"""Ways into the configuration other than typing it: `configure replace`, `configure memory`, and changes on trial.

R: words and questions. A change on trial is taken back when its time is over and nobody confirmed it; it needs an
archive, in which the configuration before it is kept. A replacement types only what differs. I: a file without `end`
is no configuration; with `revert trigger error` a line that is refused takes everything back.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.commands.files.configuration_merge import merge_memory, merge_network
from emulator.console.commands.sessions.navigation import configure
from emulator.console.dialogs.copy_file import fetched
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.files.running_config import configuration_text
from emulator.console.session.session import Session
from emulator.console.session.startup_reader import ReadingSession, replace_configuration
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Effect, Handler, Say, Wait
from emulator.kernel.time import MINUTE, SECOND
from emulator.router.files.archives import archive_of, store
from emulator.router.files.systems import FileFault, printed_reason
from emulator.router.state import DeferredTask, PendingRollback
from emulator.storage.urls import FileUrl

_TIMER = "Time in minutes to confirm the change in"
HELP = {
    "configure": "Enter configuration mode",
    "configure confirm": "Confirm replacement of running-config with a new config file",
    "configure memory": "Configure from NV memory",
    "configure network": "Configure from a TFTP network host",
    "configure replace": "Replace the running-config with a new config file",
    "configure replace <url>": "Configuration file",
    "configure replace <url> force": "Do not ask",
    "configure replace <url> force revert": "Go back to the configuration before",
    "configure replace <url> force revert timer": _TIMER,
    "configure replace <url> force revert timer <minutes>": _TIMER,
    "configure replace <url> force revert trigger": "Event on which to go back",
    "configure replace <url> force revert trigger error": "An error in a line",
    "configure replace <url> force revert trigger error timer": _TIMER,
    "configure replace <url> force revert trigger error timer <minutes>": _TIMER,
    "configure replace <url> revert": "Go back to the configuration before",
    "configure replace <url> revert timer": _TIMER,
    "configure replace <url> revert timer <minutes>": _TIMER,
    "configure replace <url> revert trigger": "Event on which to go back",
    "configure replace <url> revert trigger error": "An error in a line",
    "configure replace <url> revert trigger error timer": _TIMER,
    "configure replace <url> revert trigger error timer <minutes>": _TIMER,
    "configure revert": "Parameters for reverting the configuration",
    "configure revert now": "Cancel timed rollback and revert now",
    "configure revert timer": "Restart the timer of a timed rollback",
    "configure revert timer <minutes>": _TIMER,
    "configure terminal": "Configure from the terminal",
    "configure terminal revert": "Parameters for reverting the configuration",
    "configure terminal revert timer": _TIMER,
    "configure terminal revert timer <minutes>": _TIMER,
}

APPLYING_TIME = 2 * SECOND
METHODS = ("terminal", "memory", "network")


def ask_method(session: Session) -> Handler:
    """Ask where the configuration comes from, as a bare `configure` does (R)."""
    answer = (yield Ask(wording("config.method"))).strip().lower() or METHODS[0]
    method = next((each for each in METHODS if each.startswith(answer)), None)
    match method:
        case "terminal":
            yield from configure(session)
        case "memory":
            yield from merge_memory(session)
        case "network":
            yield from merge_network(session)
        case _:
            yield Say(wording("config.unknown_method"))


def replace(session: Session, *, url: FileUrl, force: str | None) -> Handler:
    yield from replace_or_revert(session, url=url, force=force, trigger=None, minutes=None)


def replace_or_revert(
    session: Session, *, url: FileUrl, force: str | None, trigger: str | None, minutes: int | None
) -> Handler:
    if force is None:
        answer = (yield Ask(wording("config.replace_question"))).strip().lower()
        if not answer or not "yes".startswith(answer):
            return
    url, file = yield from fetched(session.router, url)
    if file is None:
        return
    text = file.content.decode("utf-8", errors="replace")
    if not any(line.strip() == "end" for line in text.splitlines()):
        yield Say(wording("config.replace_invalid", url=url.short))
        return
    if minutes is not None and not (yield from _keep(session, minutes)):
        return
    yield Wait(APPLYING_TIME)
    before = configuration_text(session.router)
    reading = ReadingSession(session.router, session.line, session.grammar)
    replacement = replace_configuration(reading, text)
    if replacement.refused and trigger is not None:
        replace_configuration(reading, before)
        _forget(session)
        yield Say(wording("config.replace_restored", refused=replacement.refused))
        return
    session.router.note_configured(url.short, session.line.who, session.exec.user)
    yield Say(wording("config.replaced", passes=replacement.passes))


def configure_on_trial(session: Session, *, minutes: int) -> Handler:
    if (yield from _keep(session, minutes)):
        yield from configure(session)


def _keep(session: Session, minutes: int) -> Generator[Effect, Any, bool]:
    """Archive the configuration and start the timer; the value tells whether that was possible."""
    router = session.router
    archive = archive_of(router)
    if archive is None:
        yield Say(wording("config.needs_archive"))
        return False
    if router.running.rollback is not None:
        yield Say(wording("config.trial_pending"))
        return False
    text = configuration_text(router)
    kept = store(router, archive, text)
    if isinstance(kept, FileFault):
        yield Say(wording("archive.failed", path=archive.path.short, reason=printed_reason(archive.path, kept)))
        return False
    yield Say(wording("config.trial_kept", file=kept.short))
    router.running.rollback = PendingRollback(kept.short, text, minutes, router.wall_time(), session.exec.user)
    _start_timer(session, minutes)
    return True


def _start_timer(session: Session, minutes: int) -> None:
    session.router.schedule(DeferredTask.ROLL_BACK, minutes * MINUTE)
    session.router.tasks.cancel(DeferredTask.ANNOUNCE_ROLLBACK)
    if minutes > 1:
        session.router.schedule(DeferredTask.ANNOUNCE_ROLLBACK, (minutes - 1) * MINUTE)


def _forget(session: Session) -> PendingRollback | None:
    """Stop the timer; the value is the change that waited."""
    running, tasks = session.router.running, session.router.tasks
    pending, running.rollback = running.rollback, None
    for task in (DeferredTask.ROLL_BACK, DeferredTask.ANNOUNCE_ROLLBACK):
        tasks.cancel(task)
    return pending


def confirm(session: Session) -> Handler:
    if _forget(session) is None:
        yield Say(wording("archive.no_rollback"))


def revert_now(session: Session) -> Handler:
    pending = _forget(session)
    if pending is None:
        yield Say(wording("archive.no_rollback"))
        return
    yield Say(wording("config.rolling_back", file=pending.file))
    yield Wait(APPLYING_TIME)
    reading = ReadingSession(session.router, session.line, session.grammar)
    yield Say(wording("config.replaced", passes=replace_configuration(reading, pending.text).passes))


def restart_timer(session: Session, *, minutes: int) -> Handler:
    if session.router.running.rollback is None:
        yield Say(wording("archive.no_rollback"))
        return
    _start_timer(session, minutes)


_SOURCE = "IOS configuration fundamentals guide and command reference, recalled"
_REVERT = "{revert trigger <trigger:error> [timer <minutes:1-120>] | revert timer <minutes:1-120>}"
COMMANDS = (
    Command("configure", modes=(EXEC,), privilege=PRIVILEGED, run=ask_method, output="configure_method",
            source=_SOURCE, basis="R"),
    Command("configure confirm", modes=(EXEC,), privilege=PRIVILEGED, run=confirm, output="configure_replace",
            source=_SOURCE, basis="R"),
    Command("configure memory", modes=(EXEC,), privilege=PRIVILEGED, run=merge_memory, output="configure_method",
            source=_SOURCE, basis="R"),
    Command("configure network", modes=(EXEC,), privilege=PRIVILEGED, run=merge_network, output="configure_method",
            source="configure network of an R3", basis="C"),
    Command("configure replace <url:FileUrl> [<force:force>]", modes=(EXEC,), privilege=PRIVILEGED, run=replace,
            output="configure_replace", source=_SOURCE, basis="R"),
    Command(f"configure replace <url:FileUrl> [<force:force>] {_REVERT}", modes=(EXEC,), privilege=PRIVILEGED,
            run=replace_or_revert, output="configure_replace", source=_SOURCE, basis="R"),
    Command("configure revert now", modes=(EXEC,), privilege=PRIVILEGED, run=revert_now, output="configure_replace",
            source=_SOURCE, basis="R"),
    Command("configure revert timer <minutes:1-120>", modes=(EXEC,), privilege=PRIVILEGED, run=restart_timer,
            output="configure_replace", source=_SOURCE, basis="R"),
    Command("configure terminal revert timer <minutes:1-120>", modes=(EXEC,), privilege=PRIVILEGED,
            run=configure_on_trial, output="configure_replace", source=_SOURCE, basis="R"),
)  # fmt: skip
