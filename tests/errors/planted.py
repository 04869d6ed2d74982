"""A scenario with every key of the language, the places in it, and what is told when one of them is wrong."""

from collections.abc import Iterator
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from emulator.kernel.errors import DataFileError
from emulator.kernel.yamlfile import YamlTree, read_tree
from emulator.scenarios.loader import Mistakes, load
from tests.mistakes import misspelt

WHOLE = Path(__file__).parent / "whole.yaml"
"""A scenario that is right and has every key of the language."""

DATA = read_tree(WHOLE).data

NAMES = ("variables", "matrix", "save", "fields", "answer", "choices", "routers", "questions")
"""Keys below which the author chooses the names."""


def parts(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every part of plain data with its path."""
    if path:
        yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from parts(value, f"{path}.{key}".lstrip("."))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from parts(value, f"{path}[{number}]")


def parent_of(data: Any, path: str) -> tuple[Any, Any]:
    """The part that holds another one, and its key there."""
    before, _, key = path.rpartition(".")
    if key.endswith("]"):
        before, _, number = path.rpartition("[")
        found: Any = int(number.removesuffix("]"))
    else:
        found = key
    node = data
    for step in before.replace("[", ".[").split(".") if before else ():
        node = node[int(step[1:-1])] if step.startswith("[") else node[step]
    return node, found


def told(data: Any, tmp_path: Path) -> tuple[list[DataFileError], YamlTree]:
    """The mistakes of a scenario, and the file that they were read from."""
    text = StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style, writer.sort_base_mapping_type_on_output = False, False  # type: ignore[assignment]
    writer.dump(data, text)
    file = tmp_path / "it.yaml"
    file.write_text(text.getvalue())
    try:
        load("it", file)
    except Mistakes as wrong:
        return list(wrong.found), read_tree(file)
    return [], read_tree(file)


KEYS = [
    path
    for path, _ in parts(DATA)
    if not path.endswith("]") and path.replace("]", "].").split(".")[-2:-1] not in ([name] for name in NAMES)
]
"""Paths of the keys that the language gives."""

VALUES = [path for path, _ in parts(DATA)]
"""Paths of all values."""


def told_of_misspelt(path: str, tmp_path: Path) -> tuple[list[DataFileError], int | None]:
    """The mistakes of the scenario with a key misspelt, and the line that the key is on."""
    data = deepcopy(DATA)
    node, key = parent_of(data, path)
    items = [(misspelt(key) if each == key else each, value) for each, value in node.items()]
    node.clear()
    node.update(items)
    found, file = told(data, tmp_path)
    return found, file.line(f"{path.removesuffix(key)}{misspelt(key)}")
