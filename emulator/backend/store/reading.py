"""Looks into the file of an SQLite database that leave nothing beside it."""

import sqlite3
from pathlib import Path


def read_only(file: Path) -> sqlite3.Connection:
    """Open the file of a database for reading.

    Without a log beside it no process has it open, and it is read as it stands: SQLite would leave an empty log there,
    which a reader may not remove.
    """
    log = file.with_name(f"{file.name}-wal")
    settled = "" if log.exists() else "&immutable=1"
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro{settled}", uri=True)
