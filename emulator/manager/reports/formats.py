"""Reports and comparisons written down: CSV for spreadsheets, JSON for programs, and a page for people and printers."""

import csv
import io
from collections.abc import Iterable, Mapping

import msgspec

from emulator.kernel.spreadsheet import harmless
from emulator.manager.report_entities import FleetReport, ReportColumn, ReportComparison, ReportHead, ReportRow
from emulator.manager.reports.subjects import date


def report_csv(report: FleetReport) -> str:
    """Write a report as CSV (RFC 4180) below its heading; no spreadsheet computes a cell."""
    return _csv([each.title for each in report.columns], report.rows)


def comparison_csv(report: FleetReport, comparison: ReportComparison) -> str:
    """Write what changed as CSV: each row with its change, a changed row as it was and as it is."""
    heading = ["Change", *(each.title for each in report.columns)]
    return _csv(heading, ((change, *row) for change, row in changes(comparison)))


def changes(comparison: ReportComparison) -> Iterable[tuple[str, ReportRow]]:
    """List what changed: what is new, what is gone, and what was and is."""
    yield from (("new", row) for row in comparison.added)
    yield from (("gone", row) for row in comparison.gone)
    for each in comparison.changed:
        yield "was", each.before
        yield "is", each.after


def report_plain(report: FleetReport) -> Mapping[str, object]:
    """Return a report as plain data, each row by the titles of its columns."""
    return {
        **head_plain(report.head),
        "title": report.title,
        "rows": [_named(report.columns, row) for row in report.rows],
    }


def comparison_plain(report: FleetReport, comparison: ReportComparison) -> Mapping[str, object]:
    """Return what changed as plain data."""
    columns = report.columns
    return {
        "earlier": head_plain(comparison.earlier),
        "later": head_plain(comparison.later),
        "new": [_named(columns, row) for row in comparison.added],
        "gone": [_named(columns, row) for row in comparison.gone],
        "changed": [
            {"was": _named(columns, each.before), "is": _named(columns, each.after)} for each in comparison.changed
        ],
    }


def head_plain(head: ReportHead) -> dict[str, object]:
    """Return the head of a report as plain data; its instant is ISO 8601."""
    return {**msgspec.to_builtins(head), "made": date(head.made)}


def _named(columns: Iterable[ReportColumn], row: ReportRow) -> dict[str, str]:
    return dict(zip((each.title for each in columns), row, strict=True))


def _csv(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(heading)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue()
