"""No module keeps state: what a module names is made when it is imported, and no function changes it afterwards.

What is worked out once and kept stands in `functools.cache`, on functions of which the same arguments always give the
same value; and that cannot be told apart from working it out again.
"""

import ast
from collections.abc import Iterator
from functools import cache

from tests.architecture.modules import modules
from tests.architecture.plants import PACKAGE

MUTATING = {
    "add", "append", "appendleft", "clear", "discard", "extend", "extendleft", "insert", "move_to_end", "pop",
    "popitem", "popleft", "remove", "reverse", "setdefault", "sort", "update",
}  # fmt: skip
"""Methods by which a container is changed."""

TABLES = {"emulator.backend.store.tables", "emulator.manager.store.tables"}
"""Modules that name tables of SQL, whose methods of such a name make a statement."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules_of(package: str) -> set[str]:
    """The modules that are imported from a package by their names alone."""
    folder = PACKAGE.parent.joinpath(*package.split("."))
    return {path.stem for path in folder.iterdir()} if folder.is_dir() else set()


def module_names(tree: ast.Module) -> set[str]:
    """Names that a module gives to values, and those of values that it takes from other modules of the package."""
    names: set[str] = set()
    for node in tree.body:
        match node:
            case ast.Assign(value=ast.Call(func=ast.Name(id="Table"))):
                continue
            case ast.Assign(targets=targets):
                names |= {each.id for each in targets if isinstance(each, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.ImportFrom(module=str(module), names=imported) if (
                module.startswith("emulator") and module not in TABLES
            ):
                names |= {each.asname or each.name for each in imported if each.name not in modules_of(module)}
    return names


def changes(function: Function, names: set[str]) -> Iterator[tuple[int, str]]:
    """Line and name of each change of one of these names, unless the function has something of its own by that name."""
    own = {each.arg for each in ast.walk(function) if isinstance(each, ast.arg)}
    shared: set[str] = set()
    found: list[tuple[int, str]] = []
    for node in ast.walk(function):
        changed: ast.AST | None = None
        match node:
            case ast.Global(names=given):
                shared |= set(given)
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                own.add(name)
                found.append((node.lineno, name))
            case ast.Subscript(ctx=ast.Store() | ast.Del()) | ast.Attribute(ctx=ast.Store() | ast.Del()):
                changed = node.value
            case ast.Call(func=ast.Attribute(attr=method, value=value)) if method in MUTATING:
                changed = value
        if isinstance(changed, ast.Name):
            found.append((changed.lineno, changed.id))
    yield from (each for each in found if each[1] in names and each[1] not in own - shared)


def shared_changes(tree: ast.Module) -> list[tuple[int, str]]:
    """Lines of a module whose functions change what the module, or another one, names."""
    names = module_names(tree)
    bodies = [tree.body, *(node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    functions = [node for body in bodies for node in body if isinstance(node, Function)]
    return sorted({change for function in functions for change in changes(function, names)})


def test_no_function_changes_what_a_module_names() -> None:
    found = {
        str(file.relative_to(PACKAGE)): changes for file, tree in modules(PACKAGE) if (changes := shared_changes(tree))
    }
    assert found == {}


def test_a_change_would_be_found() -> None:
    source = """
from emulator.kernel.time import LATER

KEPT: dict[str, int] = {}
LAST = Last()
COUNT = 0

def keep(name, LOCAL):
    KEPT[name] = 1
    LAST.event = name
    LATER.append(name)
    LOCAL.append(name)
    mine = []
    mine.append(KEPT.get(name))

def count():
    global COUNT
    COUNT += 1

def shadowed(KEPT):
    KEPT.clear()
"""
    assert shared_changes(ast.parse(source)) == [(9, "KEPT"), (10, "LAST"), (11, "LATER"), (18, "COUNT")]
