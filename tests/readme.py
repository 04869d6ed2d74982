"""The tour of the README is real: `python -m tests.readme` runs its commands and pastes what they print.

The world of each run has a secret of its own, so its order numbers and PAKs are others; `masked` makes them equal.
"""

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
BLOCK = re.compile(r"<!-- (?P<kind>tour|tour, refused) -->\n```console\n(?P<body>.*?)```", re.DOTALL)
LEARNED = (
    (re.compile(r"(?<=portal register )\S+"), re.compile(r"(?<=\(PAK\): )\S+")),
    (re.compile(r"(?<=usbflash0:)\S+?\.lic"), re.compile(r"\w+\.lic")),
)
"""What a command names that an earlier one printed: where it stands in a command, and what it looked like there."""


SECRET_VALUES = (
    (re.compile(r"(?<=sales order )\d{12}\b|(?<=Sales order: )\d{12}\b"), "(order number)"),
    (re.compile(r"\b[2-9A-HJ-NP-Z]{11}\b"), "(PAK)"),
)
"""What follows from a world's secret, by the form that it has. No serial number has the form of a PAK: it has a 1."""


def masked(text: str) -> str:
    """A document without the values that differ from world to world."""
    for form, name in SECRET_VALUES:
        text = form.sub(name, text)
    return text


class TourFailed(Exception):
    """A command of the tour did not do what the README says it does."""


def played(text: str) -> str:
    """The README with the tour played anew, in a state directory of its own.

    Raises:
        TourFailed: a command failed, or one did not that the tour says is refused.
    """
    with tempfile.TemporaryDirectory() as scratch, _environment("XDG_STATE_HOME", scratch):
        shown = ""

        def play(block: re.Match[str]) -> str:
            nonlocal shown
            commands = [line for line in block["body"].splitlines() if line.startswith("$ isrtwin ")]
            outcomes = []
            for command in commands:
                typed = _with_what_was_printed(command, shown)
                printed, status = _run(typed)
                outcomes.append((typed, printed, status))
                shown += printed
            if any(status for _, _, status in outcomes) != (block["kind"] != "tour"):
                raise TourFailed("\n".join(f"{typed} ({status})\n{printed}" for typed, printed, status in outcomes))
            body = "".join(f"{typed}\n{printed}" for typed, printed, _ in outcomes)
            return block[0].replace(block["body"], body)

        return BLOCK.sub(play, text)


def _with_what_was_printed(command: str, shown: str) -> str:
    for place, looks in LEARNED:
        if found := looks.findall(shown):
            command = place.sub(found[-1], command)
    return command


def _run(command: str) -> tuple[str, int]:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        status = main(shlex.split(command.removeprefix("$ isrtwin ")))
    return output.getvalue(), status


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
