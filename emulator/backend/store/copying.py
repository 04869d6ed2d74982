"""Copies of a SQLite database while others use it, and what a copy that is put back takes over."""

import contextlib
import os
import sqlite3
from pathlib import Path

from emulator.backend.store.checksum import settle
from emulator.backend.store.reading import read_only
from emulator.kernel.errors import DataFileError, Refused

OWNER_ONLY = 0o600


def copy_database(source: Path, target: Path) -> None:
    """Write the records of one moment into a new file; what is not committed is not in it.

    Raises:
        DataFileError: the source is no database, or is damaged.
        Refused: the copy cannot be written; nothing of it is left.
    """
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
    except OSError as error:
        raise Refused(f"{target} cannot be written: {error.strerror}") from error
    try:
        with (
            contextlib.closing(read_only(source)) as reading,
            contextlib.closing(sqlite3.connect(target)) as writing,
        ):
            reading.backup(writing)
        settle(target)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise Refused(f"{target} cannot be written: {error.strerror}") from error
    except sqlite3.DatabaseError as error:
        target.unlink(missing_ok=True)
        if isinstance(error, sqlite3.OperationalError):
            raise Refused(f"{source} cannot be copied to {target}: {error}") from error
        raise DataFileError(str(source), None, f"is damaged: {error}") from error


def keep_deliveries(before: Path, after: Path) -> None:
    """Take over which letters a mail server has taken: that is never undone, whatever else is put back.

    Args:
        before: the records that give way.
        after: those that take their place.

    Raises:
        DataFileError: one of them is no database, or is damaged.
        Refused: they cannot be read or written now.
    """
    try:
        with contextlib.closing(read_only(before)) as reading:
            taken = reading.execute(_TAKEN).fetchall()
        with contextlib.closing(sqlite3.connect(after)) as writing, writing:
            writing.executemany(_KEEP, taken)
    except sqlite3.OperationalError as error:
        raise Refused(f"the letters in {before} cannot be kept in {after}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise DataFileError(str(before), None, f"is damaged: {error}") from error
    settle(after)


_TAKEN = """\
SELECT delivered, number, due, address, sender, subject, body, refers FROM outbox WHERE delivered IS NOT NULL
"""
_KEEP = """\
UPDATE outbox SET delivered = ? WHERE delivered IS NULL
AND number = ? AND due = ? AND address = ? AND sender = ? AND subject = ? AND body = ? AND refers = ?
"""
