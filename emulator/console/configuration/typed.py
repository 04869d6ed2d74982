"""Subject of a parsed line of the language: the row of its table, and the key of the line that it sets."""

from functools import partial

from emulator.console.configuration.language import FORMS, key_of
from emulator.console.configuration.rows import Row
from emulator.grammar import Parsed


def row_of_run(outcome: Parsed) -> Row | None:
    """Row that a command was made from; None for a command of a file."""
    run = outcome.run
    return run.keywords.get("row") if isinstance(run, partial) else None


def key_of_row(row: Row, outcome: Parsed) -> str:
    """Key of the line."""
    spelled = outcome.spelled
    for word in FORMS:
        spelled = spelled.removeprefix(f"{word} ")
    return key_of(row, spelled, outcome.arguments)
