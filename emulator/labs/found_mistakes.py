"""Mistakes of a lab's page as they are found, each with its line; told together, in the order of the lines."""

from pathlib import Path

from emulator.kernel.data_path import shown_path
from emulator.kernel.errors import DataFileError
from emulator.kernel.yamlfile import YamlTree
from emulator.scenarios.loader import Mistakes


class FoundMistakes:
    """The mistakes of one page; each is told once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: dict[tuple[int, str], DataFileError] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def tell(self, tree: YamlTree, where: str, problem: str) -> None:
        """Tell a mistake at a path of the front matter or of a block."""
        shown = shown_path(f"steps{where}" if where.startswith("[") else where)  # a solution is a list of steps
        self.add(tree.line(where) or 1, f"{shown}: {problem}" if where else problem)

    def add(self, line: int, problem: str) -> None:
        """Tell a mistake at a line of the page."""
        self._found.setdefault((line, problem), DataFileError(str(self._path), line, problem))

    def take(self, error: DataFileError) -> None:
        """Tell why a part of the page cannot be read."""
        self.add(error.where if isinstance(error.where, int) else 1, error.problem)

    def raise_all(self) -> None:
        """Raise all mistakes that were found.

        Raises:
            Mistakes: there are some.
        """
        if self._found:
            raise Mistakes(tuple(self._found[key] for key in sorted(self._found)))
