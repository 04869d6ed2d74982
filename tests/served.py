"""`isrtwin serve` as a process of its own."""

import os
import re
import subprocess
import sys
from typing import IO

READY = "Ctrl-C"
"""Beginning of the last line that is told before a world is served."""


def serving(*arguments: str, errors: IO[str] | int = subprocess.STDOUT) -> tuple["subprocess.Popen[str]", str]:
    """Begin to serve, and wait until it is served: the process, and all that it told."""
    process = subprocess.Popen(
        [sys.executable, "-m", "emulator", "serve", *arguments],
        stdout=subprocess.PIPE, stderr=errors, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if line.startswith(READY):
            return process, told
    process.communicate()
    raise AssertionError(f"it did not come up:\n{told}")


def row_of(told: str, router: str = "R1") -> dict[str, str]:
    """Cells of a router in the table of `serve` by their headings: its address, and the ports without remarks."""
    lines = [re.split(r" {2,}", line) for line in told.splitlines()]
    [heading] = [cells for cells in lines if cells[0] == "Router"]
    [row] = [cells for cells in lines if cells[0] == router]
    return {name: cell.partition(" ")[0] for name, cell in zip(heading, row, strict=True)}
