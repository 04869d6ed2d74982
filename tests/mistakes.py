"""Mistakes made on purpose, the same in every run: a word misspelt, a word that is nothing, and where to put them."""

from collections.abc import Iterator
from typing import Any

NONSENSE = "zq0zq0zq0"


def misspelt(word: str) -> str:
    """The word as a slip of the hand makes it: its last letter twice, or another digit for a word of one character."""
    return f"{word}{word[-1]}" if len(word) > 1 else f"{word}{word}{word}"


def wrong_keys(row: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The row with each of its keys misspelt, and once more with nonsense: the key, what stands there now, the row."""
    for key in row:
        for wrong in (misspelt(key), NONSENSE):
            yield key, wrong, {(wrong if each == key else each): value for each, value in row.items()}


def wrong_values(row: dict[str, Any], key: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The row with a name, or each of a list of names, wrong: the right one, the wrong one, the row."""
    value = row.get(key)
    names = value if isinstance(value, list) else [value] if value else []
    for at, name in enumerate(names):
        for wrong in (misspelt(name), NONSENSE):
            changed = wrong if not isinstance(value, list) else [*value[:at], wrong, *value[at + 1 :]]
            yield name, wrong, {**row, key: changed}
