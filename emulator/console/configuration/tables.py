"""Reading the tables of the configuration language, each when its mode is first used.

Everything that can be wrong with a row is told then, with the file that the row is in.
"""

from collections import Counter
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from emulator.console.configuration.access_lists import ENTRY
from emulator.console.configuration.conditions import VIRTUAL
from emulator.console.configuration.row_checks import beginnings, place_problems, row_problems
from emulator.console.configuration.rows import ModeFile, Row, TablePart
from emulator.console.modes import CONFIG, EXEC, MODE_FILES, MODES, ROMMON, tree_of
from emulator.hardware.platform import INTERFACE_KINDS
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError, UnknownName

KEYS = 4096
"""Number of keys whose rows are cached."""

SUB_INTERFACE = "sub-interface"
LINE_KINDS = ("con", "aux", "vty", *map(str, range(1, 10)))
"""Kinds of lines; a line with a number of its own is of a kind by that."""


class Table(msgspec.Struct, frozen=True):
    """The table of a mode with its parts put in.

    Attributes:
        file: the mode's own file.
        files: the file of each row.
        help_files: the file of each help.
    """

    file: str
    source: str
    rows: tuple[str | Row, ...]
    files: tuple[str, ...]
    help: dict[str, str]
    help_files: dict[str, str] = {}


@cache
def table(mode: str) -> Table:
    """Return the table of a mode; empty for EXEC and ROMMON, which have none.

    Raises:
        DataFileError: a file is wrong.
    """
    if mode in {EXEC, ROMMON}:
        return Table("", "", (), (), {})
    if tree_of(mode) != mode:
        return table(tree_of(mode))
    return read_table(MODE_FILES, mode)


def read_table(folder: Path, mode: str) -> Table:
    """Read the table of a mode from the files of a folder.

    Raises:
        DataFileError: a file is wrong.
    """
    path = folder / f"{mode}.toml"
    return table_of(path, mode, read_toml(path, ModeFile))


def table_of(path: Path, mode: str, read: ModeFile) -> Table:
    """Build the table of a mode from its file.

    Raises:
        DataFileError: one of its rows or parts is wrong.
    """
    rows: list[str | Row] = []
    files: list[str] = []
    explained = dict(read.help)
    help_files = dict.fromkeys(read.help, str(path))
    if read.like and read.rows:
        raise DataFileError(str(path), "rows", f"has rows of its own, and those of {read.like}")
    for row in read.rows:
        file = path
        found: tuple[str | Row, ...] = (row,)
        if isinstance(row, Row) and row.include:
            file = path.with_suffix("") / f"{row.include}.toml"
            part = _part(path, file, row.include)
            found, explained = part.rows, explained | part.help
            help_files |= dict.fromkeys(part.help, str(file))
        check_rows(file, mode, found)
        rows += found
        files += [str(file)] * len(found)
    _check_places(rows, files)
    return Table(str(path), read.source, tuple(rows), tuple(files), explained, help_files)


def _part(path: Path, file: Path, name: str) -> TablePart:
    if not file.is_file():
        known = (each.stem for each in file.parent.glob("*.toml"))
        raise DataFileError(str(path), f"rows: '{name}'.include", str(UnknownName("part", name, known)))
    return read_toml(file, TablePart)


def _check_places(rows: list[str | Row], files: list[str]) -> None:
    """Check the names by which rows refer to other rows of their table."""
    own = [row for row in rows if isinstance(row, Row)]
    lines = {name for row in own for name in (row.place, row.head) if name}
    named = Counter(name for row in own for name in beginnings(row))
    left, taken = {row.moved_to for row in own} - {""}, {row.moved_here for row in own} - {""}
    for row, file in zip(rows, files, strict=True):
        if not isinstance(row, Row):
            continue
        for key, problem in place_problems(row, named):
            raise DataFileError(file, f"rows: '{_name(row)}'.{key}", problem)
        for key, what, name, known in (
            ("only_with", "line", row.only_with, lines),
            ("moved_to", "place", row.moved_to, taken),
            ("moved_here", "place that a line is moved to", row.moved_here, left),
            ("when_absent", "line", _known_part(row.when_absent, lines), lines),
            ("no_leaves", "line", _known_part(row.no_leaves, lines), lines),
        ):
            if name and name not in known:
                raise DataFileError(file, f"rows: '{_name(row)}'.{key}", str(UnknownName(what, name, known)))


