"""`dir`, `cd`, `pwd`, `mkdir`, `rmdir`: the directories of flash and of the USB stick.

C: the listing. R: the questions of `mkdir` and `rmdir`, and that `cd` and `pwd` are a matter of the line. A TFTP
server cannot be listed. NVRAM shows the saved configuration alone; the private and the underlying one, and what
certificates keep there, are left out.
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from emulator.console.dialogs.copy_file import RUNNING, look_up
from emulator.console.dialogs.questions import confirmed
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.files.directory import listing, totals
from emulator.console.session.server_account import ask_name
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.files.systems import FileFault
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.urls import FileUrl

HELP = {
    "dir": "List files on a filesystem",
    "dir <url>": "Directory or file name",
    "dir all-filesystems": "List files on all filesystems",
    "dir /all": "List all files",
    "dir /all <url>": "Directory or file name",
    "dir /recursive": "List files recursively",
    "dir /recursive <url>": "Directory or file name",
    "cd": "Change current directory",
    "cd <url>": "Directory name",
    "pwd": "Display current working directory",
    "mkdir": "Create new directory",
    "mkdir <url>": "Directory name",
    "rmdir": "Remove existing directory",
    "rmdir <url>": "Directory name",
}

WILD = frozenset("*?[")


def list_directory(session: Session, *, url: FileUrl | None, option: str | None) -> Handler:
    yield Say(_listed(session, url or session.exec.directory, recursive=option == "/recursive"))


def list_everything(session: Session) -> Handler:
    devices = ["system", "nvram", "flash"]
    if session.router.state.usb is not None:
        devices.append("usbflash0")
    yield Say("\n".join(_listed(session, FileUrl(device, ""), recursive=False) for device in devices))


def _listed(session: Session, url: FileUrl, *, recursive: bool) -> str:
    """The whole screen for one place."""
    if url.device == RUNNING.device:
        return _system_listed(session, url)
    files = session.router.files
    system = FileFault.UNSUPPORTED if url.remote else files.system(url)
    if isinstance(system, FileFault):
        return wording("file.open_failed", url=url.text or url.shown, reason=system)
    if system.is_directory(url.path):
        place = FileUrl(url.device, url.path)
        tree = _tree(system, url.path) if recursive else iter(((url.path, system.entries(url.path)),))
        shown = "".join(listing(place.at(path), entries) for path, entries in tree)
        return shown + totals(system)
    matching = _matching(system, url.path)
    if not matching:
        return wording("file.open_failed", url=url.shown, reason=FileFault.NO_FILE)
    return listing(FileUrl(url.device, url.path, text=url.path), matching) + totals(system)


def _system_listed(session: Session, url: FileUrl) -> str:
    """`system:` has one file and no size."""
    found = look_up(session.router, RUNNING)
    if isinstance(found, FileFault) or url.path not in {"", RUNNING.path}:
        return wording("file.open_failed", url=url.shown, reason=FileFault.NO_FILE)
    return listing(FileUrl(url.device, ""), [found]) + "No space information available\n"


def _tree(system: FileSystem, path: str) -> Iterator[tuple[str, list[StoredFile]]]:
    """A directory and all below it, outer before inner."""
    entries = system.entries(path)
    yield path, entries
    for entry in entries:
        if entry.directory:
            yield from _tree(system, entry.name)


def _matching(system: FileSystem, path: str) -> list[StoredFile]:
    """The file of that name, or those that a pattern fits."""
    directory, _, name = path.rpartition("/")
    if not WILD.intersection(name):
        found = system.find(path)
        return [found] if found else []
    pattern = name.lower()
    return [each for each in system.entries(directory) if fnmatchcase(each.name.rpartition("/")[2].lower(), pattern)]


def change(session: Session, *, url: FileUrl | None) -> Handler:
    url = url or FileUrl("flash", "")
    system = FileFault.UNSUPPORTED if url.remote else session.router.files.system(url)
    if isinstance(system, FileSystem) and not system.is_directory(url.path):
        system = FileFault.NOT_DIRECTORY if system.find(url.path) else FileFault.NO_FILE
    if isinstance(system, FileFault):
        yield Say(wording("directory.change_failed", url=url.shown, reason=system))
        return
    session.exec.directory = FileUrl(url.device, url.path)


def print_directory(session: Session) -> Handler:
    here = session.exec.directory
    yield Say(f"{here.device}:{f'/{here.path}/' if here.path else ''}\n")


def make(session: Session, *, url: FileUrl) -> Handler:
    url = url.at((yield from ask_name(wording("directory.create_name", name=url.path))) or url.path)
    files = session.router.files
    system = files.system(url)
    fault = system if isinstance(system, FileFault) else files.cannot_make_directory(url)
    if fault is None:
        assert isinstance(system, FileSystem)
        system.make_directory(url.path, files.wall_ms)
        yield Say(wording("directory.created", url=url.shown))
    else:
        yield Say(wording("directory.create_failed", url=url.shown, reason=fault))


def remove(session: Session, *, url: FileUrl) -> Handler:
    url = url.at((yield from ask_name(wording("directory.remove_name", name=url.path))) or url.path)
    if not (yield from confirmed(wording("file.delete_confirm", url=url.shown))):
        return
    system = session.router.files.system(url)
    fault = system if isinstance(system, FileFault) else _cannot_remove(system, url.path)
    if fault is None:
        assert isinstance(system, FileSystem)
        system.delete(url.path)
        yield Say(wording("directory.removed", url=url.shown))
    else:
        yield Say(wording("directory.remove_failed", url=url.shown, reason=fault))


def _cannot_remove(system: FileSystem, path: str) -> FileFault | None:
    found = system.find(path)
    if found is None:
        return FileFault.NO_FILE
    if not found.directory:
        return FileFault.NOT_DIRECTORY
    return FileFault.NOT_EMPTY if system.entries(path) else None


_PLACE = "{<url:ListedDevice> | <url:FileUrl>}"
_EDITED = "{<url:EditedDevice> | <url:FileUrl>}"
_SOURCE = "IOS command reference; listing of an IOSv"
COMMANDS = (
    Command(f"dir [<option:/all|/recursive>] [{_PLACE}]", modes=(EXEC,), privilege=PRIVILEGED, run=list_directory,
            piped=True, output="dir", source=_SOURCE, basis="C"),
    Command("dir all-filesystems", modes=(EXEC,), privilege=PRIVILEGED, run=list_everything, piped=True,
            output="dir_all", source=_SOURCE, basis="R"),
    Command(f"cd [{_EDITED}]", modes=(EXEC,), privilege=PRIVILEGED, run=change, output="directories",
            source=_SOURCE, basis="R"),
    Command("pwd", modes=(EXEC,), privilege=PRIVILEGED, run=print_directory, output="directories", source=_SOURCE,
            basis="R"),
    Command(f"mkdir {_EDITED}", modes=(EXEC,), privilege=PRIVILEGED, run=make, output="directories",
            source=_SOURCE, basis="R"),
    Command(f"rmdir {_EDITED}", modes=(EXEC,), privilege=PRIVILEGED, run=remove, output="directories",
            source=_SOURCE, basis="R"),
)  # fmt: skip
