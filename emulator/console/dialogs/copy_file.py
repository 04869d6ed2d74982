"""What every copy of a file has in common: asking for what was left out, opening the source, the marks of progress.

C: the lines of a TFTP copy, one `!` being ten packets of 512 bytes (R). R: `Copy in progress...` with one `C` a block
between two local devices, and that a name on the server is not asked about before it is overwritten. I: the size of
such a block, a dot for every try of a server that does not answer, and that what IOS makes itself shows no marks.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.render.running_config import configuration_text
from emulator.console.wording import wording
from emulator.kernel.effects import Ask, Effect, Say, Wait
from emulator.router.device import Router
from emulator.router.files.systems import TIMEOUT, TRANSFER_SETUP, FileFault
from emulator.router.files.transfers import GROWING, RETRY, TRIES, FileTransfer
from emulator.storage.filesystem import StoredFile
from emulator.storage.urls import FileUrl, parse_url

RUNNING = FileUrl("system", "running-config")
STARTUP = FileUrl("nvram", "startup-config")

TFTP_MARK = ("!", 10 * 512)
LOCAL_MARK = ("C", 64 * 1024)

Progress = Generator[Effect, Any, bool]


def ask_source(source: FileUrl) -> Generator[Effect, Any, FileUrl]:
    """A source that is named in part is asked for: `copy tftp: flash:`."""
    if source.remote and not source.host:
        source = FileUrl(source.device, source.path, (yield Ask(wording("file.copy_host", host=""))).strip())
    if not source.path:
        name = yield Ask(wording("file.copy_source", name=""))
        source = named(source, name.strip())
    return source


def ask_target(target: FileUrl, default: str) -> Generator[Effect, Any, FileUrl]:
    """Where it goes; the server of a network target is asked for first."""
    if target.remote and not target.host:
        target = FileUrl(target.device, target.path, (yield Ask(wording("file.copy_host", host=""))).strip())
    answer = yield Ask(wording("file.copy_destination", name=default))
    return named(target, answer.strip() or default)


def named(url: FileUrl, name: str) -> FileUrl:
    """What an answer names: a file of the device that was asked about, or a URL of its own."""
    other = parse_url(name) if ":" in name else None
    return other or url.at(name)


def opened(router: Router, source: FileUrl) -> Generator[Effect, Any, StoredFile | None]:
    """The source file; a fault is told, after as long as it takes to find it."""
    if source.remote:
        yield Say(wording("file.accessing", url=source.shown))
    found = look_up(router, source)
    if isinstance(found, StoredFile):
        return found
    yield Wait(TIMEOUT if found is FileFault.TIMED_OUT else 0)
    yield Say(wording("file.open_failed", url=source.shown, reason=found))
    return None


def look_up(router: Router, url: FileUrl) -> StoredFile | FileFault:
    """A file at a URL, the running configuration being one."""
    if url.device == RUNNING.device:
        if url.path.lower() != RUNNING.path:
            return FileFault.NO_FILE
        content = configuration_text(router).encode()
        return StoredFile(RUNNING.path, len(content), content, None, 1)
    return router.files.find(url)


def carried(router: Router, file: StoredFile, source: FileUrl, target: FileUrl | None) -> Progress:
    """Copy a file that is open, with its marks; True: it is whole, and that was told.

    Without a target it is only fetched: what is done with it is the caller's.
    """
    started = router.now
    transfer = FileTransfer(router.files, file, source if source.device in GROWING else None, target)
    fault = transfer.begin()
    if fault is not None:
        if target is not None and fault is FileFault.TIMED_OUT:
            yield from _knock()
            yield Say(wording("file.open_failed", url=target.shown, reason=fault))
        else:
            yield Say(wording("file.copy_failed", url=source.shown, reason=fault))
        return False
    yield Wait(TRANSFER_SETUP)
    yield from _announce(router, source, target)
    if not (yield from _moved(transfer, *_mark(source, target))):
        return False
    fault = transfer.finish()
    if fault is not None and target is not None:
        yield Say(wording("file.write_failed", url=target.shown, reason=fault))
        return False
    yield Say(_ending(source, target, file.size))
    lasted = router.now - started
    rate = (file.size * 1000 + lasted // 2) // lasted
    yield Say(wording("file.copied", size=file.size, seconds=f"{lasted / 1000:.3f}", rate=rate))
    return True


def _moved(transfer: FileTransfer, mark: str, block: int) -> Progress:
    """All bytes, stretch by stretch; a failure is told and cleared up."""
    shown = tries = 0
    while True:
        failure = transfer.fault()
        if failure is None and transfer.stalled and tries == TRIES:
            failure = transfer.remote, FileFault.TIMED_OUT
        if failure is not None:
            transfer.abandon()
            url, reason = failure
            key = "file.write_failed" if transfer.is_target(url) else "file.read_failed"
            yield Say(wording(key, url=url.shown, reason=reason))
            return False
        if transfer.stalled:
            tries += 1
            yield Wait(RETRY)
            yield Say(".")
            continue
        tries = 0
        due = -(-transfer.done // block) if transfer.complete else transfer.done // block
        if due > shown:
            yield Say(mark * (due - shown))
        shown = due
        if transfer.complete:
            return True
        yield Wait(transfer.stretch())


def _knock() -> Generator[Effect, Any, None]:
    """A server that does not answer."""
    for _ in range(TRIES):
        yield Wait(RETRY)
        yield Say(".")
    yield Say("\n")


def _announce(router: Router, source: FileUrl, target: FileUrl | None) -> Generator[Effect, Any, None]:
    if source.remote:
        interface = router.links.way_out()
        yield Say(wording("file.loading", path=source.path, host=source.host, interface=interface))
    elif _between_devices(source, target):
        yield Say(wording("file.copying"))


def _mark(source: FileUrl, target: FileUrl | None) -> tuple[str, int]:
    if source.remote or (target is not None and target.remote):
        return TFTP_MARK
    return LOCAL_MARK if _between_devices(source, target) else ("", 1)


def _between_devices(source: FileUrl, target: FileUrl | None) -> bool:
    return source.device in GROWING and target is not None and target.device in GROWING


def _ending(source: FileUrl, target: FileUrl | None, size: int) -> str:
    if source.remote:
        return wording("file.received", size=size)
    if target is not None and target.device == STARTUP.device:
        return wording("nvram.ok")
    return "\n" if _mark(source, target)[0] else ""
