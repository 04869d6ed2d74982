"""A world on the host's disk: a directory with its state, its secret, the database of its back end, and one holder.

The state is replaced whole after every input, before the next prompt or, for a script, before its output, so a killed
emulator leaves the old state or the new one and nothing that was acknowledged is missing. The back end commits an act
to its database before that: a process killed in between leaves an order or a letter that nobody was told of yet, never
one that is lost. Nothing is forced to the disk after every command. One process holds a world; the operating system
drops the lock when that process ends, however it ends. A world that was opened from its directory is closed before the
directory is let go, or given other files: a database that closes later would write its checksum beside the records of
another. Everything is for its owner alone, and what gives way to a new
world is moved to `old/`, never removed. Where no new world comes of it, because the command is refused, it is moved
back, and a directory that was made for a world goes again.
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from emulator.backend.store.checksum import SUFFIX, verified
from emulator.kernel.errors import START_ANEW, DataFileError, Refused
from emulator.kernel.host_paths import refuse_links
from emulator.kernel.private_files import open_private, private_folder, write_private
from emulator.keys.world_secret import WorldSecret
from emulator.world.saved_file import Rack, format_of, rack_of, read, server_of, written
from emulator.world.secret_file import SECRET, read_secret, write_secret
from emulator.world.state import FORMAT, WorldState, inconsistency

FILE, LOCK, DATABASE = "world.json", "lock", "backend.sqlite"
MARKS = frozenset({FILE, LOCK, DATABASE, SECRET})
"""Names of which one is in every folder that has, or had, a world."""

BEGUN = "begun"
"""Name of the mark beside a world until it was saved for the first time."""

OLD = "old"
BESIDE = ("", SUFFIX, "-wal", "-shm")
"""Suffixes of the files that make up an SQLite database, its checksum included."""

LONGEST_NUMBER = 20
"""Length limit of a process's number in the lock, in bytes."""


class Closable(Protocol):
    """A world that was opened."""

    def close(self) -> None:
        """Let go of its database; may be repeated."""


class HeldElsewhere(Refused):
    """The refusal of a world that another process holds."""


