"""The modules of the product and of its tests as trees, each parsed once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path


@cache
def parsed(file: Path) -> ast.Module:
    """Parse a file that does not change; the tree is shared, so nobody may change it."""
    return ast.parse(file.read_text(encoding="utf-8"))


def modules(folder: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Yield every module below a folder, in the order of the paths."""
    for file in sorted(folder.rglob("*.py")):
        yield file, parsed(file)
