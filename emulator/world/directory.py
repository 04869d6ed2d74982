"""A world on the host's disk: one directory, one file of plain data, one holder.

The file is replaced whole after every input, before the next prompt or, for a script, before its output, so a killed
emulator leaves the old state or the new one and nothing that was acknowledged is missing. It is not forced to the
disk after every command. One process holds a world; the operating system drops the lock when that process ends, however
it ends.
"""

import contextlib
import fcntl
import os
from pathlib import Path
from typing import IO

import msgspec

from emulator.kernel.errors import DataFileError, Refused
from emulator.world.state import FORMAT, WorldState, inconsistency

FILE, LOCK = "world.json", "lock"


class Header(msgspec.Struct):
    """What every format has had."""

    format: int


class WorldDirectory:
    """Holds one world directory from `__enter__` to `__exit__`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None

    def __enter__(self) -> "WorldDirectory":
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = (self.path / LOCK).open("a+", encoding="utf-8")
        except OSError as error:
            raise Refused(f"cannot use {self.path} as a world directory: {error.strerror}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.seek(0)
            holder = self._lock.read().strip() or "unknown"
            self._lock.close()
            raise Refused(f"the world in {self.path} is held by another isrtwin (process {holder})") from None
        self._lock.seek(0)
        self._lock.truncate()
        self._lock.write(str(os.getpid()))
        self._lock.flush()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._lock is not None
        self._lock.close()

    @property
    def file(self) -> Path:
        """Where the state is."""
        return self.path / FILE

    def load(self) -> WorldState | None:
        """The saved state, or None where there is none yet.

        Raises:
            DataFileError: it is damaged, or was written by a newer version.
        """
        try:
            data = self.file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DataFileError(str(self.file), None, f"cannot be read: {error.strerror}") from error
        try:
            version = msgspec.json.decode(data, type=Header).format
            if version > FORMAT:
                raise DataFileError(
                    str(self.file),
                    "format",
                    f"this world was saved by a newer isrtwin (format {version}, this one reads up to {FORMAT});"
                    " use that version, or another directory with --world",
                )
            state = msgspec.json.decode(data, type=WorldState)
            if problem := inconsistency(state):
                raise msgspec.ValidationError(problem)
        except msgspec.DecodeError as error:
            raise DataFileError(str(self.file), None, f"is damaged: {error}; start anew with --fresh") from error
        return state

    def save(self, state: WorldState) -> None:
        """Replace the saved state.

        Raises:
            Refused: the disk did not take it; what was saved before is still there.
        """
        scratch = self.file.with_suffix(".tmp")
        try:
            scratch.write_bytes(encode(state))
            scratch.replace(self.file)
        except OSError as error:
            with contextlib.suppress(OSError):
                scratch.unlink()
            raise Refused(f"the world cannot be saved to {self.file}: {error.strerror}") from error


def encode(state: WorldState) -> bytes:
    """The one encoding of a state: the same state gives the same bytes."""
    return msgspec.json.encode(state, order="deterministic")
