"""`delete` and `rename`.

C: the two questions of `delete`. R: its options, the question for each directory, and the question of `rename`. A
pattern stands for all files that it fits, each of which is asked about.
"""

from fnmatch import fnmatchcase

from emulator.console.dialogs.questions import confirmed
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.server_account import ask_name
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.files.systems import STARTUP, FileFault, RouterFiles
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.urls import FileUrl

HELP = {
    "delete": "Delete a file",
    "delete <url>": "File to be deleted",
    "delete /force": "Force delete",
    "delete /force <url>": "File to be deleted",
    "delete /force /recursive": "Recursive delete",
    "delete /force /recursive <url>": "File to be deleted",
    "delete /recursive": "Recursive delete",
    "delete /recursive <url>": "File to be deleted",
    "delete /recursive /force": "Force delete",
    "delete /recursive /force <url>": "File to be deleted",
    "rename": "Rename a file",
    "rename <url>": "File to be renamed",
    "rename <url> <target>": "New name",
}

WILD = frozenset("*?")


def delete(session: Session, *, url: FileUrl, force: str | None, recursive: str | None) -> Handler:
    if not force:
        url = url.at((yield from ask_name(wording("file.delete_name", name=url.path))) or url.path)
    files = session.router.files
    matching = _matching(files, url)
    if isinstance(matching, FileFault):
        if not force and not (yield from confirmed(wording("file.delete_confirm", url=url.shown))):
            return
        yield Say(wording("file.delete_failed", url=url.shown, reason=matching))
        return
    for file in matching:
        yield from _delete(session, url, file, ask=not force, recursive=bool(recursive))


def _matching(files: RouterFiles, url: FileUrl) -> list[StoredFile] | FileFault:
    """Return what the name or the pattern fits."""
    if url.remote:
        return FileFault.UNSUPPORTED
    system = files.system(url)
    if isinstance(system, FileFault):
        return system
    directory, _, name = url.path.rpartition("/")
    if WILD.intersection(name):
        found = [each for each in system.entries(directory) if fnmatchcase(FileUrl("", each.name.lower()).name,
                                                                           name.lower())]  # fmt: skip
    else:
        found = [each for each in (system.find(url.path),) if each is not None]
    return found or FileFault.NO_FILE


def _delete(session: Session, url: FileUrl, file: StoredFile, *, ask: bool, recursive: bool) -> Handler:
    """One file, or a directory and all that is in it, inner before outer."""
    place, files = url.at(file.name), session.router.files
    if file.directory:
        if not recursive:
            yield Say(wording("file.delete_failed", url=place.shown, reason=FileFault.IS_DIRECTORY))
            return
        if ask and not (yield from confirmed(wording("file.delete_examine", url=place.shown))):
            return
        system = files.system(url)
        for each in system.entries(file.name) if isinstance(system, FileSystem) else ():
            yield from _delete(session, url, each, ask=ask, recursive=True)
    if ask and not (yield from confirmed(wording("file.delete_confirm", url=place.shown))):
        return
    fault = _remove(session, url, file)
    if fault is not None:
        yield Say(wording("file.delete_failed", url=place.shown, reason=fault))


def _remove(session: Session, url: FileUrl, file: StoredFile) -> FileFault | None:
    """Look again, for somebody may have pulled the stick while the question stood."""
    if url.device == "nvram" and file.name == STARTUP:
        session.router.erase_startup()
        return None
    system = session.router.files.system(url)
    if isinstance(system, FileFault):
        return system
    found = system.find(file.name)
    if found is None:
        return FileFault.NO_FILE
    if found.directory and system.entries(file.name):
        return FileFault.NOT_EMPTY
    system.delete(file.name)
    return None


def rename(session: Session, *, url: FileUrl, target: FileUrl) -> Handler:
    target = target.at((yield from ask_name(wording("file.copy_destination", name=target.path))) or target.path)
    fault = _cannot_rename(session.router.files, url, target)
    if fault is None:
        system = session.router.files.system(url)
        assert isinstance(system, FileSystem)
        system.rename(url.path, target.path)
    else:
        yield Say(wording("file.rename_failed", url=url.shown, target=target.shown, reason=fault))


def _cannot_rename(files: RouterFiles, url: FileUrl, target: FileUrl) -> FileFault | None:
    if url.remote or url.device == "nvram" or url.device != target.device:
        return FileFault.UNSUPPORTED
    system = files.system(url)
    if isinstance(system, FileFault):
        return system
    old, new = system.find(url.path), system.find(target.path)
    if old is None:
        return FileFault.NO_FILE
    if new is not None and new is not old:
        return FileFault.EXISTS
    if old.directory and target.path.lower().startswith(f"{old.name}/".lower()):
        return FileFault.BAD_NAME
    return files.bad_name(target)


_FILE = "{<url:KeptDevice> | <url:FileUrl>}"
_FLAGS = ("[<force:/force>] [<recursive:/recursive>]", "<recursive:/recursive> <force:/force>")
_SOURCE = "IOS command reference"
COMMANDS = (
    *(Command(f"delete {flags} {_FILE}", modes=(EXEC,), privilege=PRIVILEGED, run=delete, output="delete",
              source=_SOURCE, basis="C") for flags in _FLAGS),
    Command("rename <url:FileUrl> <target:FileUrl>", modes=(EXEC,), privilege=PRIVILEGED, run=rename,
            output="rename", source=_SOURCE, basis="R"),
)  # fmt: skip
