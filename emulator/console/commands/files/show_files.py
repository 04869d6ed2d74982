"""`show flash:`, `show file systems`, `show file information`: what lies where, and what kind of file it is.

C: the columns of `show file systems` (a switch). R: the table of `show flash:`, the order of the file systems and
the lines of `show file information`; I: an image's run size is what it expands to. Only file systems that the twin
has are listed.
"""

from collections.abc import Iterator

from emulator.console.dialogs.copy_file import look_up
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.files.directory import FileSystemLine, file_systems, flash_table
from emulator.console.render.system.boot import ENTRY_POINT
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.images.container import MAGIC
from emulator.images.memory import expanded_bytes
from emulator.kernel.effects import Handler, Say, Wait
from emulator.router.files.systems import STARTUP, FileFault, printed_reason, time_to_fail
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.urls import FileUrl

HELP = {
    "show": "Show running system information",
    "show flash:": "display information about flash: file system",
    "show file": "Show filesystem information",
    "show file information": "Display information about a file",
    "show file information <url>": "File to display information about",
    "show file systems": "List filesystems",
}

SIZED = (("nvram", "nvram", "nvram:"), ("flash", "disk", "flash:#"), ("usbflash0", "usbflash", "usbflash0:"))


def show_flash(session: Session) -> Handler:
    system = session.router.files.system(FileUrl("flash", ""))
    assert isinstance(system, FileSystem)
    yield Say(flash_table(system))


def show_systems(session: Session) -> Handler:
    yield Say(file_systems(_systems(session)))


def _systems(session: Session) -> Iterator[FileSystemLine]:
    for prefix, kind in (("system:", "opaque"), ("null:", "opaque"), ("tftp:", "network")):
        yield FileSystemLine(prefix, kind)
    for device, kind, prefix in SIZED:
        system = session.router.files.system(FileUrl(device, ""))
        if isinstance(system, FileSystem):
            here = session.exec.directory.device == device
            yield FileSystemLine(prefix, kind, system.capacity, system.free, here)


def show_information(session: Session, *, url: FileUrl) -> Handler:
    found = look_up(session.router, url)
    if isinstance(found, FileFault):
        yield Wait(time_to_fail(url, found))
        yield Say(wording("file.open_failed", url=url.text or url.shown, reason=printed_reason(url, found)))
        return
    yield Say(wording("file.information", url=url.short, type=_kind(url, found)))
    if found.content.startswith(MAGIC):
        expanded = expanded_bytes(found.size)
        yield Say(wording("file.runnable", size=found.size, run_size=expanded, entry=f"0x{ENTRY_POINT:X}"))
    else:
        yield Say(wording("file.plain", size=found.size))


def _kind(url: FileUrl, file: StoredFile) -> str:
    if file.content.startswith(MAGIC):
        return "image (elf) []"
    if url.device == "system" or (url.device == "nvram" and file.name == STARTUP):
        return "config"
    return "binary" if file.text is None else "ascii text"


_SOURCE = "IOS command reference; file systems of a switch"
COMMANDS = (
    Command("show flash:", modes=(EXEC,), privilege=1, run=show_flash, piped=True, output="show_flash",
            source=_SOURCE, basis="R"),
    Command("show file systems", modes=(EXEC,), privilege=PRIVILEGED, run=show_systems, piped=True,
            output="show_file_systems", source=_SOURCE, basis="R"),
    Command("show file information {<url:FileDevice> | <url:FileUrl>}", modes=(EXEC,), privilege=PRIVILEGED,
            run=show_information, piped=True, output="show_file_information", source=_SOURCE, basis="R"),
)  # fmt: skip
