"""ROMMON's disaster recovery: an image over the network with `tftpdnld`, or over the console line with `xmodem`.

C: the parameters, the lines of reception and of `-r` (a VG204XM). R: the question before flash is erased, the
complaint about an address, the usage of `xmodem`. I: every other failure. Nothing is erased before the image has come
whole; from then on neither Ctrl-C nor a break is heeded. The lab has no image of ROMMON itself, so `-u` refuses what
it receives, and nobody sends anything over the console line, so `xmodem` gives up.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.modes import ROMMON
from emulator.console.render.system.rommon import download_summary, download_usage
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Effect, Handler, Say, Wait
from emulator.kernel.time import MINUTE, SECOND
from emulator.router.boot.image_search import FLASH, NETWORK, system_of
from emulator.router.boot.tftp_download import (
    ERASE_TIME,
    STEPS,
    TRY,
    Download,
    IllegalVariable,
    marks,
    passes_checksum,
    receiving_time,
    server_directory,
)
from emulator.router.device import Router
from emulator.router.files.transfers import FileTransfer
from emulator.router.state import BootRequest
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.urls import FileUrl

HELP = {
    "tftpdnld": "tftp image download",
    "tftpdnld <options>": "Options",
    "xmodem": "x/ymodem image download",
    "xmodem <words>": "Options and file",
}

OPTIONS = frozenset("hru")
XMODEM_OPTIONS = frozenset("cyrxu")
XMODEM_PATIENCE = MINUTE


def download(session: Session, *, options: str | None) -> Handler:
    flags = _flags(options, OPTIONS)
    if flags is None or "h" in flags:
        yield Say(download_usage())
        return
    router = session.router
    try:
        plan = Download.of(router.monitor.environment.variables)
    except IllegalVariable as fault:
        key = "tftpdnld.illegal_address" if fault.address else "tftpdnld.illegal_value"
        yield Say(wording(key, name=fault.name) + download_usage())
        return
    yield Say(download_summary(router, plan))
    if not flags and not _yes((yield Ask(wording("tftpdnld.warning")))):
        return
    image = yield from _receive(router, plan)
    if image is None:
        return
    if "u" in flags:
        yield Say(wording("tftpdnld.not_rommon", file=plan.file))
    elif "r" in flags:
        yield Say(wording("tftpdnld.loading", file=plan.file))
        image.name = f"//{plan.server}/{plan.file}"
        router.reset_control.load(BootRequest(NETWORK, plan.file, image))
    else:
        yield from _write(session, image)


def _flags(options: str | None, known: frozenset[str]) -> frozenset[str] | None:
    """The letters after the dash; None for anything that is no option."""
    if options is None:
        return frozenset()
    flags = frozenset(options[1:])
    return flags if options.startswith("-") and flags and flags <= known else None


def _receive(router: Router, plan: Download) -> Generator[Effect, Any, StoredFile | None]:
    """The file, as it was when the server began to send it, or None where that was told."""
    began = router.now
    yield Say(wording("tftpdnld.receiving", file=plan.file, server=plan.server))
    if not (yield from _answers(router, plan)):
        return None
    directory = _directory(router, plan)
    found = directory.find(plan.file) if directory is not None else None
    if found is None or found.directory:
        yield Say(wording("tftpdnld.no_file"))
        return None
    image = StoredFile(found.name, found.size, found.content, found.modified)
    for worth in marks(image.size):
        yield Wait(receiving_time(image.size) // STEPS)
        if not (yield from _answers(router, plan)):
            return None
        if router.now - began > plan.timeout * SECOND:
            yield Say(wording("tftpdnld.timed_out", seconds=plan.timeout))
            return None
        yield Say("!" * worth if plan.verbose else "")
    yield Say(wording("tftpdnld.received"))
    if plan.checksum:
        yield Say(wording("tftpdnld.validating"))
        if not passes_checksum(image):
            yield Say(wording("tftpdnld.bad_checksum", file=plan.file))
            return None
    return image


def _directory(router: Router, plan: Download) -> FileSystem | None:
    return server_directory(plan, router.platform, router.state.cables, router.context.server)


def _answers(router: Router, plan: Download) -> Generator[Effect, Any, bool]:
    """Tell whether the server answers; one that does not is tried again, with a dot for each time."""
    tries = 0
    while _directory(router, plan) is None:
        if tries == plan.retries:
            yield Say(wording("tftpdnld.no_answer", server=plan.server))
            return False
        tries += 1
        yield Wait(TRY)
        yield Say(".")
    return True


def _write(session: Session, image: StoredFile) -> Handler:
    router = session.router
    flash = system_of(router.state, FLASH)
    if flash is None:
        yield Say(wording("tftpdnld.not_recognized"))
        return
    if image.size > flash.capacity:
        yield Say(wording("tftpdnld.too_large", file=image.name))
        return
    session.line.runner.guarded = True
    yield Say(wording("tftpdnld.copying", file=image.name) + wording("tftpdnld.erasing"))
    router.format(FLASH)
    for _ in range(STEPS):
        yield Wait(ERASE_TIME // STEPS)
        yield Say("e")
    yield Say(wording("tftpdnld.programming"))
    name = image.name.rpartition("/")[2]
    transfer = FileTransfer(router.files, image, None, FileUrl(FLASH, name))
    transfer.begin()
    shown = 0
    while not transfer.complete:
        yield Wait(transfer.stretch())
        due = transfer.done * STEPS // image.size
        yield Say("w" * (due - shown))
        shown = due
    transfer.finish()
    yield Say("\n")


def xmodem(_session: Session, *, words: str | None) -> Handler:
    *options, file = (words or "").split() or [""]
    if not file or file.startswith("-") or any(_flags(each, XMODEM_OPTIONS) is None for each in options):
        yield Say(wording("xmodem.usage"))
        return
    if not any("r" in each for each in options) and not _yes((yield Ask(wording("tftpdnld.warning")))):
        return
    yield Say(wording("xmodem.ready", file=file))
    yield Wait(XMODEM_PATIENCE)
    yield Say(wording("xmodem.timed_out"))


def _yes(answer: str) -> bool:
    return answer.strip().lower() in {"y", "yes"}


_SOURCE = "session of a VG204XM; ROM monitor appendix of the 800 series guides"
COMMANDS = (
    Command("tftpdnld [<options:Word>]", modes=(ROMMON,), run=download, output="rommon_tftpdnld", source=_SOURCE,
            basis="C"),
    Command("xmodem [<words:Line>]", modes=(ROMMON,), run=xmodem, output="rommon_xmodem", source=_SOURCE, basis="R"),
)  # fmt: skip
