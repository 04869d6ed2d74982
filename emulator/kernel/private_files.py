"""Files of the host that their owner alone can read and write, whatever the umask is.

Whoever can read a world knows its keys, and whoever can open its lock can hold it. What belongs to another user is
refused rather than trusted, and a folder that users share (one with the sticky bit, as `/tmp`) is not taken for one's
own.
"""

import contextlib
import os
import stat
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700
_OTHERS = 0o077


def private_folder(path: Path) -> None:
    """Make a folder, or narrow one that is there, with everything in it.

    Raises:
        OSError: it cannot be made, or is not one's own.
    """
    try:
        path.mkdir(parents=True, mode=FOLDER_MODE)
    except FileExistsError:
        if not path.is_dir():
            raise NotADirectoryError(0, "it is a file") from None
        status = path.stat()
        if status.st_uid != os.geteuid():
            raise PermissionError(0, "it belongs to another user") from None
        if status.st_mode & stat.S_ISVTX:
            raise PermissionError(0, "users share it; name a folder of its own below it") from None
        if status.st_mode & _OTHERS:
            path.chmod(FOLDER_MODE)
            _narrow(path)


def _narrow(folder: Path) -> None:
    """Take away what others may do with one's own files below a folder; links are not followed."""
    for at, folders, files in os.walk(folder):
        for names, mode in ((folders, FOLDER_MODE), (files, FILE_MODE)):
            for name in names:
                path = Path(at, name)
                status = path.lstat()
                if status.st_uid == os.geteuid() and not stat.S_ISLNK(status.st_mode) and status.st_mode & _OTHERS:
                    path.chmod(mode)


def open_private(path: Path) -> int:
    """Open a file for reading and writing, made if it is not there; returns its descriptor.

    Raises:
        OSError: it cannot be opened, is a link, or belongs to another user.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE)
    try:
        status = os.fstat(descriptor)
        if status.st_uid != os.geteuid():
            raise PermissionError(0, "it belongs to another user")
        if status.st_mode & _OTHERS:
            os.fchmod(descriptor, FILE_MODE)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def write_private(path: Path, content: bytes) -> None:
    """Replace a file whole: a process that is killed leaves the old content or the new one.

    Raises:
        OSError: the disk did not take it; the old content is still there.
    """
    scratch = path.with_name(f".{path.name}.tmp")
    try:
        with open(open_private(scratch), "wb") as file:
            file.truncate()
            file.write(content)
        scratch.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            scratch.unlink()
        raise
