"""Reports are made, kept, listed, compared and deleted.

C: administrators alone make them. I: every user may read those that are kept, but for the audit trail, and several are
kept of one subject (C: the original keeps the last one).
"""

from collections.abc import Iterator

from emulator.kernel.errors import Refused
from emulator.manager.context import ManagerContext
from emulator.manager.discovery import check_groups
from emulator.manager.errors import NotKnown
from emulator.manager.report_entities import FleetReport, ReportComparison, ReportHead, ReportKind, compare
from emulator.manager.reports.subjects import SUBJECTS
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter
from emulator.manager.store.records import ManagerRecords


def make_report(context: ManagerContext, kind: ReportKind, chosen: DeviceFilter) -> FleetReport:
    """Make a report of the records as they are, and keep it.

    Raises:
        NotAllowed: the user may not make it.
        Refused: its subject takes no filter of devices.
        UnknownName: there is no such group.
    """
    context.require(ManagerAction.MAKE_REPORTS)
    subject = SUBJECTS[kind]
    if not subject.filtered and chosen != DeviceFilter():
        raise Refused(f"the report '{kind}' is not about devices; leave the filter out")
    with context.database.writing() as records:
        check_groups(records, [chosen.group])
        rows = tuple(subject.rows(records, chosen))
        head = ReportHead(0, kind, context.now(), context.user, ", ".join(_in_words(chosen)), len(rows))
        report = FleetReport(head, subject.title, subject.columns, rows, subject.chart_place)
        kept = records.reports.keep(report)
        context.record(records, "report", f"{kind} {kept.number}", f"{len(rows)} row(s)")
    return FleetReport(kept, report.title, report.columns, report.rows, report.chart)


def list_reports(context: ManagerContext, kind: ReportKind | None = None) -> list[ReportHead]:
    """List the kept reports, the latest first.

    Raises:
        NotAllowed: the user may not read reports.
    """
    context.require(ManagerAction.READ_REPORTS)
    with context.database.reading() as records:
        return records.reports.heads(kind)


def show_report(context: ManagerContext, number: int) -> FleetReport:
    """Return a kept report.

    Raises:
        NotAllowed: the user may not read it.
        NotKnown: there is no report of this number.
    """
    context.require(ManagerAction.READ_REPORTS)
    with context.database.reading() as records:
        found = _report(records, number)
    if found.head.kind is ReportKind.TRAIL:
        context.require(ManagerAction.READ_TRAIL)
    return found


def compare_reports(
    context: ManagerContext, number: int, earlier: int | None = None, *, since: int | None = None
) -> tuple[FleetReport, ReportComparison]:
    """Compare a report with an earlier one of its subject and its devices.

    Args:
        context: on whose behalf.
        number: the later report.
        earlier: the earlier one; None for the last one before it.
        since: an instant, by which the earlier one had been made; None for any.

    Raises:
        NotAllowed: the user may not read them.
        Refused: one is not there, or they cannot be compared.
    """
    later = show_report(context, number)
    if earlier is None:
        earlier = _before(context, later.head, since)
    before = show_report(context, earlier)
    if before.head.kind is not later.head.kind:
        raise Refused(f"report {earlier} is about {before.head.kind}, and report {number} about {later.head.kind}")
    if before.head.chosen != later.head.chosen:
        told = (f"report {each.number}: {each.chosen or 'all'}" for each in (before.head, later.head))
        raise Refused(f"the reports are about different devices ({'; '.join(told)})")
    return later, compare(before, later)


def delete_report(context: ManagerContext, number: int) -> None:
    """Delete a kept report.

    Raises:
        NotAllowed: the user may not make reports.
        NotKnown: there is no report of this number.
    """
    context.require(ManagerAction.MAKE_REPORTS)
    with context.database.writing() as records:
        head = _report(records, number).head
        records.reports.drop(number)
        context.record(records, "report", f"{head.kind} {number}", "deleted")


def _before(context: ManagerContext, head: ReportHead, since: int | None) -> int:
    for each in list_reports(context, head.kind):
        if each.number < head.number and each.chosen == head.chosen and (since is None or each.made <= since):
            return each.number
    when = "earlier report" if since is None else "report of that time or before"
    told = "; one of the same kind and the same choice of devices is needed"
    raise Refused(f"there is no {when} to compare report {head.number} with{told}")


def _report(records: ManagerRecords, number: int) -> FleetReport:
    if (found := records.reports.find(number)) is None:
        raise NotKnown(f"there is no report {number}; `manager report list` shows those that are kept")
    return found


def _in_words(chosen: DeviceFilter) -> Iterator[str]:
    for name in ("group", "text", "level"):
        if value := getattr(chosen, name):
            yield f"{name} {value}"
    for name in ("faulty", "pending"):
        if getattr(chosen, name):
            yield name
