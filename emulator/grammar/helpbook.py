"""Help belongs to a prefix of lines and is written once per mode.

In FRRouting help stands with every command, so two commands may explain their common prefix differently; here the
files of a package share one book per mode, and disagreement, a gap or an entry that no line uses stops the load.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Protocol

from emulator.grammar.command import Command
from emulator.grammar.errors import GrammarError
from emulator.grammar.notation import Flat
from emulator.kernel.errors import nearest


def prefixes(flat: Flat) -> list[str]:
    """List the help prefixes of a flat line, shortest first: `license`, `license install`, `license install <url>`."""
    labels = [token.label for token in flat]
    return [" ".join(labels[: count + 1]) for count in range(len(labels))]


class PrefixHelp(Protocol):
    """Help by prefix, the words spelled as the lines have them."""

    def get(self, prefix: str, /) -> str | None:
        """Return the help of a prefix; None if there is none."""


class Explained(Protocol):
    """A file with help of its own."""

    @property
    def name(self) -> str:
        """Name of the file."""

    @property
    def help(self) -> PrefixHelp:
        """Help of the file by prefix."""

    @property
    def yielding(self) -> bool:
        """Tell whether the file gives way to the help of other files, and is asked only where none has any."""

    def help_goes(self, prefix: str, /) -> str:
        """Describe the place for the help of a prefix: a clause for an error message."""


class HelpBook:
    """The help of every prefix in one mode."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[str, str]] = {}
        self._own: dict[str, str] = {}
        self._tables: list[PrefixHelp] = []

    def add(self, source: Explained, mode: str, lines: Iterable[Flat]) -> None:
        """Enter one file's help for its own lines.

        Raises:
            GrammarError: another file explains a prefix differently.
        """
        for prefix in dict.fromkeys(prefix for flat in lines for prefix in prefixes(flat)):
            text = source.help.get(prefix)
            if text is not None:
                self._enter(mode, prefix, text, source)

    def add_table(self, source: Explained) -> None:
        """Let a yielding file be asked where no other has any help."""
        self._tables.append(source.help)

    def add_own(self, command: Command, lines: Collection[Flat]) -> None:
        """Enter the help that a command of a yielding file has for the last word of its line, nothing left out."""
        if command.help:
            shorter = {prefix for flat in lines for prefix in prefixes(flat[:-1])}
            for whole in (prefixes(flat)[-1] for flat in lines):
                if whole not in shorter:
                    self._own[_key(whole)] = command.help

    def look_up(self, source: Explained, command: Command, mode: str, prefix: str) -> str:
        """Find the help of a prefix of a command's line: a file's, else that of a table's line which ends there, else a
        table's.

        Raises:
            GrammarError: no file has help for it.
        """
        key = _key(prefix)
        text, _ = self._entries.get(key, ("", ""))
        if not text:
            text = self._own.get(key) or next(filter(None, (table.get(prefix) for table in self._tables)), "")
        if not text:
            problem = f'no help for "{prefix}" in mode {mode}; {source.help_goes(prefix)}'
            raise GrammarError(command.file or source.name, command.line, problem)
        return text

    def _enter(self, mode: str, prefix: str, text: str, source: Explained) -> None:
        known, by = self._entries.setdefault(_key(prefix), (text, source.name))
        if known != text:
            raise GrammarError(
                f"{by} and {source.name}",
                None,
                f'help for "{prefix}" in mode {mode} is "{known}" in one and "{text}" in the other',
            )


def check_used(name: str, explained: Iterable[str], lines: Iterable[Flat]) -> None:
    """Check that every help of a file belongs to one of its lines.

    Raises:
        GrammarError: an entry is unused.
    """
    used = {prefix for flat in lines for prefix in prefixes(flat)}
    for prefix in explained:
        if prefix not in used:
            problem = f'help for "{prefix}", which no line of this file uses. {nearest(prefix, used)}'
            raise GrammarError(name, None, problem)


@lru_cache(maxsize=1 << 15)
def _key(prefix: str) -> str:
    return " ".join(prefix.lower().split())
