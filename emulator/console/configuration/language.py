"""Commands made from a table of lines: typing one keeps it, `no` and `default` take it back.

Every line of a mode has three forms: as it is, after `no` (with its key alone, or whole), and after `default`. What it
keeps is its spelling in full, so an abbreviated line is printed as IOS prints it. Negating a line
that is not there says nothing (R), those apart that have a check.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from emulator.console.configuration.checks import CHECKS
from emulator.console.configuration.conditions import condition
from emulator.console.configuration.editor import Editor
from emulator.console.configuration.hooks import HOOKS
from emulator.console.configuration.networks import cut
from emulator.console.configuration.rows import Row, taken_back, words
from emulator.console.configuration.spellings import SPELLINGS
from emulator.console.configuration.tables import lone_slots, table, table_modes
from emulator.console.configuration.verdict import Verdict
from emulator.console.modes import PRIVILEGED, tree_of
from emulator.grammar import Command, Source, Tables
from emulator.kernel.effects import Handler

NEGATE, DEFAULT = "no", "default"
DIRECTIONS = frozenset({"in", "out"})
"""Last words of lines of which an interface or a neighbor may have one each way."""

FORMS = (NEGATE, DEFAULT)
"""Words that may stand before a line."""


def tables() -> Tables:
    """Map each mode with a table to the function that reads its lines when the mode is first used."""
    return {mode: partial(source_of, tree_of(mode)) for mode in table_modes()}


@cache
def source_of(tree: str) -> Source:
    """Build the contribution to the grammar of the table that a mode has, and others like it."""
    read = table(tree)
    modes = tuple(mode for mode in table_modes() if tree_of(mode) == tree)
    commands = [
        _command(row, modes, read.source, file)
        for row, file in zip(read.rows, read.files, strict=True) if isinstance(row, Row) and row.line
    ]  # fmt: skip
    help_, places = TableHelp(read.help), lone_slots(read)
    return Source(read.file, tuple(commands), help_, yielding=True, own_help=read.help_files, places=places)


def _command(row: Row, modes: tuple[str, ...], source: str, file: str) -> Command:
    return Command(
        row.line,
        modes,
        partial(enter if row.enters else keep, row=row),
        PRIVILEGED,
        condition(row),
        forms={NEGATE: partial(negate, row=row), DEFAULT: partial(reset, row=row)},
        form_lines=taken_back(row),
        help=row.help,
        source=source,
        basis=row.basis,
        file=file,
    )


class TableHelp:
    """The help of a table's lines: the table's for a prefix, else that of the book of words for its last word."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own

    def get(self, prefix: str) -> str | None:
        """Return the help of a prefix; None if neither the table nor the book has any."""
        label = prefix.rpartition(" ")[2]
        book = words().arguments if label.startswith("<") else words().words
        return self._own.get(prefix) or book.get(label.strip("<>"))


# --- what typing a line does ---------------------------------------------------------------------------------------


def keep(session: Editor, *, row: Row, **arguments: Any) -> Handler | None:
    """Keep the line in place of the one that it replaces."""
    verdict = _judged(session, row, "", arguments)
    if verdict is not None and verdict.refused:
        return verdict.said()
    key, block = key_of(row, session.spelled, arguments), session.block
    if row.default_on:
        block.lines.pop(key, None)
    else:
        block.lines[key] = _text(row, session.spelled, arguments)
    _changed(session, row)
    return _said(verdict)


def enter(session: Editor, *, row: Row, **arguments: Any) -> Handler | None:
    """Enter the section of that header, made if need be."""
    verdict = _judged(session, row, "", arguments)
    if verdict is not None and verdict.refused:
        return verdict.said()
    key = key_of(row, session.spelled, arguments)
    section = session.block.section(key)
    section.header = _text(row, session.spelled, arguments)
    session.exec.enter(row.enters, key)
    _changed(session, row)
    return _said(verdict)


def negate(session: Editor, *, row: Row, **arguments: Any) -> Handler | None:
    """Remove the line, or keep its `no` form where the line is the default."""
    verdict = _judged(session, row, NEGATE, arguments)
    if verdict is not None and verdict.refused:
        return verdict.said()
    key = key_of(row, session.spelled.removeprefix(NEGATE).strip(), arguments)
    if row.default_on or (row.keep_no and session.block.has(row.only_with)):
        session.block.lines[key] = f"{NEGATE} {key}"
    elif row.no_leaves:
        session.block.lines[key] = row.no_leaves
    else:
        _remove(session, row, key)
    _changed(session, row)
    return _said(verdict)


def reset(session: Editor, *, row: Row, **arguments: Any) -> Handler | None:
    """Reset the line to its default."""
    verdict = _judged(session, row, DEFAULT, arguments)
    if verdict is not None and verdict.refused:
        return verdict.said()
    _remove(session, row, key_of(row, session.spelled.removeprefix(DEFAULT).strip(), arguments))
    _changed(session, row)
    return _said(verdict)


def _remove(session: Editor, row: Row, key: str) -> None:
    """A network is taken back alone: a longer line with the same words is another network."""
    if row.cut and row.many and key in session.block.lines:
        del session.block.lines[key]
    else:
        session.block.remove(key)


def _judged(session: Editor, row: Row, word: str, arguments: dict[str, Any]) -> Verdict | None:
    """Return what is said to a line that somebody typed."""
    if not row.check or not session.interactive:
        return None
    return CHECKS[row.check].judge(session, word, arguments)


def _said(verdict: Verdict | None) -> Handler | None:
    return verdict.said() if verdict is not None else None


def key_of(row: Row, spelled: str, arguments: dict[str, Any]) -> str:
    """Key of a line that was typed."""
    spelled, arguments = cut(row, spelled, arguments)
    if row.many:
        return _one_of_many(row, spelled) if row.named_by else spelled
    key = _filled(row.key, row, arguments) if row.key else row.head
    return SPELLINGS[row.spelling](key) if row.spelling else key


def _one_of_many(row: Row, spelled: str) -> str:
    words = spelled.split(" ")
    direction = words[-1:] if len(words) > row.named_by and words[-1] in DIRECTIONS else []
    return " ".join(words[: row.named_by] + direction)


def _text(row: Row, spelled: str, arguments: dict[str, Any]) -> str:
    spelled, arguments = cut(row, spelled, arguments)
    return _filled(row.shown, row, arguments) if row.shown else spelled


def _filled(form: str, row: Row, arguments: dict[str, Any]) -> str:
    given = {name: value for name, value in arguments.items() if value is not None}
    return " ".join(form.format_map(defaultdict(str, row.defaults | given)).split(" ")).rstrip()


def _changed(session: Editor, row: Row) -> None:
    session.router.running.changed = True
    if row.hook:
        HOOKS[row.hook](session)
