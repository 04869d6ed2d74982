"""The book of words: its text for an argument fits every line that takes it, or the line has a help of its own."""

import re
from collections import defaultdict

from emulator.console.arguments.types import TYPES
from emulator.console.configuration.rows import Row, words
from emulator.console.configuration.tables import table, table_modes
from emulator.console.modes import tree_of
from emulator.grammar.notation import NotationToken, expand

OF_ANY_TYPE = {
    "access", "algorithms", "group", "high", "host", "how", "id", "list", "low", "marker", "mask", "methods",
    "name", "network", "pattern", "peer", "percent", "pool", "port", "prefix", "protocol", "rate", "route",
    "second", "secret", "server", "service", "severity", "source", "text", "third", "tos", "type", "url", "value",
    "version", "vlans", "what", "word", "zone",
}  # fmt: skip
"""Arguments that stand for things of several types, all of which their text in the book fits."""


def kind(written: str) -> str:
    """Kind of a type as a line writes it: any range of numbers is one kind, any choice of words another."""
    if re.fullmatch(r"\d+-\d+", written):
        return "number"
    return written if written in TYPES else "choice"


def explained_by_the_book() -> dict[str, set[str]]:
    """Kinds of type of every argument for which a line has no help of its own."""
    found: dict[str, set[str]] = defaultdict(set)
    for mode in (mode for mode in table_modes() if tree_of(mode) == mode):
        for row in table(mode).rows:
            if isinstance(row, Row):
                written = dict(re.findall(r"<(\w+):([^>]*)>", row.line))
                for flat in expand(row.line, TYPES) if row.line else ():
                    for name in taken_from_the_book(flat, table(mode).help, row.help):
                        found[name].add(kind(written[name]))
    return found


def taken_from_the_book(flat: tuple[NotationToken, ...], own: dict[str, str], last: str) -> list[str]:
    labels = [token.label for token in flat]
    return [
        token.label.strip("<>")
        for at, token in enumerate(flat)
        if token.type is not None and " ".join(labels[: at + 1]) not in own and not (last and at == len(flat) - 1)
    ]


def test_an_argument_of_the_book_is_of_one_type_or_its_text_fits_several() -> None:
    several = {name for name, kinds in explained_by_the_book().items() if len(kinds) > 1}
    assert several - OF_ANY_TYPE == set()
    assert OF_ANY_TYPE - several == set()
    assert set(words().arguments) >= OF_ANY_TYPE
