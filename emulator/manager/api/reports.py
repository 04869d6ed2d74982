"""Calls about reports: made, listed, read in parts, compared with an earlier one, deleted."""

from typing import Annotated

import msgspec

from emulator.manager.api.call import (
    CallInput,
    Changed,
    ManagerCall,
    MomentText,
    PartOf,
    RowCount,
    RowOffset,
    SearchWord,
)
from emulator.manager.context import ManagerContext
from emulator.manager.moments import moment, read_moment
from emulator.manager.report_entities import ChangedRow, ReportHead, ReportKind, ReportRow
from emulator.manager.reports import use_cases
from emulator.manager.store.devices import DeviceFilter

ReportNumber = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1, description="Number of a report")]


class ListReports(CallInput, frozen=True):
    """Reports of a kind, or all."""

    report: ReportKind | None = None


class NewReport(CallInput, frozen=True, kw_only=True):
    """`report`: its kind; the other inputs choose devices as those of `list_devices` do."""

    report: ReportKind
    group: SearchWord = ""
    text: SearchWord = ""
    level: SearchWord = ""
    faulty: bool = False
    pending: bool = False


class NameReport(CallInput, frozen=True):
    number: ReportNumber


class ReadReport(CallInput, frozen=True):
    number: ReportNumber
    offset: RowOffset = 0
    limit: RowCount = 1_000


class CompareReport(CallInput, frozen=True):
    """`earlier`: number of the other report; none is the last one before it, or before the moment `since`."""

    number: ReportNumber
    earlier: ReportNumber | None = None
    since: MomentText = ""


class ReportView(msgspec.Struct, frozen=True):
    """A kept report: what it is about, when and by whom it was made, for which devices, and its number of rows."""

    number: int
    kind: ReportKind
    made: MomentText
    by: str
    devices: str
    size: int


class ReportContent(ReportView, frozen=True):
    """A kept report with a part of its rows, whose cells are in the order of the columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    offset: int


class ReportDifference(msgspec.Struct, frozen=True):
    """Rows that a report has and an earlier one did not, rows that are gone, and rows with other cells."""

    earlier: ReportView
    later: ReportView
    columns: tuple[str, ...]
    added: tuple[ReportRow, ...]
    gone: tuple[ReportRow, ...]
    changed: tuple[ChangedRow, ...]


def _view(head: ReportHead) -> ReportView:
    return ReportView(head.number, head.kind, moment(head.made), head.by, head.chosen or "all", head.size)


def _list(context: ManagerContext, asked: ListReports) -> PartOf[ReportView]:
    found = tuple(map(_view, use_cases.list_reports(context, asked.report)))
    return PartOf(found, len(found))


def _make(context: ManagerContext, asked: NewReport) -> ReportView:
    chosen = DeviceFilter(asked.group, asked.text, asked.level, asked.faulty, asked.pending)
    return _view(use_cases.make_report(context, asked.report, chosen).head)


def _read(context: ManagerContext, asked: ReadReport) -> ReportContent:
    report = use_cases.show_report(context, asked.number)
    return ReportContent(
        **msgspec.structs.asdict(_view(report.head)),
        title=report.title,
        columns=tuple(each.title for each in report.columns),
        rows=report.rows[asked.offset : asked.offset + asked.limit],
        offset=asked.offset,
    )


def _compare(context: ManagerContext, asked: CompareReport) -> ReportDifference:
    since = read_moment(asked.since) if asked.since else None
    report, found = use_cases.compare_reports(context, asked.number, asked.earlier, since=since)
    return ReportDifference(
        _view(found.earlier), _view(found.later), tuple(each.title for each in report.columns), found.added, found.gone,
        found.changed,
    )  # fmt: skip


def _delete(context: ManagerContext, asked: NameReport) -> Changed:
    use_cases.delete_report(context, asked.number)
    return Changed(1)


LIST_REPORTS = ManagerCall(
    "list_reports", "GET", "/reports", "Kept reports, the latest first", ListReports, PartOf[ReportView], _list
)
MAKE_REPORT = ManagerCall(
    "make_report", "POST", "/reports", "Make a report of the records as they are, and keep it", NewReport, ReportView,
    _make,
)  # fmt: skip
READ_REPORT = ManagerCall(
    "read_report", "GET", "/reports/{number}", "A kept report with a part of its rows", ReadReport, ReportContent, _read
)
READ_CHANGES = ManagerCall(
    "read_changes", "GET", "/reports/{number}/changes", "What changed since an earlier report of the same",
    CompareReport, ReportDifference, _compare,
)  # fmt: skip
DELETE_REPORT = ManagerCall(
    "delete_report", "DELETE", "/reports/{number}", "Delete a kept report", NameReport, Changed, _delete
)

CALLS = (LIST_REPORTS, MAKE_REPORT, READ_REPORT, READ_CHANGES, DELETE_REPORT)
