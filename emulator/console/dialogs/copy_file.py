"""Steps that every copy of a file shares: asking for what was left out, opening the source, the marks of progress.

C: the lines of a TFTP copy, one `!` being ten packets of 512 bytes (R). R: those of FTP, HTTP, RCP and SCP; `Copy in
progress...` with one `C` a block between two local devices; that a name on the server is not asked about before it is
overwritten. I: the size of such a block, as many bytes a mark for all protocols, a dot for every try of a TFTP server
that does not answer, and that what IOS makes itself shows no marks.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.render.files.running_config import configuration_text
from emulator.console.session.server_account import ask_host, ask_name, ask_password
from emulator.console.wording import wording
from emulator.kernel.effects import Effect, Say, Wait
from emulator.router.device import Router
from emulator.router.files.systems import TRANSFER_SETUP, FileFault, printed_reason, time_to_fail
from emulator.router.files.transfers import GROWING, RETRY, TRIES, FileTransfer
from emulator.router.network.reachability import way_to
from emulator.storage.filesystem import StoredFile
from emulator.storage.urls import FileUrl, host_and_port, parse_url

RUNNING = FileUrl("system", "running-config")
STARTUP = FileUrl("nvram", "startup-config")

NETWORK_MARK = ("!", 10 * 512)
LOCAL_MARK = ("C", 64 * 1024)

TFTP = "tftp"
"""Name of the protocol without connections: unanswered packets are sent again."""

CopyProgress = Generator[Effect, Any, bool]


def ask_source(router: Router, source: FileUrl) -> Generator[Effect, Any, FileUrl]:
    """Ask for the missing parts of a source: `copy tftp: flash:`."""
    source = yield from ask_host(router, source, "file.source_user")
    if not source.path:
        source = named(source, (yield from ask_name(wording("file.copy_source", name=""))))
    return source


def ask_target(router: Router, target: FileUrl, default: str) -> Generator[Effect, Any, FileUrl]:
    """Ask for the target; the server of a network target is asked for first."""
    target = yield from ask_host(router, target, "file.target_user")
    return named(target, (yield from ask_name(wording("file.copy_destination", name=default))) or default)


def named(url: FileUrl, name: str) -> FileUrl:
    """URL that an answer names: a file of the device that was asked about, or a URL of its own."""
    other = parse_url(name) if ":" in name else None
    return other or url.at(name)


def opened(router: Router, source: FileUrl) -> Generator[Effect, Any, StoredFile | None]:
    """Open the source file; a fault is reported after the time it takes to find it."""
    if source.remote:
        yield Say(wording(f"transfer.{source.device}_accessing", url=source.shown))
    found = look_up(router, source)
    if isinstance(found, StoredFile):
        return found
    yield Wait(time_to_fail(source, found))
    yield Say(wording("file.open_failed", url=source.shown, reason=printed_reason(source, found)))
    return None


def look_up(router: Router, url: FileUrl) -> StoredFile | FileFault:
    """Find the file at a URL, the running configuration included."""
    if url.device == RUNNING.device:
        if url.path.lower() != RUNNING.path:
            return FileFault.NO_FILE
        content = configuration_text(router).encode()
        return StoredFile(RUNNING.path, len(content), content, None, 1)
    return router.files.find(url)


def fetched(router: Router, source: FileUrl) -> Generator[Effect, Any, tuple[FileUrl, StoredFile | None]]:
    """Return the source with its password, and the file; a fault is reported."""
    source = yield from ask_password(router, source)
    return source, (yield from opened(router, source))


def carried(router: Router, file: StoredFile, source: FileUrl, target: FileUrl | None) -> CopyProgress:
    """Copy an open file, with its marks; returns True once it is whole and reported.

    Without a target it is only fetched: what is done with it is the caller's.
    """
    started = router.now
    transfer = FileTransfer(router.files, file, source if source.device in GROWING else None, target)
    fault = transfer.begin()
    if fault is not None:
        if target is not None and fault in {FileFault.TIMED_OUT, FileFault.BAD_LOGIN}:
            yield from _await_server(target, fault)
            yield Say(wording("file.open_failed", url=target.shown, reason=printed_reason(target, fault)))
        else:
            yield Say(wording("file.copy_failed", url=source.shown, reason=fault))
        return False
    yield Wait(TRANSFER_SETUP)
    yield from _announce(router, file, source, target)
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


def _moved(transfer: FileTransfer, mark: str, block: int) -> CopyProgress:
    """All bytes, stretch by stretch; a failure is told and cleared up."""
    shown = tries = 0
    while True:
        failure, stalled = transfer.look()
        if failure is None and stalled and tries == TRIES:
            failure = transfer.remote, FileFault.TIMED_OUT
        if failure is not None:
            transfer.abandon()
            url, fault = failure
            key = "file.write_failed" if transfer.is_target(url) else "file.read_failed"
            yield Say(wording(key, url=url.shown, reason=printed_reason(url, fault)))
            return False
        if stalled:
            tries += 1
            yield Wait(RETRY)
            yield Say("." if transfer.remote.device == TFTP else "")
            continue
        tries = 0
        due = -(-transfer.done // block) if transfer.complete else transfer.done // block
        if due > shown:
            yield Say(mark * (due - shown))
        shown = due
        if transfer.complete:
            return True
        yield Wait(transfer.stretch())


def _await_server(target: FileUrl, fault: FileFault) -> Generator[Effect, Any, None]:
    """A server that does not answer, or says no."""
    if target.device != TFTP:
        yield Wait(time_to_fail(target, fault))
        return
    for _ in range(TRIES):
        yield Wait(RETRY)
        yield Say(".")
    yield Say("\n")


def _announce(
    router: Router, file: StoredFile, source: FileUrl, target: FileUrl | None
) -> Generator[Effect, Any, None]:
    for url, moment in ((source, "loading"), (target, "writing")):
        if url is not None and url.remote:
            interface = way_to(router, host_and_port(url.host)[0])
            slots = {"path": url.path, "host": url.host, "url": url.shown, "name": url.name, "size": file.size}
            yield Say(wording(f"transfer.{url.device}_{moment}", interface=interface, **slots))
            return
    if _between_devices(source, target):
        yield Say(wording("file.copying"))


def _mark(source: FileUrl, target: FileUrl | None) -> tuple[str, int]:
    if source.remote or (target is not None and target.remote):
        return NETWORK_MARK
    return LOCAL_MARK if _between_devices(source, target) else ("", 1)


def _between_devices(source: FileUrl, target: FileUrl | None) -> bool:
    return source.device in GROWING and target is not None and target.device in GROWING


def _ending(source: FileUrl, target: FileUrl | None, size: int) -> str:
    if source.remote:
        return wording(f"transfer.{source.device}_received", size=size)
    if target is not None and target.device == STARTUP.device:
        return wording("nvram.ok")
    return "\n" if _mark(source, target)[0] else ""
