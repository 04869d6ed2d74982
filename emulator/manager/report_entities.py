"""Report: a table of texts at one instant, and the rows by which it is compared with an earlier one.

C: the reports are made by administrators, and each is about one subject, for the devices of a filter. I: the subjects
besides the audit trail, and that earlier reports are kept.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

ReportRow = tuple[str, ...]
"""Cells of a report, in the order of its columns."""


class ReportKind(StrEnum):
    """Subject of a report, as it is typed."""

    DEVICES = "devices"
    LICENSES = "licenses"
    PAKS = "paks"
    RUNNING_OUT = "running-out"
    EXPIRED = "expired"
    UNDEPLOYED = "undeployed"
    DISCREPANCIES = "discrepancies"
    RELOAD = "reload"
    FORECAST = "forecast"
    TRAIL = "trail"


class ReportColumn(msgspec.Struct, frozen=True):
    """Column of a report.

    Attributes:
        key: whether its cell is a part of what a row is about, by which rows of two reports are found together.
        passing: whether its cell changes by itself, as an age does, so that a change of it tells nothing.
        figures: whether its cells are numbers.
    """

    title: str
    key: bool = False
    passing: bool = False
    figures: bool = False


class ReportHead(msgspec.Struct, frozen=True):
    """Head of a kept report.

    Attributes:
        number: the one under which it is kept; 0 before that.
        made: the instant.
        chosen: the devices that it is about, in words; empty for all.
        size: its number of rows.
    """

    number: int
    kind: ReportKind
    made: int
    by: str
    chosen: str
    size: int


class FleetReport(msgspec.Struct, frozen=True):
    """Report with its rows, which are in the order of its subject."""

    head: ReportHead
    title: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    chart: int
    """Place of the column whose values are counted in the chart."""


class ChangedRow(msgspec.Struct, frozen=True):
    """Row that two reports have, with other cells: as it was, and as it is."""

    before: ReportRow
    after: ReportRow


class ReportComparison(msgspec.Struct, frozen=True):
    """Difference between two reports of one subject."""

    earlier: ReportHead
    later: ReportHead
    added: tuple[ReportRow, ...]
    gone: tuple[ReportRow, ...]
    changed: tuple[ChangedRow, ...]


def compare(earlier: FleetReport, later: FleetReport) -> ReportComparison:
    """Compare two reports of one subject: rows are found together by their key."""
    keys = [place for place, column in enumerate(later.columns) if column.key]
    lasting = [place for place, column in enumerate(later.columns) if not column.passing]
    before, after = (_by_key(each.rows, keys) for each in (earlier, later))
    changed = tuple(
        ChangedRow(before[key], row)
        for key, row in after.items()
        if key in before and any(before[key][place] != row[place] for place in lasting)
    )
    return ReportComparison(
        earlier.head,
        later.head,
        tuple(row for key, row in after.items() if key not in before),
        tuple(row for key, row in before.items() if key not in after),
        changed,
    )


def _by_key(rows: Sequence[ReportRow], keys: Sequence[int]) -> dict[tuple[ReportRow, int], ReportRow]:
    """Rows by their key; where several have the same one, they are told apart by their order."""
    found: dict[tuple[ReportRow, int], ReportRow] = {}
    for row in rows:
        key, turn = tuple(row[place] for place in keys), 0
        while (key, turn) in found:
            turn += 1
        found[key, turn] = row
    return found


def counted(report: FleetReport) -> list[tuple[str, int]]:
    """Count the values of the chart's column, the most frequent first; an empty value is a dash."""
    counts: dict[str, int] = {}
    for row in report.rows:
        value = row[report.chart] or "-"
        counts[value] = counts.get(value, 0) + 1
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))
