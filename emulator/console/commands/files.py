"""`dir`, `copy`, `delete`: files on flash, the USB stick and the lab's TFTP server.

C: the questions of `delete`, the listing, the lines of a TFTP copy. R: the questions of `copy` and its failures. A
copy is whole or not there: the file appears when the last byte has come.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.grammar import Command
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.directory import directory
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Ask, AskKey, Effect, Handler, Say, Wait
from emulator.router.device import Router
from emulator.router.files import TIMEOUT, FileFault
from emulator.storage.filesystem import StoredFile
from emulator.storage.urls import FileUrl, parse_url

HELP = {
    "dir": "List files on a filesystem",
    "dir <url>": "Directory or file name",
    "delete": "Delete a file",
    "delete <url>": "File to be deleted",
    "copy": "Copy from one file to another",
    "copy <source>": "Copy from this file",
    "copy <source> <target>": "Copy to this file or file system",
}


def list_directory(session: Session, *, url: FileUrl | None) -> Handler:
    url = url or FileUrl("flash", "")
    system = session.router.files.system(url)
    if isinstance(system, FileFault):
        yield Say(wording("file.open_failed", url=url.text or url.shown, reason=system))
        return
    yield Say(directory(url.device, system))


def delete(session: Session, *, url: FileUrl) -> Handler:
    answer = yield Ask(wording("file.delete_name", name=url.path))
    target = FileUrl(url.device, answer.strip() or url.path)
    key = yield AskKey(wording("file.delete_confirm", url=target.shown))
    if key not in {"\n", "y", "Y"}:
        return
    system = session.router.files.system(target)
    if isinstance(system, FileFault):
        yield Say(wording("file.delete_failed", url=target.shown, reason=system))
    elif not system.delete(target.path):
        yield Say(wording("file.delete_failed", url=target.shown, reason=FileFault.NO_FILE))


def copy(session: Session, *, source: FileUrl, target: FileUrl) -> Handler:
    router = session.router
    source = yield from _ask_source(source)
    answer = yield Ask(wording("file.copy_destination", name=target.path or source.path.rpartition("/")[2]))
    target = _named(target, answer.strip() or target.path or source.path.rpartition("/")[2])
    found = router.files.find(source)
    if isinstance(found, FileFault):
        if source.remote:
            yield Say(wording("file.accessing", url=source.shown))
            yield Wait(TIMEOUT if found is FileFault.TIMED_OUT else 0)
        yield Say(wording("file.open_failed", url=source.shown, reason=found))
        return
    system = router.files.system(target)
    if isinstance(system, FileFault):
        yield Wait(TIMEOUT if system is FileFault.TIMED_OUT else 0)
        yield Say(wording("file.open_failed", url=target.shown, reason=system))
        return
    if system.find(target.path) is not None:
        key = yield AskKey(wording("file.copy_overwrite"))
        if key not in {"\n", "y", "Y"}:
            return
    yield from _transfer(router, source, found, target)


def _ask_source(source: FileUrl) -> Generator[Effect, Any, FileUrl]:
    """A source that is named in part is asked for: `copy tftp: flash:`."""
    if source.remote and not source.host:
        host = yield Ask(wording("file.copy_host", host=""))
        source = FileUrl(source.device, source.path, host.strip())
    if not source.path:
        name = yield Ask(wording("file.copy_source", name=""))
        source = FileUrl(source.device, name.strip().lstrip("/"), source.host)
    return source


def _named(target: FileUrl, name: str) -> FileUrl:
    url = parse_url(name, target.device)
    if url is not None and ":" in name:
        return url
    return FileUrl(target.device, name.lstrip("/"), target.host)


def _transfer(router: Router, source: FileUrl, found: StoredFile, target: FileUrl) -> Handler:
    if source.remote:
        yield Say(wording("file.accessing", url=source.shown))
    system = router.files.system(target)
    if isinstance(system, FileFault) or not system.room_for(target.path, found.size):
        reason = system if isinstance(system, FileFault) else FileFault.NO_SPACE
        yield Say(wording("file.copy_failed", url=source.shown, reason=reason))
        return
    duration = router.files.transfer_time(found.size)
    yield Wait(duration)
    again = router.files.find(source)
    fault = again if isinstance(again, FileFault) else router.files.write(target, again.content, again.size)
    if fault is not None:
        yield Say(wording("file.copy_failed", url=source.shown, reason=fault))
        return
    if source.remote:
        interface = router.links.way_out()
        yield Say(wording("file.loading", path=source.path, host=source.host, interface=interface, size=found.size))
    else:
        yield Say(wording("file.copying"))
    rate = found.size * 1000 // duration
    yield Say(wording("file.copied", size=found.size, seconds=f"{duration / 1000:.3f}", rate=rate))


COMMANDS = (
    Command("dir [<url:DeviceUrl>]", modes=(EXEC,), privilege=PRIVILEGED, run=list_directory, piped=True,
            output="dir", source="IOS command reference; listing of an IOSv", basis="C"),
    Command("delete <url:FileUrl>", modes=(EXEC,), privilege=PRIVILEGED, run=delete, output="delete",
            source="IOS command reference", basis="C"),
    Command("copy <source:DeviceUrl> <target:DeviceUrl>", modes=(EXEC,), privilege=PRIVILEGED, run=copy,
            output="copy", source="IOS command reference; copy on a CISCO2951", basis="R"),
)  # fmt: skip
