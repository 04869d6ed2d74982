"""Copies of a SQLite database while others use it."""

import contextlib
import os
import sqlite3
from pathlib import Path

from emulator.backend.store.checksum import settle
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
            contextlib.closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as reading,
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