def lone_slots(read: Table) -> dict[str, str]:
    """Slots of a table at which no line of its own is printed, each with its file; commands keep lines there."""
    own = {row.place for row in read.rows if isinstance(row, Row) and row.line} | {ENTRY}
    return {
        row.slot: file
        for row, file in zip(read.rows, read.files, strict=True)
        if isinstance(row, Row) and row.slot and row.slot not in own
    }


def _known_part(line: str, known: Collection[str]) -> str:
    """The beginning of a printed line, or of what its `no` takes back, that is among the known; without one, all."""
    words = line.removeprefix("no ").split()
    beginnings = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((each for each in beginnings if each in known), " ".join(words))


def _name(row: Row) -> str:
    return row.line or row.slot or row.fact or row.text or row.moved_here or f"{row.blanks} blank lines"


def check_rows(file: Path, mode: str, rows: tuple[str | Row, ...]) -> None:
    """Report the first mistake in the rows of a file.

    Raises:
        DataFileError: a row is wrong.
    """
    for row in rows:
        if not isinstance(row, Row):
            continue
        for key, problem in row_problems(row, known_kinds(mode)):
            raise DataFileError(str(file), f"rows: '{_name(row)}'{key and f'.{key}'}", problem)


def known_kinds(mode: str) -> tuple[str, ...]:
    """Kinds of the subjects of a mode's sections: interfaces, lines or routing protocols."""
    if mode == "config-line":
        return LINE_KINDS
    if mode in {"config-router", "config-router-af"}:
        return _protocols()
    if mode == tree_of("config-subif"):
        return (*INTERFACE_KINDS, *VIRTUAL.values(), SUB_INTERFACE)
    return ()


@cache
def _protocols() -> tuple[str, ...]:
    """The routing protocols that a line of configuration mode begins: `router ospf`."""
    lines = (row.head.split() for row in table(CONFIG).rows if isinstance(row, Row) and row.enters == "config-router")
    return tuple(dict.fromkeys(words[1] for words in lines if len(words) > 1))


def table_modes() -> list[str]:
    """List the modes that have a table."""
    return sorted(mode for mode in MODES if mode not in {EXEC, ROMMON})


@cache
def slots(mode: str) -> dict[str, int]:
    """Map every slot of a mode to the rank of its place: the index of the first row that has it."""
    ranks: dict[str, int] = {}
    for rank, row in enumerate(table(mode).rows):
        if isinstance(row, Row) and row.place:
            ranks.setdefault(row.place, rank)
    return ranks


@cache
def rows_at(mode: str, place: str) -> tuple[Row, ...]:
    """Rows of one place."""
    return tuple(row for row in table(mode).rows if isinstance(row, Row) and row.place == place)


def slot_of(mode: str, key: str) -> str | None:
    """Slot of a key: the longest that the key's words begin with."""
    known, parts = slots(mode), key.split(" ")
    for count in range(len(parts), 0, -1):
        slot = " ".join(parts[:count])
        if slot in known:
            return slot
    return None


@lru_cache(maxsize=KEYS)
def row_of(mode: str, key: str, *, section: bool = False) -> Row | None:
    """Row at whose place a key is printed; of a section, the row of its header."""
    slot = slot_of(mode, key)
    if slot is None:
        return None
    rows = rows_at(mode, slot)
    return next((row for row in rows if row.enters), rows[0]) if section else rows[0]
