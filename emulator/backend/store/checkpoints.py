"""Checkpoints: the log of an SQLite file is carried over into the file, whose checksum is then written anew.

It is done when the log has become long, and when the database is closed. A disk that does not take the checksum leaves
the file marked as unsettled, or the log as it is: an act that was committed is never failed for that.
"""

import contextlib
import os
from pathlib import Path

from sqlalchemy import Connection, Engine

from emulator.backend.store.checksum import UNSETTLED, settle, unsettle, verified
from emulator.kernel.errors import START_ANEW, DataFileError

LONG_LOG = 8 * 1024 * 1024
"""Bytes of the log at which it is carried over, or a quarter of the file where that is more."""

SHARE = 4


class Checkpoints:
    """The file of an open database, and its checksum."""

    def __init__(self, path: Path) -> None:
        """Check a file before it is opened; one that is missing or empty is marked as new.

        Raises:
            DataFileError: it is damaged.
            OSError: the disk does not take the mark.
        """
        self._path, self._log = path, path.with_name(path.name + "-wal")
        self.told = verified(path) if path.is_file() and path.stat().st_size else UNSETTLED
        self.is_new = not path.is_file() or not path.stat().st_size
        if self.is_new:
            unsettle(path)
        self._descriptor: int | None = None

    @property
    def unsettled(self) -> bool:
        """Tell whether the checksum was still to be written when the file was opened."""
        return self.told in {None, UNSETTLED}

    def opened(self, connection: Connection, *, older: bool) -> None:
        """Look at a file that was just opened, before anything in it is changed.

        Args:
            connection: to it.
            older: an older program wrote it last.

        Raises:
            DataFileError: its structure is damaged, or its checksum is missing though it had one.
        """
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDONLY)
        if self.told is None:
            if not older:
                problem = f"has no checksum beside it; put a copy of both back, or {START_ANEW}"
                raise DataFileError(str(self._path), None, problem)
            unsettle(self._path)
        if self.unsettled and not self.is_new:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            if found != "ok":
                raise DataFileError(str(self._path), None, f"is damaged: {found}; put a copy back, or {START_ANEW}")

    def committed(self, writer: Engine) -> None:
        """Carry the log over if it is long."""
        try:
            if self._log.stat().st_size < max(LONG_LOG, self._path.stat().st_size // SHARE):
                return
        except OSError:
            return
        self.carry_over(writer)

    def carry_over(self, writer: Engine) -> None:
        """Carry over what can be now, and write down the checksum."""
        assert self._descriptor is not None
        with contextlib.suppress(OSError):
            unsettle(self._path)
            with writer.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").all()
            settle(self._path, self._descriptor)

    def close(self, writer: Engine, reader: Engine) -> None:
        """Close all connections, the last of which carries over the rest of the log and removes it.

        The file stays unsettled while another process has it open.
        """
        with contextlib.suppress(OSError):
            unsettle(self._path)
        reader.dispose()
        writer.dispose()
        with contextlib.suppress(OSError):
            if not self._log.exists():
                settle(self._path, self._descriptor)
        self.abandon()

    def abandon(self) -> None:
        """Close a file that could not be used, and leave its checksum as it is."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