class WorldDirectory:
    """A world directory, held from `__enter__` to `__exit__`."""

    def __init__(self, path: Path) -> None:
        self.path = self.home = path
        """Place of the world, and of the one that it is a copy of for a visit to the past."""
        self.secret: WorldSecret | None = None
        """Secret of the world that was loaded or begun; None before."""
        self._lock: int | None = None
        self._open: list[Closable] = []
        self._new: list[Path] = []
        """The directory, and those that it is in, as far as they were not there before it was held."""

    @property
    def is_visit(self) -> bool:
        """Tell whether the world is a copy of another one as it was, which goes when one leaves."""
        return self.home != self.path

    def __enter__(self) -> "WorldDirectory":
        try:
            self._new = [each for each in (self.path, *self.path.parents) if not each.exists()]
            self._check_own()
            private_folder(self.path)
            self._lock = open_private(self.path / LOCK)
        except OSError as error:
            raise self._unusable(error) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            refuse_links(self.path)  # a world that was got from elsewhere writes nowhere but into its folder
        except BlockingIOError:
            holder = os.pread(self._lock, LONGEST_NUMBER, 0)
            self._release()
            process = holder.decode() if holder.isdigit() else "unknown"
            raise HeldElsewhere(f"the world in {self.path} is held by another isrtwin (process {process})") from None
        except OSError as error:
            self._release()
            raise self._unusable(error) from error
        except Refused:
            self._release()
            raise
        with contextlib.suppress(OSError):  # on a full disk the world is held all the same
            os.ftruncate(self._lock, 0)
            os.pwrite(self._lock, str(os.getpid()).encode(), 0)
        return self

    def __exit__(self, *_: object) -> None:
        self._release()

    def _check_own(self) -> None:
        """Make sure that the folder has nothing to do with anything else: it is new or empty, or has a world already.

        All that is in it becomes its owner's alone, which a folder of other things must not suffer.
        """
        if not self.path.is_dir():
            return
        names = {entry.name for entry in self.path.iterdir()}
        if names and not names & MARKS:
            raise Refused(
                f"cannot use {self.path} as a world directory: it has other files and no world; name a new or empty one"
            )

    def _release(self) -> None:
        assert self._lock is not None
        try:
            self.close_worlds()
        finally:
            if self._new and not self.file.exists():
                self._take_away()
            os.close(self._lock)

    def _take_away(self) -> None:
        """Remove a directory that was made for a world and has none."""
        shutil.rmtree(self.path, ignore_errors=True)
        for each in self._new[1:]:
            with contextlib.suppress(OSError):
                each.rmdir()

    def opened(self, world: Closable) -> None:
        """Remember a world that uses the files of this directory."""
        self._open.append(world)

    def close_worlds(self) -> None:
        """Close every world that uses the files of this directory, so that they may be replaced."""
        while self._open:
            self._open.pop().close()

    def _unusable(self, error: OSError) -> Refused:
        return Refused(f"cannot use {self.path} as a world directory: {error.strerror}")

    @property
    def file(self) -> Path:
        """Path of the saved state."""
        return self.path / FILE

    @property
    def database(self) -> Path:
        """Path of the back end's records, unless they are on a server."""
        return self.path / DATABASE

    @contextmanager
    def beginning(self) -> Iterator[WorldSecret]:
        """Set the present files aside and begin a new world, which must be saved within the block; yields its secret.

        Where the block ends with an error, the files are put back.

        Raises:
            Refused: the disk does not take it.
        """
        aside: Path | None = None
        try:
            self.close_worlds()
            _touch(self.path / BEGUN)
            aside = self._put_aside(FILE, SECRET, *self._database_files())
            self.keep_secret(WorldSecret.random())
        except OSError as error:
            raise Refused(f"no new world can be begun in {self.path}: {error.strerror}") from error
        assert self.secret is not None
        saved = False
        try:
            yield self.secret
            saved = True
        finally:
            if not saved:
                self._put_back(aside)
            (self.path / BEGUN).unlink(missing_ok=True)

    def replace_with(self, copy: Path) -> None:
        """Replace the files of the world by those of a copy.

        Raises:
            OSError: the disk does not let it.
        """
        self.close_worlds()
        for suffix in BESIDE[2:]:
            self.database.with_name(DATABASE + suffix).unlink(missing_ok=True)
        for name in (DATABASE, DATABASE + SUFFIX, SECRET, FILE):
            if (copy / name).is_file():
                write_private(self.path / name, (copy / name).read_bytes())
            else:
                (self.path / name).unlink(missing_ok=True)

    def load(self) -> WorldState | None:
        """Load the saved state, or None where there is none yet. A state of an older format is upgraded on disk.

        Raises:
            DataFileError: a file of the world is damaged or missing, or was written by a newer version.
        """
        if (data := self._content()) is None:
            self._check_that_none_was_saved()
            return None
        try:
            version = format_of(data, str(self.file))
            if version < FORMAT:
                return self._bring_up(data, version)
            state = read(data)
        except msgspec.DecodeError as error:
            raise DataFileError(
                str(self.file), None, f"is damaged: {error}; put a copy back, or {START_ANEW}"
            ) from error
        self.secret = read_secret(self.path, state)
        self._check_database(state)
        return state

    def server(self) -> str | None:
        """URL of the database server that the saved world names, if its file can be read; None otherwise."""
        data = self._content()
        return None if data is None else server_of(data)

    def rack(self) -> Rack:
        """Routers of the saved world, if its file can be read; an empty rack otherwise."""
        data = self._content()
        return Rack() if data is None else rack_of(data)

    def save(self, state: WorldState) -> None:
        """Replace the saved state.

        Raises:
            Refused: the disk did not take it; what was saved before is still there.
        """
        try:
            write_private(self.file, written(state))
        except OSError as error:
            raise Refused(f"the world cannot be saved to {self.file}: {error.strerror}") from error

    def keep_secret(self, secret: WorldSecret) -> None:
        """Write the secret of the world to its file.

        Raises:
            OSError: the disk did not take it.
        """
        write_secret(self.path, secret)
        self.secret = secret

    # --- inside ------------------------------------------------------------------------------------------------

    def _content(self) -> bytes | None:
        try:
            return self.file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DataFileError(str(self.file), None, f"cannot be read: {error.strerror}") from error

    def _check_that_none_was_saved(self) -> None:
        """Check that no process was killed before it saved a new world, which leaves the mark `BEGUN`."""
        parts = [name for name in (SECRET, DATABASE) if (self.path / name).exists()]
        if parts and not (self.path / BEGUN).exists():
            raise DataFileError(
                str(self.file),
                None,
                f"is missing, but {parts[0]} of a world is there; put a copy back, or {START_ANEW}",
            )

    def _bring_up(self, data: bytes, version: int) -> WorldState:
        """Upgrade a world of an older format: its database first, and that again if it was cut short."""
        from emulator.backend.store.database import Database
        from emulator.world.upgrades import upgraded

        state, records = upgraded(data, version)
        if problem := inconsistency(state):
            raise msgspec.ValidationError(problem)
        if records is not None:
            self._put_aside(*self._database_files())
        else:
            self._check_database(state)
        database = Database(state.database or self.database)
        try:
            database.adopt(state.identity)
            if records is not None:
                database.load(records)
        finally:
            database.close()
        self.keep_secret(WorldSecret.known(state.seed))
        self.save(state)
        return state

    def _check_database(self, state: WorldState) -> None:
        """Check that the database exists: a device was made by its back end, so it must have records.

        One that is open was checked when it was opened, and may be changing.
        """
        if self._open or state.database is not None or not (state.shelf or state.routers):
            return
        if not self.database.is_file():
            problem = "is missing"
        elif not self.database.stat().st_size:
            problem = "is empty"
        else:
            verified(self.database)
            return
        raise DataFileError(
            str(self.database), None, f"{problem}, and the world with it; put a copy back, or {START_ANEW}"
        )

    def _database_files(self) -> list[str]:
        return [DATABASE + suffix for suffix in BESIDE]

    def _put_aside(self, *names: str) -> Path | None:
        """Move files of the world to a new folder below `old/`, which is returned; nothing is removed or written over.

        None where there are none.
        """
        if not (there := [name for name in names if (self.path / name).exists()]):
            return None
        folder = self.path / OLD
        private_folder(folder)
        number = 1 + max((int(each.name) for each in folder.iterdir() if each.name.isdecimal()), default=0)
        private_folder(folder / str(number))
        for name in there:
            (self.path / name).rename(folder / str(number) / name)
        return folder / str(number)

    def _put_back(self, aside: Path | None) -> None:
        """Put the files of the old world in the place of a new one that was not saved."""
        self.close_worlds()
        for name in (FILE, SECRET, *self._database_files()):
            (self.path / name).unlink(missing_ok=True)
        if aside is not None:
            for each in list(aside.iterdir()):
                each.rename(self.path / each.name)
            aside.rmdir()


def _touch(path: Path) -> None:
    """Create a file of its owner, empty unless it was there."""
    os.close(open_private(path))
