"""Notices of a teacher to a class: a note for each learner, and whether the class is stopped. Kept over a restart."""

import logging
from pathlib import Path
from threading import Lock

import msgspec

from emulator.kernel.errors import DataFileError
from emulator.kernel.private_files import write_private

FILE = "notices.json"

LOG = logging.getLogger(__name__)


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    frozen: bool = False
    notes: dict[str, str] = {}


class ClassNotices:
    """The notices of a class; used by many threads."""

    def __init__(self, folder: Path) -> None:
        """Read them from the directory of the class.

        Raises:
            DataFileError: the file is damaged.
        """
        self._file, self._lock = folder / FILE, Lock()
        try:
            self._kept = msgspec.json.decode(self._file.read_bytes(), type=_Kept)
        except FileNotFoundError:
            self._kept = _Kept()
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DataFileError(str(self._file), None, "is damaged; remove it, and the notes with it") from error

    @property
    def frozen(self) -> bool:
        """Tell whether the class is stopped."""
        return self._kept.frozen

    def freeze(self, *, frozen: bool) -> None:
        """Stop the class, or let it go on."""
        with self._lock:
            self._kept.frozen = frozen
            self._write()

    def note(self, learner: str) -> str:
        """The note for a learner; empty without one."""
        return self._kept.notes.get(learner, "")

    def write(self, learner: str, text: str) -> None:
        """Put a note in the place of the last one for a learner; an empty one takes it away."""
        with self._lock:
            self._kept.notes = {**self._kept.notes, learner: text}
            if not text:
                del self._kept.notes[learner]
            self._write()

    def _write(self) -> None:
        try:
            write_private(self._file, msgspec.json.encode(self._kept))
        except OSError as error:
            LOG.warning("%s cannot be written: %s", self._file, error.strerror)
