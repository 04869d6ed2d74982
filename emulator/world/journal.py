"""The input journal of a world: a file of one JSON line an input, appended before the input takes effect.

Beside the input stand its number, its instant, and a digest of what was printed since the one before, so that a replay
tells the first input after which something else was printed. Each line has its checksum. A last line that is cut short
was never acknowledged and is left out; one that only lacks its end was changed later. Passwords that were typed are in
the journal, as they are in the world's own file; both are their owner's alone.
"""

import contextlib
import errno
import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from emulator.kernel.errors import DataFileError, Refused
from emulator.kernel.time import Instant
from emulator.world.checked_json import BEGINNING, with_checksum, without_checksum
from emulator.world.inputs import WorldInput

OWNER_ONLY = 0o600
DIGEST_BYTES = 8


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An input in the journal.

    Attributes:
        number: from 1 within its journal, without a gap.
        at: milliseconds since the world began.
        printed: the digest of the output since the input before; None where it was not watched.
        early: more was still to happen at its instant, as is possible with an act of another thread.
    """

    number: int
    at: Instant
    input: WorldInput
    printed: str | None = None
    early: bool = False


class PrintDigest:
    """A running digest of the output of a world's lines."""

    def __init__(self) -> None:
        self._hash, self._source = blake2b(digest_size=DIGEST_BYTES), ""

    def add(self, source: str, text: str) -> None:
        """Add output of a line; the split into pieces does not matter."""
        if source != self._source:
            self._hash.update(f"\0{source}\0".encode())
            self._source = source
        self._hash.update(text.encode("utf-8", "surrogatepass"))

    def take(self) -> str:
        """Return the digest so far, and begin a new one."""
        digest = self._hash.hexdigest()
        self._hash, self._source = blake2b(digest_size=DIGEST_BYTES), ""
        return digest


class JournalFile:
    """A journal that grows; it is opened anew for each entry and needs no closing."""

    def __init__(self, path: Path, last: int) -> None:
        """Continue a journal.

        Args:
            path: the file; made with the first entry.
            last: the number of the entry that is in it last, 0 for none.
        """
        self.path, self.last = path, last

    def append(self, at: Instant, input_: WorldInput, printed: str | None, *, early: bool = False) -> Entry:
        """Append an input.

        Raises:
            Refused: the disk did not take it; a half-written entry is removed.
        """
        entry = Entry(self.last + 1, at, input_, printed, early)
        data = with_checksum(msgspec.json.encode(entry)) + b"\n"
        try:
            file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ONLY)
            try:
                end = os.fstat(file).st_size
                if os.write(file, data) != len(data):
                    os.ftruncate(file, end)
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            finally:
                os.close(file)
        except OSError as error:
            raise Refused(f"the journal {self.path} cannot be written: {error.strerror}") from error
        self.last = entry.number
        return entry


def read_journal(path: Path) -> Iterator[Entry]:
    """Yield the entries of a journal, oldest first; none where there is no file.

    Raises:
        DataFileError: a line is not an entry, or a number is missing.
    """
    whole, _, rest = _content(path).rpartition(b"\n")
    lines = whole.split(b"\n") if whole else []
    _check_cut(path, rest)
    decoder = msgspec.json.Decoder(Entry)
    for number, line in enumerate(lines, 1):
        try:
            entry = decoder.decode(without_checksum(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DataFileError(str(path), number, f"is no entry of a journal: {error}") from error
        if entry.number != number:
            raise DataFileError(str(path), number, f"is entry {entry.number}; entry {number} is missing")
        yield entry


def last_number(path: Path) -> int:
    """Number of the last entry of a journal, 0 for none; a last line that was cut short is removed.

    Raises:
        DataFileError: the last line is not an entry.
    """
    data = _content(path)
    end = data.rfind(b"\n") + 1
    if end < len(data):
        _check_cut(path, data[end:])
        os.truncate(path, end)
    if not end:
        return 0
    line = data[data.rfind(b"\n", 0, end - 1) + 1 : end]
    try:
        return msgspec.json.decode(without_checksum(line), type=Entry).number
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DataFileError(str(path), None, f"ends in a line that is no entry of a journal: {error}") from error


def cut_journal(path: Path, last: int) -> None:
    """Remove the entries after the one with that number."""
    end = 0
    for line in _content(path).splitlines(keepends=True)[:last]:
        end += len(line)
    if path.is_file():
        os.truncate(path, end)


def _check_cut(path: Path, rest: bytes) -> None:
    """Check that what follows the last line end is the beginning of a line, and not a line whose end was changed.

    Raises:
        DataFileError: it is a whole entry.
    """
    if not rest[:-1].startswith(BEGINNING):
        return
    with contextlib.suppress(msgspec.DecodeError):
        without_checksum(rest[:-1])
        raise DataFileError(str(path), None, "is damaged: the end of its last line was changed; put a copy back")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise DataFileError(str(path), None, f"cannot be read: {error.strerror}") from error
