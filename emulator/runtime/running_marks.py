"""Marks of the programs that run jobs from one folder: a file each, locked as long as the program lives.

The lock of a program that was killed is free at once, so the next one need not wait until its lease has run out. Other
hosts, which share a database alone, do wait.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.kernel.private_files import open_private, private_folder

FOLDER = "running"


def dead_programs(folder: Path) -> Iterator[str]:
    """Yield the names of the programs of a folder that ended without taking their mark away, and take it away."""
    for mark in sorted((folder / FOLDER).glob("*")):
        with mark.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield mark.name
            mark.unlink(missing_ok=True)


@contextmanager
def marked(folder: Path, name: str) -> Iterator[None]:
    """Have the mark of a program for the length of a block."""
    private_folder(folder / FOLDER)
    mark = folder / FOLDER / name
    with os.fdopen(open_private(mark), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            mark.unlink(missing_ok=True)
