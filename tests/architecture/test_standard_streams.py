"""Output of the program goes through one place, so that text of others cannot steer the terminal that it comes to."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.modules import modules

PACKAGE = Path(__file__).parents[2] / "emulator"

WRITERS = {
    "cli/output.py": "shows the control characters of all that commands print",
    "runtime/local_terminal.py": "tells of a way back that was taken, by the name of a snapshot, which is plain",
    "runtime/visiting.py": "tells of a date",
    "transports/terminal/run.py": "a terminal without cursor control, for which all was made plain",
    "transports/attach/client.py": "a terminal of this user, drawn by the process that holds the world",
}
"""Modules that may name a standard stream to write to, and why nothing raw comes through."""


def writes(tree: ast.Module) -> Iterator[int]:
    """Lines of a module that print, or that name a standard stream to write to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield node.lineno
        parent = node.value if isinstance(node, ast.Attribute) else None
        if (
            isinstance(node, ast.Attribute)
            and isinstance(parent, ast.Attribute)
            and isinstance(parent.value, ast.Name)
            and (parent.value.id, parent.attr) in {("sys", "stdout"), ("sys", "stderr")}
            and node.attr in {"write", "writelines", "buffer"}
        ):
            yield node.lineno


def test_only_these_modules_write_to_a_standard_stream() -> None:
    found = {str(path.relative_to(PACKAGE)): lines for path, tree in modules(PACKAGE) if (lines := list(writes(tree)))}
    assert set(found) == set(WRITERS), found


def test_a_planted_write_is_found() -> None:
    assert list(writes(ast.parse("import sys\nprint(1)\nsys.stderr.write('x')\nsys.stdout.flush()\n"))) == [2, 3]
