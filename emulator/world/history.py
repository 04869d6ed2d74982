"""The past of a world on disk: where each stretch of its life began, what came in since, and states that were named.

A *stretch* begins with a copy of the whole world and goes on as a journal of inputs; the world is at a number of inputs
in a stretch. A new one begins where the inputs alone would not lead on: in a new world, after a state was put back,
with another version of the program, and where a process was killed between an input and the saving of the world.
A *snapshot* is a copy under a name. Both are a folder with the state and the database of the back end; a world whose
records are on a server cannot be copied, and keeps neither.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from emulator import __version__
from emulator.kernel.errors import DataFileError, Refused, UnknownName
from emulator.kernel.private_files import FOLDER_MODE, private_folder, write_private
from emulator.kernel.time import Instant
from emulator.world.checked_json import with_checksum, without_checksum
from emulator.world.directory import DATABASE, WorldDirectory
from emulator.world.journal import Entry, JournalFile, cut_journal, last_number, read_journal
from emulator.world.saved_file import written
from emulator.world.secret_file import write_secret
from emulator.world.state import WorldState

STRETCHES, SNAPSHOTS = "history", "snapshots"
PLACING = "placing"
STATE, JOURNAL, LABEL = "world.json", "journal.jsonl", "label.json"
SNAPSHOT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The label of a copy of a world.

    Attributes:
        version: the program's version; a journal is replayed byte for byte within one version alone.
        at: the instant of the copy.
        stretch, inputs: its place in the world's history.
    """

    version: str
    at: Instant
    stretch: int
    inputs: int


def write_label(folder: Path, label: Label) -> None:
    """Write the label of a copy into its folder.

    Raises:
        OSError: the disk did not take it.
    """
    write_private(folder / LABEL, with_checksum(msgspec.json.encode(label)))


