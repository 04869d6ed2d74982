"""Paths of the host that somebody else's file names: only below the folder of that file, whatever the way there.

A person who types a path may name any file; a scenario that was got from elsewhere may not. `..`, an absolute path and
a link that leads out are refused, and so is a hidden name, for those are where programs look for what they run.
"""

import errno
import os
from pathlib import Path

from emulator.kernel.errors import Refused, printable

LARGEST_TEXT = 16 * 1024 * 1024
"""Bytes of a file that a person writes; a larger one is none of ours."""


def below(folder: Path, asked: str, at: Path | None = None) -> Path:
    """The file that is meant by a path of somebody else's, with every link followed.

    Args:
        folder: where that file lies.
        asked: the path.
        at: where a relative path begins; left out, in the folder.

    Raises:
        Refused: it is not below the folder, or hidden there.
    """
    try:
        top = folder.resolve()
        path = ((at or top) / asked).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise Refused(f"{printable(asked)} cannot be found: {getattr(error, 'strerror', None) or error}") from error
    if path == top or not path.is_relative_to(top):
        raise Refused(f"{printable(asked)} is not below the folder of the file that names it")
    if any(part.startswith(".") for part in path.relative_to(top).parts):
        raise Refused(f"{printable(asked)} is hidden; a file may not reach what is hidden beside it")
    return path


def refuse_links(folder: Path) -> None:
    """Make sure that nothing below a folder leads elsewhere.

    Raises:
        Refused: there is a link.
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


def read_text(path: Path, limit: int = LARGEST_TEXT) -> str:
    """The text of a file, with the ends of its lines as `\\n`.

    Raises:
        OSError: it cannot be read, or is larger than `limit` bytes.
        UnicodeDecodeError: it is not UTF-8.
    """
    return read_bytes(path, limit).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def read_bytes(path: Path, limit: int = LARGEST_TEXT) -> bytes:
    """The content of a file, of which no more than `limit` bytes come into memory: a device has no end.

    Raises:
        OSError: it cannot be read, or is larger.
    """
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"it has more than {limit} bytes")
    return content
