"""Variables of a scenario, and the combinations of its matrix."""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from emulator.kernel.errors import Refused, UnknownName
from emulator.scenarios.model import SLOT

MOST_COMBINATIONS = 64
"""Largest number of combinations of a matrix; more take too long to play."""

Values = Mapping[str, str]


class TooMany(Refused):
    """A matrix with more combinations than are played."""


def settings(texts: Iterable[str]) -> dict[str, str]:
    """Read what `--set` was given: `NAME=VALUE`.

    Raises:
        Refused: one has another form.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise Refused(f"'{text}' sets nothing; write NAME=VALUE")
        found[name] = value
    return found


def combinations(variables: Values, matrix: Mapping[str, Iterable[str]], given: Values) -> list[Values]:
    """The values of every name, once for each combination of the matrix; what is given replaces both.

    Raises:
        UnknownName: a value is given to a name that the scenario does not have.
        TooMany: there are too many combinations.
    """
    for name in given:
        if name not in variables and name not in matrix:
            raise UnknownName("variable", name, {**variables, **matrix})
    lists = {name: (given[name],) if name in given else tuple(values) for name, values in matrix.items()}
    count = 1
    for values in lists.values():
        count *= len(values)
    if count > MOST_COMBINATIONS:
        raise TooMany(f"the matrix has {count} combinations; at most {MOST_COMBINATIONS} are played")
    fixed: dict[str, str] = {name: given.get(name, value) for name, value in variables.items()}
    return [fixed | dict(zip(lists, chosen, strict=True)) for chosen in product(*lists.values())]


def filled(data: Any, values: Values) -> Any:
    """Plain data with every `{NAME}` of these values filled in, in the names of keys too."""
    if isinstance(data, str):
        return SLOT.sub(lambda slot: str(values.get(slot[1], slot[0])), data)
    if isinstance(data, dict):
        return {filled(key, values): filled(value, values) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [filled(each, values) for each in data]
    return data
