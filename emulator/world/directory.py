"""A world on the host's disk: one directory with a file of plain data, the database of its back end, and one holder.

The file is replaced whole after every input, before the next prompt or, for a script, before its output, so a killed
emulator leaves the old state or the new one and nothing that was acknowledged is missing. The back end commits an act
to its database before that: a process killed in between leaves an order or a letter that nobody was told of yet, never
one that is lost. Nothing is forced to the disk after every command. One process holds a world; the operating system
drops the lock when that process ends, however it ends.
"""

import contextlib
import fcntl
import os
import shutil
from pathlib import Path
from typing import IO

import msgspec

from emulator.kernel.errors import DataFileError, Refused
from emulator.world.state import FORMAT, WorldState, inconsistency

FILE, LOCK, DATABASE = "world.json", "lock", "backend.sqlite"
BESIDE = ("", "-wal", "-shm")
"""What an SQLite database consists of."""


OWNER_ONLY = 0o600
"""Whoever reads a world knows its keys."""


class HeldElsewhere(Refused):
    """Another process holds the world."""


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
            raise HeldElsewhere(f"the world in {self.path} is held by another isrtwin (process {holder})") from None
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

    @property
    def database(self) -> Path:
        """Where the records of the back end are, unless they are on a server."""
        return self.path / DATABASE

    def clear(self) -> None:
        """Forget the world: first its state, so that none is left without its records.

        Raises:
            Refused: the disk does not let go of it.
        """
        try:
            self.file.unlink(missing_ok=True)
            for suffix in BESIDE:
                self.database.with_name(DATABASE + suffix).unlink(missing_ok=True)
        except OSError as error:
            raise Refused(f"the world in {self.path} cannot be removed: {error.strerror}") from error

    def replace_with(self, state: Path, database: Path) -> None:
        """Put the files of a copy in the place of the world's own; what was there is gone.

        Raises:
            OSError: the disk does not let it.
        """
        for suffix in BESIDE[1:]:
            self.database.with_name(DATABASE + suffix).unlink(missing_ok=True)
        for source, target in ((database, self.database), (state, self.file)):
            scratch = target.with_suffix(".tmp")
            if source.is_file():
                shutil.copyfile(source, scratch)
                scratch.chmod(OWNER_ONLY)
                scratch.replace(target)
            else:
                target.unlink(missing_ok=True)

    def load(self) -> WorldState | None:
        """The saved state, or None where there is none yet. One of an older format is brought up to date on disk.

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
            if version < FORMAT:
                return self._bring_up(data)
            state = msgspec.json.decode(data, type=WorldState)
            if problem := inconsistency(state):
                raise msgspec.ValidationError(problem)
        except msgspec.DecodeError as error:
            raise DataFileError(str(self.file), None, f"is damaged: {error}; start anew with --fresh") from error
        if state.shelf or state.routers:
            self._check_database(state)
        return state

    def _bring_up(self, data: bytes) -> WorldState:
        """A world of an older format, rewritten: its database first, which is made anew if that was cut short."""
        from emulator.backend.store.database import Database
        from emulator.world.upgrades import upgraded

        state, records = upgraded(data)
        if problem := inconsistency(state):
            raise msgspec.ValidationError(problem)
        for suffix in BESIDE:
            self.database.with_name(DATABASE + suffix).unlink(missing_ok=True)
        database = Database(self.database)
        database.load(records)
        database.close()
        self.save(state)
        return state

    def _check_database(self, state: WorldState) -> None:
        """A device was made by its back end, so the records of that are somewhere."""
        if state.database is None and not self.database.is_file():
            raise DataFileError(str(self.database), None, "is missing, and the world with it; start anew with --fresh")

    def save(self, state: WorldState) -> None:
        """Replace the saved state.

        Raises:
            Refused: the disk did not take it; what was saved before is still there.
        """
        scratch = self.file.with_suffix(".tmp")
        try:
            with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "wb") as file:
                file.write(encode(state))
            scratch.replace(self.file)
        except OSError as error:
            with contextlib.suppress(OSError):
                scratch.unlink()
            raise Refused(f"the world cannot be saved to {self.file}: {error.strerror}") from error


def encode(state: WorldState) -> bytes:
    """The one encoding of a state: the same state gives the same bytes."""
    return msgspec.json.encode(state, order="deterministic")
