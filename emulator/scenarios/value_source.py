"""The place where a value is set that makes a mistake where it is used: a variable, the matrix, or `--set`."""

from collections.abc import Mapping

import msgspec

from emulator.scenarios.model import SLOT
from emulator.scenarios.variables import Values


class ValueSource(msgspec.Struct, frozen=True):
    """Place where a value is set.

    Attributes:
        path: of it in the file; empty for a value of `--set`.
        setting: the option that set it; empty for a value of the file.
    """

    path: str
    setting: str = ""


def source_of(
    text: object, problem: str, values: Values, given: Values, matrix: Mapping[str, tuple[str, ...]]
) -> ValueSource | None:
    """The place where the value is set that a problem is about; None if it is about the text itself.

    Args:
        text: as it stands in the file, with its `{NAME}`.
        problem: of the text with the values in it.
        values: all of them.
        given: those of `--set`.
        matrix: those of the matrix, in their order.
    """
    if not isinstance(text, str):
        return None
    names = [name for name in SLOT.findall(text) if name in values]
    alone = [name for name in names if text.strip() == f"{{{name}}}"]
    name = next(iter([*alone, *(each for each in names if _is_named(values[each], problem))]), None)
    if name is None:
        return None
    if name in given:
        return ValueSource("", f"--set {name}={given[name]}")
    if name in matrix:
        return ValueSource(f"matrix.{name}[{matrix[name].index(values[name])}]")
    return ValueSource(f"variables.{name}")


def _is_named(value: str, problem: str) -> bool:
    """Tell whether a problem is about a value: it quotes it, or a word of it as the one that is ambiguous."""
    return f"'{value}'" in problem or f" is ambiguous: {value} may be" in problem
