"""The rules of software activation as data, and the page that is made from them."""

import ast
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from emulator.kernel.datafile import read_toml
from emulator.licensing.states import TRANSITIONS, LicenseState

TOP = Path(__file__).parent.parent
RULES = Path(__file__).with_name("rulebook.toml")
SECTIONS = {
    "A": "Commands",
    "B": "Life cycle",
    "C": "License files",
    "D": "Transfer",
}


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule.

    Attributes:
        id: section, number, and a number within it: `B4-2`.
        module: the file that implements it.
        test: the test that pins it, `file::name`.
    """

    id: str
    rule: str
    basis: Literal["C", "R", "I"]
    source: str
    module: str
    test: str


class RuleBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[Rule, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the behaviour notes."""
    return read_toml(RULES, RuleBook).rule


@cache
def functions(file: Path) -> dict[str, bool]:
    """The functions at the top of a test file, and whether each does anything beside standing there."""
    module = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name: any(map(_does, node.body)) for node in module.body if isinstance(node, ast.FunctionDef)}


def _does(statement: ast.stmt) -> bool:
    idle = isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )
    return not idle


def diagram() -> str:
    """The states of a license and what leads from one to another, for a reader that draws Mermaid."""
    names = {state: state.name.lower() for state in LicenseState}
    lines = [f'    state "{state}" as {name}' for state, name in names.items()]
    for before, row in TRANSITIONS.items():
        arrows: dict[LicenseState, list[str]] = {}
        for cause, states in row.items():
            for after in states:
                arrows.setdefault(after, []).append(str(cause))
        lines += [f"    {names[before]} --> {names[after]}: {', '.join(causes)}" for after, causes in arrows.items()]
    return "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n"
