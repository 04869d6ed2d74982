"""Paths of the host in files of others: only below the folder of that file, whatever the way there.

A person who types a path may name any file; a scenario that was got from elsewhere may not. `..`, an absolute path and
a link that leads out are refused, and so is a hidden name, for those are where programs look for what they run.
"""

import errno
import os
import stat
from pathlib import Path

from emulator.kernel.errors import Refused, printable

LARGEST_TEXT = 16 * 1024 * 1024
"""Size limit of a text file, in bytes; a larger file was not written by a person."""


def below(folder: Path, asked: str, at: Path | None = None) -> Path:
    """Resolve a path that a file names, with every link followed.

    Args:
        folder: the folder of the file that names the path.
        asked: the path.
        at: the folder at which a relative path begins; `folder` if left out.

    Raises:
        Refused: the path is not below the folder, is hidden there, or leads to a pipe or a device.
    """
    try:
        top = folder.resolve()
        path = ((at or top) / asked).resolve()
        special = path.exists() and not _is_ordinary(path.stat().st_mode)
    except (OSError, RuntimeError, ValueError) as error:
        raise Refused(f"{printable(asked)} cannot be found: {getattr(error, 'strerror', None) or error}") from error
    if path == top or not path.is_relative_to(top):
        raise Refused(f"{printable(asked)} is not below the folder of the file that names it")
    if any(part.startswith(".") for part in path.relative_to(top).parts):
        raise Refused(f"{printable(asked)} is hidden; a file may not reach what is hidden beside it")
    if special:
        raise Refused(f"{printable(asked)} is neither a file nor a folder")
    return path


def _is_ordinary(mode: int) -> bool:
    """Tell whether something of that mode is a file or a folder; a pipe or a device could be read without an end."""
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def refuse_links(folder: Path) -> None:
    """Make sure that nothing below a folder leads elsewhere: no link, no pipe, no device; sockets cannot be opened.

    Raises:
        Refused: there is one.
        OSError: the folder cannot be read.
    """
    left = [str(folder)]
    while left:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    raise Refused(f"{entry.path} is a link; what belongs to {folder} has to lie there itself")
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
                elif not entry.is_file(follow_symlinks=False) and not stat.S_ISSOCK(entry.stat().st_mode):
                    raise Refused(f"{entry.path} is neither a file nor a folder; it does not belong to a world")


def read_text(path: Path, limit: int = LARGEST_TEXT) -> str:
    """Read a text file, with its line ends as `\\n`.

    Raises:
        OSError: it cannot be read, or is larger than `limit` bytes.
        UnicodeDecodeError: it is not UTF-8.
    """
    return read_bytes(path, limit).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def read_bytes(path: Path, limit: int = LARGEST_TEXT) -> bytes:
    """Read a file of at most `limit` bytes; no more than that comes into memory, since a device has no end.

    Raises:
        OSError: it cannot be read, or is larger.
    """
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"it has more than {limit} bytes")
    return content
