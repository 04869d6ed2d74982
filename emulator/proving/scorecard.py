"""Scorecard of a trial: each line says what was wanted and what was found, and whether it holds."""

from collections.abc import Iterator

import msgspec


class ScoreLine(msgspec.Struct, frozen=True):
    """Line of a scorecard; `holds` is None where it was left out or is a figure without a limit."""

    name: str
    wanted: str
    found: str
    holds: bool | None = None


class Scorecard(msgspec.Struct, frozen=True):
    """Outcome of a trial: a manager passes where no line fails."""

    lines: tuple[ScoreLine, ...]

    @property
    def passed(self) -> bool:
        """Tell whether no line fails."""
        return all(line.holds is not False for line in self.lines)

    def text(self) -> Iterator[str]:
        """Yield the lines of a table for people."""
        rows = [
            ("", "", "WANTED", "FOUND"),
            *((_mark(each), each.name, each.wanted, each.found) for each in self.lines),
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def counted(name: str, wanted: int, found: int) -> ScoreLine:
    """Make a line about a number that has to be exact."""
    return ScoreLine(name, f"{wanted}", f"{found}", wanted == found)


def _mark(line: ScoreLine) -> str:
    return {True: "ok", False: "FAILS", None: "-"}[line.holds]
