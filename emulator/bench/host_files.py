"""Files of the computer that the bench stands on: every verb that names one goes through here, to read or to write.

A person may name any file, from their working directory. A scenario may name those below its own folder, and
write over none but its own. A replay has what was read the first time, and a bench that nobody gave files has none.
"""

import contextlib
from pathlib import Path
from typing import Protocol

from emulator.kernel.errors import Refused
from emulator.kernel.host_paths import below
from emulator.storage.filesystem import KEPT_CONTENT
from emulator.world.inputs import HostFile

NOWHERE = "no file of this computer can be reached from this bench"


class HostFiles(Protocol):
    """The files of the host, as far as they may be reached."""

    def read(self, asked: str) -> HostFile:
        """Read a file that is to be put into the lab.

        Raises:
            Refused: the file cannot be read, or may not be.
        """

    def write(self, name: str, content: bytes, asked: str | None, *, over: bool) -> str:
        """Write a file whole or not at all, and return its path. An existing file stays, unless `over`.

        Args:
            name: the file's own name, where `asked` is a directory or None.
            content: the whole content.
            asked: the path that was typed.
            over: whether an existing file is replaced.

        Raises:
            Refused: the file exists, cannot be written, or may not be.
        """


class NoFiles:
    """The files of a bench that was given none; every access is refused."""

    def read(self, _asked: str) -> HostFile:
        """Refuse to read."""
        raise Refused(NOWHERE)

    def write(self, _name: str, _content: bytes, _asked: str | None, *, over: bool) -> str:  # noqa: ARG002 - refused
        """Refuse to write."""
        raise Refused(NOWHERE)


class RecordedFiles(NoFiles):
    """The file that a line of the journal named, with its content at that time."""

    def __init__(self, file: HostFile | None) -> None:
        self._file = file

    def read(self, asked: str) -> HostFile:
        """Return the recorded file."""
        return super().read(asked) if self._file is None else self._file


class PersonsFiles:
    """The files that the person at the bench can reach."""

    def __init__(self, directory: Path = Path()) -> None:
        """Begin relative paths at a directory, that of the process if none is given."""
        self._directory = directory

    def read(self, asked: str) -> HostFile:
        """Read any file."""
        try:
            return _read(self._directory / Path(asked).expanduser(), asked)
        except RuntimeError as error:
            raise _unreadable(asked, error) from error

    def write(self, name: str, content: bytes, asked: str | None, *, over: bool) -> str:
        """Write any file."""
        try:
            shown = Path(name if asked is None else asked).expanduser()
            if (self._directory / shown).is_dir():
                shown /= name
        except (OSError, RuntimeError, ValueError) as error:
            raise _unwritable(asked or name, error) from error
        _write(self._directory / shown, content, shown, asked or name, over=over)
        return str(shown)


class FilesBelow:
    """The files below the folder of a scenario."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own: set[Path] = set()
        """Those that were written here."""

    def read(self, asked: str) -> HostFile:
        """Read a file below the folder."""
        return _read(below(self._folder, asked), asked)

    def write(self, name: str, content: bytes, asked: str | None, *, over: bool) -> str:
        """Write a new file below the folder, or one of those that were written here."""
        shown = name if asked is None else asked
        if asked is not None and self._is_folder(asked):
            shown = f"{asked.rstrip('/')}/{name}"
        path = below(self._folder, shown)
        if over and path not in self._own and _is_there(path, asked or name):
            raise Refused(f"{shown} was there before; a scenario writes over none but its own files")
        _write(path, content, Path(shown), shown, over=over)
        self._own.add(path)
        return shown

    def _is_folder(self, asked: str) -> bool:
        try:
            return (self._folder / asked).is_dir()
        except (OSError, ValueError):
            return False


def _is_there(path: Path, asked: str) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise _unwritable(asked, error) from error


def _read(path: Path, asked: str) -> HostFile:
    try:
        if not path.is_file():
            raise Refused(f"{asked} is not a file of this computer")
        size = path.stat().st_size
        with path.open("rb") as source:
            content = source.read(KEPT_CONTENT)
    except (OSError, ValueError) as error:
        raise _unreadable(asked, error) from error
    return HostFile(path.name, size, content)


def _unreadable(asked: str, error: Exception) -> Refused:
    return Refused(f"{asked} cannot be read: {getattr(error, 'strerror', None) or error}")


def _unwritable(asked: str, error: Exception) -> Refused:
    return Refused(f"{asked} cannot be written: {getattr(error, 'strerror', None) or error}")


def _write(where: Path, content: bytes, shown: Path, asked: str, *, over: bool) -> None:
    try:
        if where.exists() and not where.is_file():
            raise Refused(f"{shown} is not a file")
        new = where.with_name(f".{where.name}.part") if over else where
        with new.open("wb" if over else "xb") as target, contextlib.ExitStack() as undone:
            undone.callback(new.unlink, missing_ok=True)
            target.write(content)
            target.flush()
            undone.pop_all()
        if over:
            new.replace(where)
    except FileExistsError as error:
        raise Refused(f"{shown} is there already; say replace before to, or give another name") from error
    except (OSError, ValueError) as error:
        raise _unwritable(asked, error) from error
