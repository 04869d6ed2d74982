"""One name has one meaning: no public name of a class or type alias stands for two things."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.architecture.modules import modules
from tests.architecture.plants import PACKAGE

TYPE_PARAMETERS = {"TypeVar", "ParamSpec", "TypeVarTuple"}
"""Functions that make a parameter of generic types, whose name means nothing outside of its definition."""


def types_by_name(folder: Path) -> dict[str, list[str]]:
    """Every public class and top-level type alias below a folder, with the places where it is defined."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file, tree in modules(folder):
        classes = ((node.name, node.lineno) for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
        for name, line in (*classes, *_aliases(tree.body)):
            if not name.startswith("_"):
                found[name].append(f"{file}:{line}")
    return dict(found)


def _aliases(statements: Iterable[ast.stmt]) -> Iterator[tuple[str, int]]:
    """Names in CamelCase that a module assigns, those for type checkers alone included."""
    for statement in statements:
        match statement:
            case ast.If(body=body, orelse=orelse):
                yield from _aliases((*body, *orelse))
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=value)
            ):
                if _is_camel_case(name) and not _is_type_parameter(value):
                    yield name, statement.lineno


def _is_camel_case(name: str) -> bool:
    return name[:1].isupper() and not name.isupper()


def _is_type_parameter(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in TYPE_PARAMETERS


def test_a_public_type_name_is_defined_once() -> None:
    twice = {name: places for name, places in types_by_name(PACKAGE).items() if len(places) > 1}
    assert twice == {}


def test_a_second_definition_would_be_found(tmp_path: Path) -> None:
    shared = "class Udi: ...\nclass _Own: ...\nItem = TypeVar('Item')\nLIMIT = 1\n"
    (tmp_path / "one.py").write_text(f"{shared}Place = tuple[int, int]\n", encoding="utf-8")
    (tmp_path / "two.py").write_text(f"{shared}if TYPE_CHECKING:\n    Place = str\n", encoding="utf-8")
    assert types_by_name(tmp_path) == {
        "Udi": [f"{tmp_path}/one.py:1", f"{tmp_path}/two.py:1"],
        "Place": [f"{tmp_path}/one.py:5", f"{tmp_path}/two.py:6"],
    }
