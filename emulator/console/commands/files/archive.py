"""`archive config` and `show archive`: configurations that are kept, and what differs between two of them.

R: forms, and that no configuration is archived before `archive` gives a path.
"""

from emulator.console.configuration.difference import additions, differences
from emulator.console.dialogs.copy_file import RUNNING, STARTUP, look_up
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.files.running_config import configuration_text
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.kernel.time import SECOND
from emulator.router.device import Router
from emulator.router.files.archives import Archive, archive_of, archived, next_name, store
from emulator.router.files.systems import FileFault, printed_reason
from emulator.router.state import DeferredTask
from emulator.storage.urls import FileUrl

HELP = {
    "archive": "manage archive files",
    "archive config": "Archive the running configuration",
    "show": "Show running system information",
    "show archive": "Archive functions",
    "show archive config": "Archived configurations",
    "show archive config differences": "Differences between configurations",
    "show archive config differences <first>": "First file; alone, it is compared with the running configuration",
    "show archive config differences <first> <second>": "Second file",
    "show archive config incremental-diffs": "Lines of a file that the running configuration lacks",
    "show archive config incremental-diffs <file>": "File",
    "show archive config incremental-diffs <file> ignorecase": "Ignore the case of letters",
    "show archive config rollback": "Rollback of the configuration",
    "show archive config rollback timer": "Timer of a change that waits to be confirmed",
}

WRITING_TIME = 2 * SECOND


def archive_config(session: Session) -> Handler:
    archive = archive_of(session.router)
    if archive is None:
        yield Say(wording("archive.off"))
        return
    yield Wait(WRITING_TIME)
    url = store(session.router, archive, configuration_text(session.router))
    if isinstance(url, FileFault):
        yield Say(wording("archive.failed", path=archive.path.short, reason=printed_reason(archive.path, url)))


def show_archive(session: Session) -> Handler:
    archive = archive_of(session.router)
    yield Say(wording("archive.off") if archive is None else _listing(session.router, archive))


def _listing(router: Router, archive: Archive) -> str:
    files = [url.short for url in archived(router, archive)][-archive.maximum :]
    names = [*files, *[""] * (archive.maximum - len(files))]
    rows = (
        f"  {number:<3d}       {name}{' <- Most Recent' if number == len(files) else ''}\n"
        for number, name in enumerate(names, start=1)
    )
    following = next_name(router, archive, template=True).short
    head = wording("archive.head", maximum=archive.maximum, count=len(files), name=following)
    return head + "".join(rows)


def show_differences(session: Session, *, first: FileUrl | None, second: FileUrl | None) -> Handler:
    """Compare two files; one with the running configuration, none: the saved with the running configuration."""
    before, after = (RUNNING, first) if second is None and first else (first or STARTUP, second or RUNNING)
    texts = [_text(session.router, url) for url in (before, after)]
    fault = next((each for each in texts if isinstance(each, FileFault)), None)
    if fault is not None:
        yield Say(wording("archive.unreadable", reason=fault))
        return
    yield Say(differences(str(texts[0]), str(texts[1])))


def show_additions(session: Session, *, file: FileUrl, case: str | None) -> Handler:
    text = _text(session.router, file)
    if isinstance(text, FileFault):
        yield Say(wording("archive.unreadable", reason=text))
        return
    yield Say(additions(configuration_text(session.router), text, ignore_case=case is not None))


def _text(router: Router, url: FileUrl) -> str | FileFault:
    found = look_up(router, url)
    return found if isinstance(found, FileFault) else found.content.decode("utf-8", errors="replace")


def show_rollback(session: Session) -> Handler:
    pending = session.router.running.rollback
    if pending is None:
        yield Say(wording("archive.no_rollback"))
        return
    left = max(0, session.router.running.due.get(DeferredTask.ROLL_BACK, 0) - session.router.now)
    local = pending.configured.local
    since = f"{local:%H:%M:%S} {pending.configured.zone} {local:%a %b} {local.day} {local:%Y}"
    seconds = left // SECOND
    yield Say(
        wording(
            "archive.rollback",
            since=since,
            minutes=pending.minutes,
            left=f"{seconds // 60}:{seconds % 60:02d}",
            user=pending.user or "console",
        )
    )


_SOURCE = "IOS configuration fundamentals guide and command reference, recalled"
_CONFIG = "show archive config"
COMMANDS = (
    Command("archive config", modes=(EXEC,), privilege=PRIVILEGED, run=archive_config, output="archive",
            source=_SOURCE, basis="R"),
    Command("show archive", modes=(EXEC,), privilege=PRIVILEGED, run=show_archive, piped=True, output="archive",
            source=_SOURCE, basis="R"),
    Command(f"{_CONFIG} differences [<first:FileUrl> [<second:FileUrl>]]", modes=(EXEC,), privilege=PRIVILEGED,
            run=show_differences, piped=True, output="archive", source=_SOURCE, basis="R"),
    Command(f"{_CONFIG} incremental-diffs <file:FileUrl> [<case:ignorecase>]", modes=(EXEC,), privilege=PRIVILEGED,
            run=show_additions, piped=True, output="archive", source=_SOURCE, basis="R"),
    Command(f"{_CONFIG} rollback timer", modes=(EXEC,), privilege=PRIVILEGED, run=show_rollback, piped=True,
            output="configure_replace", source=_SOURCE, basis="R"),
)  # fmt: skip
