"""`copy` between any two of flash, the USB stick, NVRAM, the lab's file server, and from the running configuration.

C: the lines of a TFTP copy and its question for a name. R: the other questions, their order, and the name that is
proposed for a configuration on a server. Left out: `Erase flash: before copying?`, which a FAT file system has no
use for, and the options `/erase` and `/verify`. Copying *into* the running configuration is a command of its own.
C: the old `write network` says what replaced it and asks on, with a question of its own at the end. R: so does the old
`configure overwrite-network`.
"""

from emulator.console.dialogs.copy_file import RUNNING, STARTUP, ask_source, ask_target, carried, fetched, look_up
from emulator.console.dialogs.questions import confirmed
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.server_account import ask_password
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.files.systems import FileFault
from emulator.storage.filesystem import FileSystem, clean
from emulator.storage.urls import FileUrl

HELP = {
    "configure": "Enter configuration mode",
    "configure overwrite-network": "Overwrite NV memory from TFTP network host",
    "write": "Write running configuration to memory, network, or terminal",
    "write network": "Write to network TFTP server",
    "copy": "Copy from one file to another",
    "copy <source>": "Copy from this file",
    "copy <source> <target>": "Copy to this file or file system",
    "copy <source> startup-config": "Copy to startup configuration",
    "copy running-config": "Copy from current system configuration",
    "copy running-config <target>": "Copy to this file or file system",
    "copy startup-config": "Copy from startup configuration",
    "copy startup-config <target>": "Copy to this file or file system",
}

WITH_DATES = ("flash", "usbflash0")
"""Devices on which IOS checks whether a name is taken."""


def copy(session: Session, *, source: FileUrl, target: FileUrl) -> Handler:
    router = session.router
    source = yield from ask_source(router, source)
    target = yield from ask_target(router, target, _proposed(session, source, target))
    yield from _copy_to(session, source, target)


def _copy_to(session: Session, source: FileUrl, target: FileUrl) -> Handler:
    """Copy where both ends are told."""
    router = session.router
    if fault := _bad(session, source, target):
        yield Say(wording("file.bad_name", reason=fault))
        return
    if target.device in WITH_DATES:
        system = router.files.system(target)
        if isinstance(system, FileFault):
            yield Say(wording("file.open_failed", url=target.shown, reason=system))
            return
        if fault := router.files.bad_name(target):
            yield Say(wording("file.open_failed", url=target.shown, reason=fault))
            return
        taken = system.find(target.path)
        if taken is not None and not taken.directory and not (yield from confirmed(wording("file.copy_overwrite"))):
            return
    source, file = yield from fetched(router, source)
    if file is None:
        return
    target = yield from ask_password(router, target)
    done = yield from carried(router, file, source, target)
    if done and source.device == RUNNING.device and target.device == STARTUP.device:
        router.running.changed = False


def _proposed(session: Session, source: FileUrl, target: FileUrl) -> str:
    """The name that the question proposes."""
    if target.path and not target.text.endswith("/"):
        system = session.router.files.system(target) if target.device in WITH_DATES else None
        inside = isinstance(system, FileSystem) and system.is_directory(target.path)
        return f"{target.path}/{source.name}" if inside else target.path
    if target.remote and source.device in {RUNNING.device, STARTUP.device}:
        return f"{session.router.hostname.lower()}-confg"
    return f"{target.path}/{source.name}".lstrip("/")


def _bad(session: Session, source: FileUrl, target: FileUrl) -> FileFault | None:
    """Tell why this pair cannot be copied at all. A file onto itself would be lost, for the target is emptied first."""
    if any(url.remote and not url.host for url in (source, target)) or not source.path:
        return FileFault.BAD_NAME
    places = [(url.device, url.host.lower(), clean(url.path).lower()) for url in (source, target)]
    same = places[0] == places[1] and not isinstance(look_up(session.router, source), FileFault)
    return FileFault.SAME_FILE if same else None


def copy_running(session: Session, *, target: FileUrl) -> Handler:
    yield from copy(session, source=RUNNING, target=target)


def copy_startup(session: Session, *, target: FileUrl) -> Handler:
    yield from copy(session, source=STARTUP, target=target)


def copy_to_startup(session: Session, *, source: FileUrl) -> Handler:
    yield from copy(session, source=source, target=STARTUP)


def write_network(session: Session) -> Handler:
    yield Say(wording("write.network"))
    target = FileUrl("tftp", "")
    target = yield from ask_target(session.router, target, _proposed(session, RUNNING, target))
    if not target.host or (yield from confirmed(wording("write.network_confirm", url=target.shown))):
        yield from _copy_to(session, RUNNING, target)


def overwrite_from_network(session: Session) -> Handler:
    yield Say(wording("config.overwrite_network"))
    source = yield from ask_source(session.router, FileUrl("tftp", ""))
    yield from _copy_to(session, source, STARTUP)


_SOURCE = "{<source:SourceDevice> | <source:DeviceUrl>}"
_TARGET = "{<target:TargetDevice> | <target:DeviceUrl>}"
_DOCUMENT = "IOS command reference; copy on a CISCO2951"
COMMANDS = (
    Command("configure overwrite-network", modes=(EXEC,), privilege=PRIVILEGED, run=overwrite_from_network,
            output="configure_method", source=_DOCUMENT, basis="R"),
    Command("write network", modes=(EXEC,), privilege=PRIVILEGED, run=write_network, output="configure_method",
            source="write network of a C-series router", basis="C"),
    Command(f"copy {_SOURCE} {_TARGET}", modes=(EXEC,), privilege=PRIVILEGED, run=copy, output="copy",
            source=_DOCUMENT, basis="R"),
    Command(f"copy {_SOURCE} startup-config", modes=(EXEC,), privilege=PRIVILEGED, run=copy_to_startup,
            output="copy_configurations", source=_DOCUMENT, basis="R"),
    Command(f"copy running-config {_TARGET}", modes=(EXEC,), privilege=PRIVILEGED, run=copy_running,
            output="copy_configurations", source=_DOCUMENT, basis="R"),
    Command(f"copy startup-config {_TARGET}", modes=(EXEC,), privilege=PRIVILEGED, run=copy_startup,
            output="copy_configurations", source=_DOCUMENT, basis="R"),
)  # fmt: skip
