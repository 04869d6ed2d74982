"""Reading the YAML that users write: YAML 1.2 scalars, and errors that name the line.

Only 1.2 scalars: `off` is a word, not a truth value. ruamel.yaml is imported when the first file is read, because a
console must prompt before anything heavy is loaded.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from emulator.kernel.datafile import explain
from emulator.kernel.errors import DataFileError

Record = TypeVar("Record")

_STEP = re.compile(r"\[(\d+)\]|\[\.\.\.\]|([^.\[\]]+)")


class YamlTree(msgspec.Struct, frozen=True):
    """A YAML file that was read: its plain data, and the tree that knows where each part of them stands."""

    name: str
    data: Any
    tree: Any

    def line(self, path: str) -> int | None:
        """The line of a part, given as `steps[3].type`."""
        return line_of(self.tree, path)


class YamlFile(msgspec.Struct, Generic[Record], frozen=True):
    """A file that was read: its data, and where in the file each part of them stands."""

    name: str
    data: Record
    tree: Any

    def line(self, path: str) -> int | None:
        """The line of a part, given as `steps[3].type`."""
        return line_of(self.tree, path)


def read_tree(file: Path, name: str | None = None) -> YamlTree:
    """Read one YAML file as plain data; `name` is how errors call the file.

    Raises:
        DataFileError: the file cannot be read or is not YAML; with the line where that is known.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    name = name or str(file)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(name, None, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    try:
        tree = YAML(typ="rt").load(text)
        return YamlTree(name, plain(tree), tree)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DataFileError(name, line, f"is not YAML: {error.problem or error.context}") from error
    except YAMLError as error:
        raise DataFileError(name, None, f"is not YAML: {error}") from error
    except RecursionError:
        raise DataFileError(name, None, "is not YAML that can be read: it is nested too deep") from None


def read_yaml(file: Path, record: type[Record], name: str | None = None) -> YamlFile[Record]:
    """Read one YAML file as `record`; `name` is how errors call the file.

    Raises:
        DataFileError: the file cannot be read, is not YAML, or does not fit; with the line where that is known.
    """
    read = read_tree(file, name)
    try:
        return YamlFile(read.name, msgspec.convert(read.data, record), read.tree)
    except msgspec.ValidationError as error:
        path, problem = explain(error, record)
        raise DataFileError(read.name, read.line(path), f"{path}: {problem}" if path else problem) from error


def plain(node: Any) -> Any:
    """The same data as plain Python values, without the marks of the loader."""
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [plain(value) for value in node]
    for kind in (bool, int, float, str):
        if isinstance(node, kind):
            return kind(node)
    if isinstance(node, datetime):
        return node.isoformat()
    return node


def line_of(tree: Any, path: str) -> int | None:
    """The line, counted from 1, of the deepest part of `path` that the file marks."""
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
