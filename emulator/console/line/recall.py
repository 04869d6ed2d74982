"""Keys Up and Down: the lines typed before, with the one being typed kept at the end."""

from collections.abc import Sequence


class Recall:
    """A walk through the history while one line is typed."""

    def __init__(self, history: Sequence[str]) -> None:
        self._lines = [*history, ""]
        self._at = len(self._lines) - 1

    def older(self, current: str) -> str | None:
        """Return the line before; None at the oldest."""
        return self._go(-1, current)

    def newer(self, current: str) -> str | None:
        """Return the line after; None at the one being typed."""
        return self._go(1, current)

    def _go(self, step: int, current: str) -> str | None:
        if not 0 <= self._at + step < len(self._lines):
            return None
        self._lines[self._at] = current
        self._at += step
        return self._lines[self._at]
