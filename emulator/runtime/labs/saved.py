"""Files kept beside the world of a lab: how far the learner is, and the record of what happened since the start.

The record grows by a line for everything that happens, each with its place in the history of the world, and is written
before the world is. So whatever state the world is found in, after a kill or when somebody has put it back, the lines
up to that state are the record, what lies beyond it goes, and what another command did there meanwhile is taken in.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from emulator.kernel.errors import DataFileError, Refused
from emulator.kernel.private_files import open_private, write_private
from emulator.kernel.time import Instant
from emulator.labs.model import TrainingLab
from emulator.labs.progress import Progress
from emulator.labs.timer import LabTimer
from emulator.runtime.labs.file_names import BEGINNING, LAB, PLACE, RECORD
from emulator.runtime.labs.missed import HistoryPosition, missed
from emulator.scenarios.predicates import Happening, WorldRecord
from emulator.scenarios.predicates.record import Beginning
from emulator.world.checked_json import with_checksum, without_checksum
from emulator.world.directory import WorldDirectory
from emulator.world.state import WorldState

Decoded = TypeVar("Decoded")

MENDED = "put a copy of it back, or reset the lab"
"""Ways out for a file that cannot be read."""


class SavedLab(msgspec.Struct, forbid_unknown_fields=True):
    """A learner in a lab.

    Attributes:
        page: the lab's page.
        digest: of the page when the lab began.
        seed: of the lab.
        values: what was drawn, and what the prelude saved.
        progress: how far the learner is.
        timer: time that the learner takes.
        exam: hints are off.
    """

    page: str
    digest: str
    seed: int
    values: dict[str, str]
    progress: Progress
    timer: LabTimer
    exam: bool = False
    format: int = 2


class RecordLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Event of a record, and its place in the history of the world."""

    place: HistoryPosition
    happening: Happening


