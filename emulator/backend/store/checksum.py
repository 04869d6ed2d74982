"""A checksum over the file of an SQLite database, beside it, so that no changed bit is read as another record.

What is written goes to the write-ahead log first, each frame of which has a checksum of SQLite's own; the database file
changes only when the log is carried over into it. So its checksum stands in between, and `UNSETTLED` stands in its
place while the log is carried over. A process that is killed just then leaves a database that is checked for its
structure alone. A server keeps its own checksums.
"""

import os
import struct
from hashlib import sha256
from pathlib import Path

from emulator.kernel.errors import START_ANEW, DataFileError
from emulator.kernel.private_files import write_private

SUFFIX = ".sha256"
UNSETTLED = "unsettled"
_CHUNK = 1 << 20

_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_MAGIC = 0x377F0682


def checksum_file(database: Path) -> Path:
    """Path of the checksum file of a database."""
    return database.with_name(database.name + SUFFIX)


def verified(database: Path) -> str | None:
    """Check an undisturbed database and return its mark: its checksum, `UNSETTLED`, or None where there is nothing.

    Raises:
        DataFileError: the content does not match its checksum, or a frame of its log does not.
    """
    file = checksum_file(database)
    try:
        told = file.read_bytes().decode("ascii", "replace")
        if told != UNSETTLED:
            descriptor = os.open(database, os.O_RDONLY)
            try:
                if _sum(descriptor) != told:
                    problem = f"is damaged: it does not have the checksum in {file.name}"
                    raise DataFileError(str(database), None, f"{problem}; put a copy of both back, or {START_ANEW}")
            finally:
                os.close(descriptor)
        check_log(database.with_name(database.name + "-wal"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DataFileError(str(file), None, f"cannot be read: {error.strerror}") from error
    return told


def unsettle(database: Path) -> None:
    """Mark the file of a database as about to change.

    Raises:
        OSError: the disk did not take it.
    """
    write_private(checksum_file(database), UNSETTLED.encode())


def settle(database: Path, descriptor: int | None = None) -> None:
    """Write the checksum of a database whose file changes no more.

    Args:
        database: its file.
        descriptor: an open descriptor of the file: closing any would drop the locks that this process has on it.

    Raises:
        OSError: the disk did not take it.
    """
    own = os.open(database, os.O_RDONLY) if descriptor is None else descriptor
    try:
        write_private(checksum_file(database), _sum(own).encode())
    finally:
        if descriptor is None:
            os.close(own)


def _sum(descriptor: int) -> str:
    found, at = sha256(), 0
    while chunk := os.pread(descriptor, _CHUNK, at):
        found.update(chunk)
        at += len(chunk)
    return found.hexdigest()


def check_log(file: Path) -> None:
    """Make sure that SQLite reads all of a log that a killed process left.

    SQLite takes a frame with a wrong checksum, and the salt of its log, for the end of the log, and forgets what
    follows: an act that was acknowledged. Frames with another salt are left over from before the log began anew.

    Raises:
        DataFileError: a frame of the log, or its header, is damaged.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return
    if not data:
        return
    if len(data) < _HEADER.size:
        raise _damaged(file)
    magic, _, page, _, *salt, first, second = _HEADER.unpack_from(data)
    order = ">" if magic == _MAGIC | 1 else "<"
    state = _carried(data[: _HEADER.size - 8], (0, 0), order)
    if magic & ~1 != _MAGIC or state != (first, second):
        raise _damaged(file)
    at, reads = _HEADER.size, True
    while at + _FRAME.size + page <= len(data):
        _, _, *its_salt, first, second = _FRAME.unpack_from(data, at)
        if its_salt != salt:
            reads = False
        elif not reads:
            raise _damaged(file)
        else:
            state = _carried(data[at : at + 8], state, order)
            state = _carried(data[at + _FRAME.size : at + _FRAME.size + page], state, order)
            if state != (first, second):
                raise _damaged(file)
        at += _FRAME.size + page


def _carried(data: bytes, state: tuple[int, int], order: str) -> tuple[int, int]:
    """Continue the checksum of SQLite's file format over more data."""
    one, two = state
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        one = (one + even + two) & 0xFFFFFFFF
        two = (two + odd + one) & 0xFFFFFFFF
    return one, two


def _damaged(file: Path) -> DataFileError:
    return DataFileError(str(file), None, "is damaged, and acts that were acknowledged are in it; put a copy back")
