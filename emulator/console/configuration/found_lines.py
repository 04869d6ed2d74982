"""Single lines as a reader of found configurations knows them: their blanks, facts, separators, what they change."""

from functools import cache

from emulator.console.configuration.facts import FACTS
from emulator.console.configuration.tables import table
from emulator.router.configuration import Block, LayoutPosition
from emulator.router.device import Router

_FACTS = {
    "! Last configuration change at ": "@changes",
    "! NVRAM config last updated at ": "@changes",
    "! No configuration change since last restart": "@changes",
    "version ": "@version",
    "license udi pid ": "@udi",
    "memory-size iomem ": "@iomem",
}
_KEPT_IF_OTHER = frozenset({"@version", "@iomem"})
"""Facts that the configuration itself decides: a line that says otherwise than the router stays as it is."""

FACT_LINES = tuple(begin for begin, key in _FACTS.items() if key not in _KEPT_IF_OTHER)
"""Beginnings of lines that the router decides, whatever was found."""


def core(raw: str) -> tuple[str, str, str]:
    """Split a line: blanks before, text, blanks after."""
    typed = raw.strip()
    start = len(raw) - len(raw.lstrip())
    return raw[:start], typed, raw[start + len(typed) :]


def fact_place(router: Router, raw: str) -> LayoutPosition | None:
    """Find the place of a line that is made from a fact; None for every other line."""
    key = next((key for begin, key in _FACTS.items() if raw.startswith(begin)), None)
    if key is None:
        return None
    typed, tail = raw.rstrip(), raw[len(raw.rstrip()) :]
    if key in _KEPT_IF_OTHER and typed not in FACTS[key.removeprefix("@")](router, "", None):
        return LayoutPosition(text=raw)
    silent = raw if "No configuration change" in raw else ""
    return LayoutPosition(key, text=silent, pad="", tail=tail)


@cache
def fixed(mode: str) -> frozenset[str]:
    """Texts that are printed in a mode whatever was typed, the ends of its sections included."""
    rows = table(mode).rows
    texts = ((row,) if isinstance(row, str) else (row.text, *row.closing) for row in rows)
    return frozenset(text for each in texts for text in each) - {""}


class Verbatim:
    """A copy of a block, made before a line is carried out."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self._lines, self._sections = dict(block.lines), dict(block.sections)

    def touched(self, spelled: str) -> str:
        """Find the key of the line that was changed or, if none was, of the line with this text."""
        for key, text in self.block.lines.items():
            if self._lines.get(key) != text:
                return key
        gone = self.lost()
        if gone:
            return gone[0]
        return spelled if spelled in self.block.lines else ""

    def lost(self) -> list[str]:
        """List the keys that no longer exist."""
        if len(self.block.lines) >= len(self._lines) and len(self.block.sections) >= len(self._sections):
            return []
        now = {**self.block.lines, **self.block.sections}
        return [key for key in (*self._lines, *self._sections) if key not in now]

    def restore(self) -> None:
        """Restore the block from the copy."""
        self.block.lines, self.block.sections = self._lines, self._sections
