"""Help belongs to a prefix of lines and is written once per mode.

In FRRouting help stands with every command, so two commands may explain their common prefix differently; here the
files of a package share one book per mode, and disagreement, a gap or an entry that no line uses stops the load.
"""

from collections.abc import Iterable, Mapping

from emulator.console.grammar.errors import GrammarError
from emulator.console.grammar.line import Flat


def prefixes(flat: Flat) -> list[str]:
    """The help prefixes of a flat line, shortest first: `license`, `license install`, `license install <url>`."""
    labels = [token.label for token in flat]
    return [" ".join(labels[: count + 1]) for count in range(len(labels))]


class HelpBook:
    """The help of every prefix in every mode."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], tuple[str, str]] = {}

    def add(self, file: str, texts: Mapping[str, str], lines: Iterable[tuple[str, Flat]]) -> None:
        """Enter one file's help for its own lines, each given with its mode.

        Raises:
            GrammarError: another file explains a prefix differently, or an entry is of no use.
        """
        by_key = {_key(prefix): text for prefix, text in texts.items()}
        used: set[str] = set()
        for mode, flat in lines:
            for prefix in prefixes(flat):
                text = by_key.get(_key(prefix))
                if text is not None:
                    used.add(_key(prefix))
                    self._enter(mode, prefix, text, file)
        for prefix in texts:
            if _key(prefix) not in used:
                raise GrammarError(file, None, f'help for "{prefix}", which no line of this file uses')

    def look_up(self, file: str, line: str, mode: str, prefix: str) -> str:
        """The help of a prefix of `line`.

        Raises:
            GrammarError: no file has any.
        """
        entry = self._entries.get((mode, _key(prefix)))
        if entry is None:
            raise GrammarError(file, line, f'no help for "{prefix}" in mode {mode}')
        return entry[0]

    def _enter(self, mode: str, prefix: str, text: str, file: str) -> None:
        known, by = self._entries.setdefault((mode, _key(prefix)), (text, file))
        if known != text:
            raise GrammarError(
                f"{by} and {file}",
                None,
                f'help for "{prefix}" in mode {mode} is "{known}" in one and "{text}" in the other',
            )


def _key(prefix: str) -> str:
    return " ".join(prefix.lower().split())
