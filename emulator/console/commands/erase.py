"""Erasing the saved configuration, formatting a device, and reading a file on the screen.

C: the dialogue of `erase` (a CISCO1941). R: the dialogue of `format`. Licenses are untouched by both: their region is
not a file and not the configuration (C: a special area of memory, not viewable in the file system).
"""

from emulator.console.grammar import Command
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import AskKey, Handler, Say, Wait
from emulator.kernel.time import SECOND
from emulator.router.files import TIMEOUT, FileFault
from emulator.storage.urls import FileUrl

HELP = {
    "erase": "Erase a filesystem",
    "erase nvram:": "Filesystem to be erased",
    "erase startup-config": "Erase contents of configuration memory",
    "write": "Write running configuration to memory, network, or terminal",
    "write erase": "Erase NV memory",
    "format": "Format a filesystem",
    "format flash:": "Filesystem to be formatted",
    "format usbflash0:": "Filesystem to be formatted",
    "more": "Display the contents of a file",
    "more <url>": "File to display",
}

ERASE_TIME = 2 * SECOND
FORMAT_TIME = 30 * SECOND
YES = frozenset({"\n", "y", "Y"})


def erase(session: Session) -> Handler:
    key = yield AskKey(wording("erase.confirm"))
    if key not in YES:
        yield Say(wording("erase.refused"))
        return
    yield Wait(ERASE_TIME)
    yield Say(wording("erase.done"))
    session.router.erase_startup()


def format_device(session: Session, *, device: str) -> Handler:
    name = device.rstrip(":")
    system = session.router.files.system(FileUrl(name, ""))
    if isinstance(system, FileFault):
        yield Say(wording("file.open_failed", url=device, reason=system))
        return
    for question in ("format.may_take_long", "format.destroys"):
        key = yield AskKey(wording(question, device=device))
        if key not in YES:
            yield Say(wording("erase.refused"))
            return
    yield Say(wording("format.writing"))
    yield Wait(FORMAT_TIME)
    session.router.format(name)
    yield Say(wording("format.done", device=name, size=system.capacity))


def more(session: Session, *, url: FileUrl) -> Handler:
    found = session.router.files.find(url)
    if isinstance(found, FileFault):
        yield Wait(TIMEOUT if found is FileFault.TIMED_OUT else 0)
        yield Say(wording("file.open_failed", url=url.text, reason=found))
        return
    text = found.content.decode("ascii", errors="ignore")
    if len(text) != found.size:
        yield Say(wording("file.not_text", url=url.text))
        return
    yield Say(text if text.endswith("\n") else f"{text}\n")


_SOURCE = "IOS configuration fundamentals command reference; erase on a CISCO1941"
COMMANDS = (
    Command("erase {nvram: | startup-config}", modes=(EXEC,), privilege=PRIVILEGED, run=erase, output="erase",
            source=_SOURCE, basis="C"),
    Command("write erase", modes=(EXEC,), privilege=PRIVILEGED, run=erase, output="erase", source=_SOURCE, basis="C"),
    Command("format <device:flash:|usbflash0:>", modes=(EXEC,), privilege=PRIVILEGED, run=format_device,
            output="format", source=_SOURCE, basis="R"),
    Command("more <url:FileUrl>", modes=(EXEC,), privilege=PRIVILEGED, run=more, piped=True,
            output="license_save_credential", source=_SOURCE, basis="R"),
)  # fmt: skip
