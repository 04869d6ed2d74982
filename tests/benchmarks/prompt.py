"""`first_prompt`: a new process of `isrtwin console` on a booted router to its first prompt.

The reference is a new process that does nothing but show a prompt_toolkit prompt. Both are started in a
pseudo-terminal, in turn, and timed up to the prompt's own text.
"""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pexpect

from tests.benchmarks.figure import Figure, paired

RUNS = 9
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Environment of a user, in which modules are compiled once, not at every start."""

BARE = "from prompt_toolkit import PromptSession; PromptSession().prompt('Router>')"


def first_prompt() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as scratch:
        world = str(Path(scratch) / "world")
        ours = ["-m", "emulator", "console", "--world", world]
        pexpect.run(f"{sys.executable} -m emulator console --world {world} -c 'show clock'", timeout=60)
        _until_prompt(ours, "\r")
        _until_prompt(["-c", BARE], "")
        pairs = [(_until_prompt(ours, "\r"), _until_prompt(["-c", BARE], "")) for _ in range(RUNS)]
    yield paired("first_prompt", pairs, "s")


def _until_prompt(arguments: list[str], typed: str) -> float:
    begun = perf_counter()
    child = pexpect.spawn(sys.executable, arguments, timeout=30, dimensions=(24, 80), env=ENVIRONMENT)
    child.delaybeforesend = None
    try:
        if typed:
            child.send(typed)
        child.expect("Router>")
        return perf_counter() - begun
    finally:
        child.kill(signal.SIGKILL)
        child.wait()
        child.close()
