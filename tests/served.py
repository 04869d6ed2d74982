"""`isrtwin serve` as a process of its own."""

import os
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
