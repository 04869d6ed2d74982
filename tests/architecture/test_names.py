"""One name has one meaning: no public class name stands for two things."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.architecture.plants import PACKAGE


def classes_by_name(folder: Path) -> dict[str, list[str]]:
    """Every public class of the package with the places where it is defined."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(f"{file}:{node.lineno}")
    return dict(found)


def test_a_public_class_name_is_defined_once() -> None:
    twice = {name: places for name, places in classes_by_name(PACKAGE).items() if len(places) > 1}
    assert twice == {}


def test_a_second_definition_would_be_found(tmp_path: Path) -> None:
    for name, source in {
        "one": "class Udi: ...\nclass _Own: ...\n",
        "two": "class Udi: ...\nclass _Own: ...\n",
    }.items():
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    assert classes_by_name(tmp_path) == {"Udi": [f"{tmp_path}/one.py:1", f"{tmp_path}/two.py:1"]}
