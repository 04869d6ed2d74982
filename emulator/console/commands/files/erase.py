"""Erasing the saved configuration or the files of flash, and formatting a device.

C: the dialog of `erase` of NVRAM (a CISCO1941). R: the dialogs of `erase flash:` and of `format`. Licenses are
untouched by all of them: their region is not a file and not the configuration (C: a special area of memory, not
viewable in the file system).
"""

from emulator.console.dialogs.questions import confirmed
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.kernel.time import SECOND
from emulator.router.files.systems import FileFault
from emulator.storage.urls import FileUrl

HELP = {
    "erase": "Erase a filesystem",
    "erase flash:": "Filesystem to be erased",
    "erase nvram:": "Filesystem to be erased",
    "erase startup-config": "Erase contents of configuration memory",
    "write": "Write running configuration to memory, network, or terminal",
    "write erase": "Erase NV memory",
    "format": "Format a filesystem",
    "format flash:": "Filesystem to be formatted",
    "format usbflash0:": "Filesystem to be formatted",
}

ERASE_TIME = 2 * SECOND
FORMAT_TIME = 30 * SECOND
ERASE_MARKS = 64


def erase(session: Session) -> Handler:
    if not (yield from confirmed(wording("erase.confirm"))):
        yield Say(wording("erase.refused"))
        return
    yield Wait(ERASE_TIME)
    yield Say(wording("erase.done"))
    session.router.erase_startup()


def erase_flash(session: Session) -> Handler:
    if not (yield from confirmed(wording("erase.confirm_device", device="flash"))):
        yield Say(wording("erase.refused"))
        return
    yield Wait(FORMAT_TIME)
    session.router.format("flash")
    yield Say(wording("erase.device_done", device="flash", marks="e" * ERASE_MARKS))


def format_device(session: Session, *, device: str) -> Handler:
    place = FileUrl(device.rstrip(":"), "")
    system = session.router.files.system(place)
    if isinstance(system, FileFault):
        yield Say(wording("file.open_failed", url=device, reason=system))
        return
    for question in ("format.may_take_long", "format.destroys"):
        if not (yield from confirmed(wording(question, device=device))):
            yield Say(wording("erase.refused"))
            return
    yield Say(wording("format.writing"))
    yield Wait(FORMAT_TIME)
    system = session.router.files.system(place)
    if isinstance(system, FileFault):
        yield Say(wording("file.open_failed", url=device, reason=system))
        return
    session.router.format(place.device)
    yield Say(wording("format.done", device=place.device, size=system.capacity))


_SOURCE = "IOS configuration fundamentals command reference; erase on a CISCO1941"
COMMANDS = (
    Command("erase {nvram: | startup-config}", modes=(EXEC,), privilege=PRIVILEGED, run=erase, output="erase",
            source=_SOURCE, basis="C"),
    Command("erase flash:", modes=(EXEC,), privilege=PRIVILEGED, run=erase_flash, output="erase_flash",
            source=_SOURCE, basis="R"),
    Command("write erase", modes=(EXEC,), privilege=PRIVILEGED, run=erase, output="erase", source=_SOURCE, basis="C"),
    Command("format <device:flash:|usbflash0:>", modes=(EXEC,), privilege=PRIVILEGED, run=format_device,
            output="format", source=_SOURCE, basis="R"),
)  # fmt: skip
