"""Ports that a socket had are used while it is open: given back, one may be a client's a moment later.

A server that begins later takes its port from `free_ports`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.modules import modules

TOP = Path(__file__).parents[2]

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def given_back(tree: ast.Module) -> Iterator[int]:
    """Lines at which a port is used behind the block that held the socket with it."""
    for function in (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)):
        for block in (node for node in ast.walk(function) if isinstance(node, (ast.With, ast.AsyncWith))):
            held = {each.optional_vars.id for each in block.items if isinstance(each.optional_vars, ast.Name)}
            ports = set(_ports_of(block, held))
            used = (each for each in ast.walk(function) if isinstance(each, ast.Name) and each.id in ports)
            yield from (each.lineno for each in used if each.lineno > (block.end_lineno or 0))


def _ports_of(block: ast.With | ast.AsyncWith, held: set[str]) -> Iterator[str]:
    """Names that get a port of a socket that a block holds."""
    for node in ast.walk(block):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                if _is_port(value, held):
                    yield name


def _is_port(value: ast.expr, held: set[str]) -> bool:
    match value:
        case ast.Subscript(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="getsockname"))):
            return name in held
        case ast.BinOp(left=left):
            return _is_port(left, held)
    return False


GIVEN_BACK = """
def test_a_server():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    serve(port)
"""

HELD = """
def test_a_server():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        serve(port)
"""


@pytest.mark.parametrize(("text", "lines"), [(GIVEN_BACK, [5]), (HELD, [])], ids=["given back", "held"])
def test_it_is_found(text: str, lines: list[int]) -> None:
    assert list(given_back(ast.parse(text))) == lines


def test_no_port_is_used_when_its_socket_is_closed() -> None:
    found = [
        f"{path.relative_to(TOP)}:{line}"
        for folder in ("emulator", "tests")
        for path, tree in modules(TOP / folder)
        for line in given_back(tree)
    ]
    assert found == []
