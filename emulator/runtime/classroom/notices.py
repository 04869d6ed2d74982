"""Notices of a teacher to a class: a note for each learner, and when the class is stopped. Kept over a restart.

The time for which a class was stopped is not taken off an exam.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Protocol

import msgspec

from emulator.kernel.errors import DataFileError
from emulator.kernel.private_files import write_private

FILE = "notices.json"

LOG = logging.getLogger(__name__)


class Stops(Protocol):
    """The times at which a learner is stopped."""

    @property
    def frozen(self) -> bool:
        """Tell whether the learner is stopped now."""

    def stopped_within(self, begin: float, end: float) -> float:
        """Seconds between two instants, in seconds since 1970, for which the learner was stopped."""


class NeverStopped:
    """The times at which a teacher is stopped; implements `Stops`."""

    frozen = False

    def stopped_within(self, begin: float, end: float) -> float:
        """No seconds."""
        del begin, end
        return 0.0


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    frozen: bool = False
    notes: dict[str, str] = {}
    stops: list[tuple[float, float | None]] = []
    """Stops of the class: the beginning and the end of each, in seconds since 1970; None while it lasts."""


class ClassNotices:
    """The notices of a class; used by many threads; implements `Stops` for its learners."""

    def __init__(self, folder: Path, wall: Callable[[], float]) -> None:
        """Read them from the directory of the class; `wall` has seconds since 1970.

        Raises:
            DataFileError: the file is damaged.
        """
        self._file, self._lock, self._wall = folder / FILE, Lock(), wall
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
            if frozen and not self._kept.frozen:
                self._kept.stops = [*self._kept.stops, (self._wall(), None)]
            elif not frozen:
                self._kept.stops = [(begin, self._wall() if end is None else end) for begin, end in self._kept.stops]
            self._kept.frozen = frozen
            self._write()

    def stopped_within(self, begin: float, end: float) -> float:
        """Seconds between two instants for which the class was stopped."""
        spans = ((max(since, begin), end if until is None else min(until, end)) for since, until in self._kept.stops)
        return sum(max(until - since, 0.0) for since, until in spans)

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