class RecordEnd(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """Place in the history of the world up to which the record is complete, and the lines that it has at least."""

    stretch: int = 0
    inputs: int = 0
    at: Instant = 0
    lines: int = 0

    @property
    def place(self) -> HistoryPosition:
        """The place alone."""
        return self.stretch, self.inputs, self.at


class LearnerFiles:
    """The files of a lab in the directory of its world."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        """Number of happenings that are in the file."""
        self._place: HistoryPosition = (0, 0, 0)
        """Place in the history up to which the file is complete."""

    @property
    def page(self) -> Path:
        """Page of the lab that was begun here.

        Raises:
            DataFileError: the file is damaged.
        """
        return Path(self._decoded(LAB, SavedLab).page)

    def begin(self, saved: SavedLab, beginning: Beginning) -> None:
        """Write the files of a lab that begins.

        Raises:
            Refused: the disk does not take them.
        """
        self._write(BEGINNING, with_checksum(msgspec.json.encode(beginning)))
        self._write(RECORD, b"")
        self._write_end((0, 0, 0), 0)
        self.save(saved)

    def load(self) -> SavedLab:
        """Read how far the learner is.

        Raises:
            DataFileError: the file is damaged, or the page has changed since the lab began.
        """
        saved = self._decoded(LAB, SavedLab)
        page = Path(saved.page)
        if not page.is_file() or page_digest(page) != saved.digest:
            raise DataFileError(
                saved.page, None, "the page of this lab has changed since it was started; reset the lab"
            )
        return saved

    def save(self, saved: SavedLab) -> None:
        """Write how far the learner is.

        Raises:
            Refused: the disk does not take it.
        """
        self._write(LAB, with_checksum(msgspec.json.encode(saved)))

    def record(
        self, directory: WorldDirectory, found: HistoryPosition, here: HistoryPosition
    ) -> tuple[Beginning, tuple[Happening, ...]]:
        """Read the record up to the place of the world: forget what lies beyond it, and take in what was missed.

        Args:
            directory: of the world.
            found: the place at which the world was found, or to which it was put back.
            here: the place of the same state as the world is held now, which may have begun a new stretch.

        Raises:
            DataFileError: it is damaged.
            Refused: something was missed, and the history of the world does not have it any more.
        """
        beginning = self._decoded(BEGINNING, Beginning)
        end, written = self._decoded(PLACE, RecordEnd), list(self._lines())
        if len(written) < end.lines:
            problem = f"is damaged: it has {len(written)} of its {end.lines} lines; {MENDED}"
            raise DataFileError(str(self._folder / RECORD), None, problem)
        lines = [read for read in written if read.place <= found]
        if end.place < found:
            last = max([end.place, *(read.place for read in lines)])
            lines += _missed_lines(directory, last, found, beginning)
        if len(lines) < end.lines:  # a process that is killed between the two leaves too many lines, never too few
            self._write_end(end.place, len(lines))
        self._write(RECORD, b"".join(map(_written, lines)))
        self._write_end(here, len(lines))
        self._count, self._place = len(lines), here
        return beginning, tuple(read.happening for read in lines)

    def extend(self, record: WorldRecord, state: WorldState) -> None:
        """Append what has happened since the last time, and note up to where nothing is missing.

        Raises:
            Refused: the disk does not take it.
        """
        here = place_of(state)
        new = record.happened[self._count :]
        if new:
            self._append(b"".join(_written(RecordLine((*here[:2], each.at), each)) for each in new))
            self._count += len(new)
        if new or here != self._place:
            self._write_end(here, self._count)
            self._place = here

    def _write_end(self, place: HistoryPosition, lines: int) -> None:
        self._write(PLACE, with_checksum(msgspec.json.encode(RecordEnd(*place, lines))))

    def _append(self, content: bytes) -> None:
        try:
            descriptor = open_private(self._folder / RECORD)
            with os.fdopen(descriptor, "ab") as file:
                file.write(content)
        except OSError as error:
            raise Refused(f"{self._folder / RECORD} cannot be written: {error.strerror}") from error

    def _lines(self) -> Iterator[RecordLine]:
        for line in self._read(RECORD).splitlines(keepends=True):
            if not line.endswith(b"\n"):
                break  # the process was killed while it wrote this line
            yield self._line(line)

    def _line(self, line: bytes) -> RecordLine:
        try:
            return msgspec.json.decode(without_checksum(line.rstrip()), type=RecordLine)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DataFileError(str(self._folder / RECORD), None, f"is damaged: {error}; {MENDED}") from error

    def _decoded(self, name: str, kind: type[Decoded]) -> Decoded:
        try:
            return msgspec.json.decode(without_checksum(self._read(name)), type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DataFileError(str(self._folder / name), None, f"is damaged: {error}; {MENDED}") from error

    def _read(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError as error:
            raise DataFileError(str(self._folder / name), None, f"is missing; {MENDED}") from error
        except OSError as error:
            raise DataFileError(str(self._folder / name), None, f"cannot be read: {error.strerror}") from error

    def _write(self, name: str, content: bytes) -> None:
        try:
            write_private(self._folder / name, content)
        except OSError as error:
            raise Refused(f"{self._folder / name} cannot be written: {error.strerror}") from error


def place_of(state: WorldState) -> HistoryPosition:
    """Place of a state in the history of its world."""
    return state.stretch, state.inputs, state.now


def _missed_lines(
    directory: WorldDirectory, since: HistoryPosition, until: HistoryPosition, beginning: Beginning
) -> list[RecordLine]:
    """The record of what another command did to the world.

    Raises:
        DataFileError: the history that tells of it is damaged.
    """
    try:
        return [RecordLine(place, each) for place, each in missed(directory, since, until, beginning)]
    except DataFileError as error:
        raise DataFileError(error.path, error.where, f"{error.problem}; {MENDED}") from error


def _written(line: RecordLine) -> bytes:
    return with_checksum(msgspec.json.encode(line)) + b"\n"


def page_digest(page: Path) -> str:
    """Digest of a lab's page.

    Raises:
        DataFileError: it cannot be read.
    """
    try:
        return sha256(page.read_bytes()).hexdigest()
    except OSError as error:
        raise DataFileError(str(page), None, f"cannot be read: {error.strerror}") from error


def new_saved(page: Path, lab: TrainingLab, progress: Progress, timer: LabTimer, *, exam: bool) -> SavedLab:
    """A learner who begins."""
    return SavedLab(str(page.resolve()), page_digest(page), lab.seed, lab.values, progress, timer, exam)
