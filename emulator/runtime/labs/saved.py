"""What is kept beside the world of a lab: how far the learner is, and the record of what happened since the start.

The record grows by a line for everything that happens, each with its place in the history of the world, and is written
before the world is. So whatever state the world is found in, after a kill or when somebody has put it back, the lines
up to that state are the record, and what lies beyond it goes.
"""

import os
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from emulator.kernel.errors import DataFileError, Refused
from emulator.kernel.private_files import open_private, write_private
from emulator.labs.model import TrainingLab
from emulator.labs.progress import Progress
from emulator.scenarios.predicates import Happening, WorldRecord
from emulator.scenarios.predicates.record import Beginning
from emulator.world.checked_json import with_checksum, without_checksum
from emulator.world.state import WorldState

Decoded = TypeVar("Decoded")

LAB, RECORD, BEGINNING = "lab.json", "record.jsonl", "beginning.json"


class SavedLab(msgspec.Struct, forbid_unknown_fields=True):
    """A learner in a lab.

    Attributes:
        page: the lab's page.
        digest: of the page when the lab began.
        seed: of the lab.
        values: what was drawn, and what the prelude saved.
        progress: how far the learner is.
        exam: hints are off.
        seconds: of real time that the learner sat there.
    """

    page: str
    digest: str
    seed: int
    values: dict[str, str]
    progress: Progress
    exam: bool = False
    seconds: float = 0.0
    format: int = 1


class RecordLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that happened, and its place in the history of the world."""

    stretch: int
    inputs: int
    happening: Happening


class LearnerFiles:
    """The files of a lab in the directory of its world."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written = 0
        """Number of happenings that are in the file."""

    @property
    def there(self) -> bool:
        """Tell whether a lab was begun here."""
        return (self._folder / LAB).is_file()

    def begin(self, saved: SavedLab, beginning: Beginning) -> None:
        """Write the files of a lab that begins.

        Raises:
            Refused: the disk does not take them.
        """
        self._write(BEGINNING, with_checksum(msgspec.json.encode(beginning)))
        self._write(RECORD, b"")
        self.save(saved)

    def load(self) -> SavedLab:
        """Read how far the learner is.

        Raises:
            DataFileError: the file is damaged, or the page has changed since the lab began.
        """
        saved = self._decoded(LAB, SavedLab)
        page = Path(saved.page)
        if not page.is_file() or page_digest(page) != saved.digest:
            raise DataFileError(saved.page, None, "the page of this lab has changed since it was begun; reset the lab")
        return saved

    def save(self, saved: SavedLab) -> None:
        """Write how far the learner is.

        Raises:
            Refused: the disk does not take it.
        """
        self._write(LAB, with_checksum(msgspec.json.encode(saved, order="deterministic")))

    def record(self, state: WorldState) -> tuple[Beginning, tuple[Happening, ...]]:
        """Read the record up to a state of the world, and forget what lies beyond it.

        Raises:
            DataFileError: it is damaged.
        """
        beginning = self._decoded(BEGINNING, Beginning)
        kept: list[bytes] = []
        happened: list[Happening] = []
        for line in self._read(RECORD).splitlines(keepends=True):
            if not line.endswith(b"\n"):
                break  # the process was killed while it wrote this line
            read = self._line(line)
            beyond = (read.stretch, read.inputs) > (state.stretch, state.inputs) or read.happening.at > state.now
            if not beyond:
                kept.append(line)
                happened.append(read.happening)
        self._write(RECORD, b"".join(kept))
        self._written = len(happened)
        return beginning, tuple(happened)

    def extend(self, record: WorldRecord, state: WorldState) -> None:
        """Append what has happened since the last time.

        Raises:
            Refused: the disk does not take it.
        """
        new = record.happened[self._written :]
        if not new:
            return
        places = [RecordLine(state.stretch, state.inputs, each) for each in new]
        lines = [with_checksum(msgspec.json.encode(each)) + b"\n" for each in places]
        try:
            descriptor = open_private(self._folder / RECORD)
            with os.fdopen(descriptor, "ab") as file:
                file.write(b"".join(lines))
        except OSError as error:
            raise Refused(f"{self._folder / RECORD} cannot be written: {error.strerror}") from error
        self._written += len(new)

    def _line(self, line: bytes) -> RecordLine:
        try:
            return msgspec.json.decode(without_checksum(line.rstrip()), type=RecordLine)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DataFileError(str(self._folder / RECORD), None, f"is damaged: {error}") from error

    def _decoded(self, name: str, kind: type[Decoded]) -> Decoded:
        try:
            return msgspec.json.decode(without_checksum(self._read(name)), type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DataFileError(str(self._folder / name), None, f"is damaged: {error}") from error

    def _read(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            raise DataFileError(str(self._folder / name), None, f"cannot be read: {error.strerror}") from error

    def _write(self, name: str, content: bytes) -> None:
        try:
            write_private(self._folder / name, content)
        except OSError as error:
            raise Refused(f"{self._folder / name} cannot be written: {error.strerror}") from error


def page_digest(page: Path) -> str:
    """Digest of a lab's page.

    Raises:
        DataFileError: it cannot be read.
    """
    try:
        return sha256(page.read_bytes()).hexdigest()
    except OSError as error:
        raise DataFileError(str(page), None, f"cannot be read: {error.strerror}") from error


def new_saved(page: Path, lab: TrainingLab, progress: Progress, *, exam: bool) -> SavedLab:
    """A learner who begins."""
    return SavedLab(str(page.resolve()), page_digest(page), lab.seed, lab.values, progress, exam)
