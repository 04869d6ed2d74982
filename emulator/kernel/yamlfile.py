"""Reading the YAML that users write: what a plain value is, is in `yaml_loader`; errors name the line.

A file from elsewhere cannot make reading it long: its size, its depth and what its aliases come to are bounded.

ruamel.yaml is imported when the first file is read, because a console must prompt before anything heavy is loaded.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from emulator.kernel.data_path import shown_path
from emulator.kernel.datafile import explain, mistakes
from emulator.kernel.errors import DataFileError
from emulator.kernel.host_paths import read_text
from emulator.kernel.yaml_mistakes import located

Record = TypeVar("Record")

LARGEST = 4 * 1024 * 1024
"""Size limit of a file, in bytes."""

DEEPEST = 50
"""Depth limit of nested lists and mappings."""

MOST_VALUES = 500_000
"""Limit of the values in a file, with those behind an alias counted each time."""

MOST_MERGES = 100
"""Limit of the merge keys in a file: the time that the loader takes for them grows with their square."""

TOO_DEEP = "is not YAML that can be read: it is nested too deep"

MOST_OPEN = 200
"""Limit of the brackets open at once, those in texts included: the loader looks ahead for what closes each."""

_BRACKETS = re.compile(r"[\[\]{}]")

_STEP = re.compile(r"\[(\d+)\]|\[\.\.\.\]|([^.\[\]]+)")


class YamlTree(msgspec.Struct, frozen=True):
    """A parsed YAML file: its plain data, and the tree that knows the line of each part.

    Attributes:
        above: lines of the file above the text that was parsed.
    """

    name: str
    data: Any
    tree: Any
    above: int = 0

    def line(self, path: str) -> int | None:
        """Line number of a part, given as `steps[3].type`; None if the file does not mark it."""
        line = line_of(self.tree, path)
        return line and line + self.above


class YamlFile(msgspec.Struct, Generic[Record], frozen=True):
    """A typed YAML file: its data, and the line of each part."""

    name: str
    data: Record
    tree: Any

    def line(self, path: str) -> int | None:
        """Line number of a part, given as `steps[3].type`; None if the file does not mark it."""
        return line_of(self.tree, path)


def read_tree(file: Path, name: str | None = None) -> YamlTree:
    """Read one YAML file as plain data; `name` is how errors call the file.

    Raises:
        DataFileError: the file cannot be read or is not YAML; with the line where that is known.
    """
    name = name or str(file)
    try:
        text = read_text(file, LARGEST)
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(name, None, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return parse_tree(text, name)


def parse_tree(text: str, name: str, above: int = 0) -> YamlTree:
    """Parse a text as plain data.

    Args:
        text: a file, or a part of one.
        name: how errors call the file.
        above: lines of the file above that part.

    Raises:
        DataFileError: the text is not YAML; with the line where that is known.
    """
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    from emulator.kernel.yaml_loader import load

    if _most_open(text) > MOST_OPEN:
        raise DataFileError(name, None, TOO_DEEP)
    if text.count("<<") > MOST_MERGES:
        raise DataFileError(name, None, f"has more than {MOST_MERGES} merges ('<<')")
    try:
        tree = load(text)
        return YamlTree(name, _Plain(name).value(tree), tree, above)
    except MarkedYAMLError as error:
        if error.problem_mark is None:
            raise DataFileError(name, None, f"is not YAML: {error.problem or error.context}") from error
        told = located(text, str(error.problem), error.problem_mark, str(error.context or ""), error.context_mark)
        raise DataFileError(name, told.line + above, f"is not YAML: {told.text}") from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 + above
        raise DataFileError(name, line, "is not YAML: has a control character that no text has") from error
    except (YAMLError, ValueError) as error:
        raise DataFileError(name, None, f"is not YAML: {error}") from error
    except RecursionError:
        raise DataFileError(name, None, TOO_DEEP) from None


def _most_open(text: str) -> int:
    """Tell how many brackets are open at once, as far as that can be told without reading the text."""
    depth = most = 0
    for found in _BRACKETS.finditer(text):
        depth = depth + 1 if found[0] in "[{" else max(depth - 1, 0)
        most = max(most, depth)
    return most


def read_yaml(file: Path, record: type[Record], name: str | None = None) -> YamlFile[Record]:
    """Read one YAML file as `record`; `name` is how errors call the file.

    Raises:
        DataFileError: the file cannot be read, is not YAML, or does not fit; with the line where that is known.
    """
    read = read_tree(file, name)
    try:
        return YamlFile(read.name, msgspec.convert(read.data, record), read.tree)
    except msgspec.ValidationError as error:
        path, problem = next(mistakes(read.data, record), None) or explain(error, record)
        raise DataFileError(
            read.name, read.line(path), f"{shown_path(path)}: {problem}" if path else problem
        ) from error


class _Plain:
    """The data of a loaded file as plain Python values, without the marks of the loader."""

    def __init__(self, name: str) -> None:
        self._name, self._values = name, 0

    def value(self, node: Any, depth: int = 0) -> Any:
        """Convert a part of the file.

        Raises:
            DataFileError: it is too deep, or its aliases come to too much.
        """
        self._values += 1
        if self._values > MOST_VALUES:
            raise DataFileError(self._name, None, f"has more than {MOST_VALUES} values, those behind aliases included")
        if depth > DEEPEST:
            raise DataFileError(self._name, None, TOO_DEEP)
        if isinstance(node, Mapping):
            return {str(key): self.value(value, depth + 1) for key, value in node.items()}
        if isinstance(node, Sequence) and not isinstance(node, str):
            return [self.value(value, depth + 1) for value in node]
        for kind in (bool, int, float, str):
            if isinstance(node, kind):
                return kind(node)
        return node


def value_at(data: Any, path: str) -> Any:
    """The part of plain data that a path leads to; None where there is none."""
    for step in _STEP.finditer(path):
        index, key = step.groups()
        try:
            data = data[key] if index is None else data[int(index)]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def line_of(tree: Any, path: str) -> int | None:
    """Line number, counted from 1, of the deepest part of `path` that the file marks."""
    line: int | None = tree.lc.line + 1 if hasattr(tree, "lc") else None
    node = tree
    for step in _STEP.finditer(path):
        index, key = step.groups()
        try:
            if index is not None:
                line = node.lc.item(int(index))[0] + 1
                node = node[int(index)]
            elif key is not None:
                line = node.lc.key(key)[0] + 1
                node = node[key]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line
