"""Entries of docstrings name what there is: each of `Args:` a parameter, each of `Attributes:` an attribute.

An entry may stand for several, as `http, https: …`. A parameter whose name says all needs no entry.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.modules import modules
from tests.architecture.plants import PACKAGE
from tests.architecture.test_docstrings import BLOCKS

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

_SECTION = re.compile(r"^(?P<title>Args|Attributes):\n(?P<entries>(?:[ ]{4}.*\n?|\n)+)", re.MULTILINE)
_ENTRY = re.compile(r"^ {4}(\*{0,2}\w+(?:, \*{0,2}\w+)*):(?: |$)", re.MULTILINE)


def definitions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Every class and function below a node; expressions are not looked into."""
    for name in BLOCKS:
        for node in getattr(tree, name, ()):
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
                yield node
            yield from definitions(node)


def entries(text: str, title: str) -> list[str]:
    """Names of the entries of a section of a docstring."""
    found = [section["entries"] for section in _SECTION.finditer(text) if section["title"] == title]
    return [name.lstrip("*") for part in found for names in _ENTRY.findall(part) for name in names.split(", ")]


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> set[str]:
    """Names of the parameters of a function, or of the `__init__` of a class."""
    if isinstance(node, ast.ClassDef):
        made = [each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"]
        return set().union(*map(parameters, made))
    given = node.args
    several = [each for each in (given.vararg, given.kwarg) if each is not None]
    return {each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs, *several)}


def attributes(cls: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> set[str]:
    """Names that a class assigns in its body, or to `self`, and those of its methods and properties."""
    if not isinstance(cls, ast.ClassDef):
        return set()
    assigned = [
        target
        for node in ast.walk(cls)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for root in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for target in ast.walk(root)
    ]
    own = {each.id for each in assigned if isinstance(each, ast.Name)}
    own |= {each.attr for each in assigned if isinstance(each, ast.Attribute)}
    return own | {each.name for each in cls.body if isinstance(each, FUNCTIONS)}


def untrue(folder: Path) -> Iterator[str]:
    """Entries for what there is not, as `file:line: name`."""
    for file, tree in modules(folder):
        for node in definitions(tree):
            text = ast.get_docstring(node) or ""
            wrong: set[str] = set()
            if told := entries(text, "Args"):
                wrong |= set(told) - parameters(node)
            if told := entries(text, "Attributes"):
                wrong |= set(told) - attributes(node)
            yield from (f"{file}:{node.lineno}: {name}" for name in sorted(wrong))


def test_every_entry_names_a_parameter_or_an_attribute() -> None:
    assert list(untrue(PACKAGE)) == []


def test_a_wrong_entry_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text(
        '''\
def sell(pak: str, *skus: str) -> None:
    """Sell.

    Args:
        pak, sku: what.
            more: of it.
        *skus: all.

    Raises:
        Refused: no.
    """


class Udi:
    """A device.

    Attributes:
        pid: the product.
        sn: the serial.
    """

    pid: str

    def __init__(self) -> None:
        """Begin.

        Args:
            no: none.
        """
''',
        encoding="utf-8",
    )
    assert list(untrue(tmp_path)) == [f"{file}:1: sku", f"{file}:14: sn", f"{file}:24: no"]
