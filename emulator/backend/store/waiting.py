"""The letters under way in a SQLite file, read without loading the rest of the back end.

A console must prompt at once; of the whole database it needs only to know when the next letter comes.
"""

import sqlite3
from pathlib import Path

from emulator.backend.store.reading import read_only
from emulator.kernel.errors import START_ANEW, DataFileError
from emulator.kernel.time import Instant

_UNDER_WAY = "SELECT number, due, subject FROM outbox WHERE due > ? ORDER BY due, number"


def letters_under_way(file: Path, now: Instant) -> list[tuple[int, Instant, str]]:
    """List number, arrival and subject of each letter that is still to come.

    Raises:
        DataFileError: the file is damaged.
    """
    try:
        connection = read_only(file)
        try:
            return list(connection.execute(_UNDER_WAY, (now,)))
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        if str(error).startswith("no such table"):
            return []  # made by a process that was killed at once; whoever opens it sees to that
        problem = f"cannot be read: {error}; reading it takes some room on its disk"
        raise DataFileError(str(file), None, problem) from error
    except sqlite3.DatabaseError as error:
        raise DataFileError(str(file), None, f"is damaged: {error}; {START_ANEW}") from error
