"""The tour of the README is real: `python -m tests.readme` runs its commands and pastes what they print."""

import contextlib
import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

from emulator.cli.main import main

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(?<=<!-- tour -->\n```console\n).*?(?=```)", re.DOTALL)


def played(text: str) -> str:
    """The README with the tour played anew, in a state directory of its own."""
    with tempfile.TemporaryDirectory() as scratch, _environment("XDG_STATE_HOME", scratch):
        return BLOCK.sub(lambda block: "".join(_run(command) for command in _commands(block[0])), text)


def _commands(block: str) -> Iterator[str]:
    return (line for line in block.splitlines() if line.startswith("$ isrtwin "))


def _run(command: str) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        main(shlex.split(command.removeprefix("$ isrtwin ")))
    return f"{command}\n{output.getvalue()}"


@contextlib.contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


if __name__ == "__main__":
    README.write_text(played(README.read_text(encoding="utf-8")), encoding="utf-8")
