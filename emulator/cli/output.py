"""Output of the command line: the one place where a command prints.

Text of others (a capture, a file of a stranger, the name of a file) may hold control characters that a terminal obeys;
they are shown as `cat -v` shows them and never sent.
"""

import sys

import msgspec

from emulator.kernel.errors import as_on_a_line, escaped_in_json, shortened, visible


def say(text: object = "", *, end: str = "\n") -> None:
    """Print a line to the standard output."""
    print(visible(str(text)), end=end, flush=not end)


def complain(text: object) -> None:
    """Print a message to the standard error, its lines of limited length."""
    print(visible(shortened(str(text))), file=sys.stderr)


def say_json(value: object, *, lines: bool = True) -> None:
    """Print a value as JSON: over several lines, or on one."""
    data = msgspec.json.encode(value)
    print(escaped_in_json((msgspec.json.format(data) if lines else data).decode()))


def show(text: str) -> None:
    """Print text of a router's line or of the bench, its line ends included."""
    sys.stdout.write(as_on_a_line(text))