class History:
    """The stretches and snapshots of the world in a directory that is held."""

    def __init__(self, directory: WorldDirectory) -> None:
        self.directory = directory
        self._journal: JournalFile | None = None

    # --- the journal ------------------------------------------------------------------------------------------

    def begin(self, state: WorldState) -> None:
        """Begin a stretch at the state that was just saved."""
        number = max(self.stretches(), default=0) + 1
        state.stretch, state.inputs = number, 0
        self._copy(state, self._stretch(number))
        self._journal = JournalFile(self._stretch(number) / JOURNAL, 0)

    def goes_on(self, state: WorldState) -> bool:
        """Tell whether the journal of the state's stretch leads up to the state, and if so open it for appending."""
        folder = self._stretch(state.stretch)
        if not (folder / LABEL).is_file() or self.label(folder).version != __version__:
            return False
        if last_number(folder / JOURNAL) != state.inputs:
            return False
        self._journal = JournalFile(folder / JOURNAL, state.inputs)
        return True

    @property
    def journal(self) -> JournalFile:
        """Journal of the present stretch, open for appending."""
        assert self._journal is not None, "a stretch is begun or gone on with when a world is opened"
        return self._journal

    def entries(self, stretch: int) -> Iterator[Entry]:
        """List the inputs of a stretch, oldest first."""
        return read_journal(self._stretch(stretch) / JOURNAL)

    def leading_to(self, state: WorldState) -> Iterator[Entry]:
        """List the inputs of the present stretch that led to a state, oldest first; what a restore dropped is none.

        Raises:
            DataFileError: the journal ends before the state, or is damaged.
        """
        last = 0
        for entry in self.entries(state.stretch):
            if entry.number > state.inputs:
                return
            last = entry.number
            yield entry
        if last < state.inputs:
            file = self._stretch(state.stretch) / JOURNAL
            missing = f"the world is at input {state.inputs}, and those after {last} are missing; put a copy back"
            raise DataFileError(str(file), None, missing)

    def stretches(self) -> list[int]:
        """List the numbers of all stretches, oldest first."""
        folder = self.directory.path / STRETCHES
        return sorted(int(each.name) for each in folder.glob("*") if each.name.isdecimal()) if folder.is_dir() else []

    def origin(self, stretch: int) -> Path:
        """Folder of the copy that a stretch began with.

        Raises:
            Refused: the copy is missing.
        """
        folder = self._stretch(stretch)
        if not (folder / LABEL).is_file():
            raise Refused(f"nothing is known of this world before now: {folder} is missing")
        return folder

    # --- snapshots --------------------------------------------------------------------------------------------

    def snapshot(self, state: WorldState, name: str) -> None:
        """Keep the state that was just saved under a name.

        Raises:
            Refused: the name is invalid or taken, or the world cannot be copied.
        """
        if not SNAPSHOT_NAME.fullmatch(name):
            raise Refused(f"'{name}' cannot be the name of a snapshot; use letters, digits, hyphens, points")
        folder = self.directory.path / SNAPSHOTS / name
        if folder.exists():
            raise Refused(f"there is a snapshot '{name}' already")
        self._copy(state, folder)

    def snapshots(self) -> dict[str, Label]:
        """Map the names of all snapshots to their labels."""
        folder = self.directory.path / SNAPSHOTS
        return {name: self.label(folder / name) for name in self.snapshot_names()}

    def snapshot_names(self) -> list[str]:
        """List the names of all snapshots, those with a damaged label included."""
        folder = self.directory.path / SNAPSHOTS
        return sorted(each.name for each in folder.glob("*") if (each / LABEL).is_file()) if folder.is_dir() else []

    def find(self, name: str) -> Path:
        """Folder of a snapshot.

        Raises:
            UnknownName: no snapshot has that name.
            DataFileError: its label is damaged.
        """
        known = self.snapshot_names()
        if name not in known:
            raise UnknownName("snapshot", name, known)
        folder = self.directory.path / SNAPSHOTS / name
        self.label(folder)
        return folder

    def label(self, folder: Path) -> Label:
        """Read the label of a copy.

        Raises:
            DataFileError: the label is damaged.
        """
        file = folder / LABEL
        try:
            return msgspec.json.decode(without_checksum(file.read_bytes()), type=Label)
        except OSError as error:
            raise DataFileError(str(file), None, f"cannot be read: {error.strerror}") from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DataFileError(str(file), None, f"is damaged: {error}") from error

    # --- putting back -----------------------------------------------------------------------------------------

    def place(self, folder: Path, *, keeps_journal: bool) -> None:
        """Prepare a copy of the world to take the place of the present one; `finish_placing` completes it.

        Args:
            folder: the copy.
            keeps_journal: it is a state of the present stretch, whose journal goes on from there.
        """
        from emulator.backend.store.copying import keep_deliveries

        scratch = self.directory.path / (PLACING + ".new")
        shutil.rmtree(scratch, ignore_errors=True)
        try:
            shutil.copytree(folder, scratch, ignore=shutil.ignore_patterns(JOURNAL))
            if (scratch / DATABASE).is_file() and self.directory.database.is_file():
                keep_deliveries(self.directory.database, scratch / DATABASE)
            if not keeps_journal:
                (scratch / LABEL).unlink()
            scratch.rename(self.directory.path / PLACING)
        except OSError as error:
            shutil.rmtree(scratch, ignore_errors=True)
            raise Refused(f"the world cannot be put back from {folder}: {error.strerror}") from error

    def finish_placing(self) -> None:
        """Put a prepared copy in the place of the present world, if there is one; may be repeated after a kill."""
        ready = self.directory.path / PLACING
        if not ready.is_dir():
            return
        try:
            self.directory.replace_with(ready)
            if (ready / LABEL).is_file():
                label = self.label(ready)
                cut_journal(self._stretch(label.stretch) / JOURNAL, label.inputs)
            shutil.rmtree(ready)
        except OSError as error:
            raise Refused(f"the world cannot be put back: {error.strerror}") from error

    # --- inside -----------------------------------------------------------------------------------------------

    def _stretch(self, number: int) -> Path:
        return self.directory.path / STRETCHES / f"{number:04d}"

    def _copy(self, state: WorldState, folder: Path) -> None:
        """Write state and records into a new folder; whole or not at all."""
        from emulator.backend.store.copying import copy_database

        if state.database is not None:
            raise Refused("the records of this world are on a server; such a world can be neither copied nor put back")
        scratch = folder.with_name(folder.name + ".new")
        shutil.rmtree(scratch, ignore_errors=True)
        try:
            private_folder(folder.parent)
            scratch.mkdir(FOLDER_MODE)
            assert self.directory.secret is not None, "a world is copied after it was loaded or begun"
            write_secret(scratch, self.directory.secret)
            write_private(scratch / STATE, written(state))
            if self.directory.database.is_file():
                copy_database(self.directory.database, scratch / DATABASE)
            label = Label(__version__, state.now, state.stretch, state.inputs)
            write_label(scratch, label)
            scratch.rename(folder)
        except OSError as error:
            shutil.rmtree(scratch, ignore_errors=True)
            raise Refused(f"the world cannot be copied to {folder}: {error.strerror}") from error
