"""The page of the configuration language: every line of every table, and which lines of the grammar stand there."""

from collections.abc import Callable, Iterable
from functools import cache

from emulator.console.arguments.types import TYPES
from emulator.console.configuration.language import DEFAULT, NEGATE
from emulator.console.configuration.rows import Row, taken_back
from emulator.console.configuration.tables import table, table_modes
from emulator.console.configuration.types import phrases
from emulator.console.modes import MODES, tree_of
from emulator.grammar.notation import expand

COLUMNS = ("line", "level", "release", "interfaces or lines", "printed by itself", "basis")

INTRODUCTION = """The lines that the configuration modes know, in the order of `show running-config`. Every line also
exists after `no`, with its key alone or whole, and after `default`. Adding a line is adding a row to
`emulator/console/configuration/modes/`. A line that is not here is refused when it is typed; in the configuration of
a real router that is imported it is kept as it is. Lines that ask or do more than being kept (`enable secret`,
`username`, `interface`, `banner`, `clock timezone`, IPv4 access lists, certificates, licensing) are in the
command reference.

"""


def configuration_page(
    notice: str, basis: str, markdown: Callable[[Iterable[str], Iterable[Iterable[str]]], str]
) -> str:
    """The whole page."""
    parts = [f"# Configuration language\n\n{notice}{basis}{INTRODUCTION}"]
    for mode in table_modes():
        rows = [row for row in table(mode).rows if isinstance(row, Row) and (row.line or row.when_absent)]
        if tree_of(mode) == mode and rows:
            prompt = f"Router{MODES[mode].suffix}"
            parts.append(f"## `{prompt}`\n\n{markdown(COLUMNS, map(_cells, rows))}\n")
    forms = ((f"`{name}`", f"`{text}`") for name, text in phrases().items())
    parts.append(f"## Tails with many forms\n\n{markdown(('type', 'form'), forms)}")
    return "\n".join(parts)


def _cells(row: Row) -> tuple[str, ...]:
    release = " ".join(
        part for part in (row.since and f"from {row.since}", row.until and f"before {row.until}") if part
    )
    kinds = ", ".join(row.kinds) or (f"not {', '.join(row.unless)}" if row.unless else "")
    by_itself = f"`{row.when_absent}`" if row.when_absent else "it is on" if row.default_on else ""
    return f"`{row.line or row.place}`", row.feature, release, kinds, by_itself, row.basis


@cache
def tabled() -> frozenset[tuple[str, str]]:
    """Every flat line that the tables give, with its mode."""
    found = set()
    for mode in table_modes():
        for row in table(mode).rows:
            if isinstance(row, Row) and row.line:
                back = taken_back(row)
                lines = (("", row.line), *((word, line) for word in (NEGATE, DEFAULT) for line in back))
                for word, line in lines:
                    for flat in expand(line, TYPES):
                        found.add((mode, " ".join([word, *(token.label for token in flat)]).strip()))
    return frozenset(found)
