"""Reports: made, kept, shown with a chart, printed, compared with an earlier one, and taken away as a file."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import msgspec
from starlette.responses import Response

from emulator.kernel.errors import Refused
from emulator.manager.api.call import PartOf
from emulator.manager.api.devices import LIST_GROUPS
from emulator.manager.errors import NotAllowed
from emulator.manager.inventory import list_levels
from emulator.manager.moments import moment
from emulator.manager.report_entities import (
    FleetReport,
    ReportColumn,
    ReportComparison,
    ReportHead,
    ReportKind,
    counted,
)
from emulator.manager.reports.formats import (
    changes,
    comparison_csv,
    comparison_plain,
    report_csv,
    report_plain,
)
from emulator.manager.reports.page import MOST_BARS, report_page
from emulator.manager.reports.subjects import SUBJECTS
from emulator.manager.reports.use_cases import compare_reports, delete_report, list_reports, make_report, show_report
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter
from emulator.transports.manager_web.asking import problem_of, refused_beside
from emulator.transports.manager_web.downloads import download
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.pages.devices import STATES, list_query
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template, pair
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuEntry, PageRoute

ROWS = 100
"""Rows of a report on one page."""

MOST_ROWS = 30_000
"""Rows of a report that is shown as a whole, to be printed."""


class ReportLine(msgspec.Struct, frozen=True):
    """A kept report in a list."""

    number: int
    title: str
    made: str
    by: str
    chosen: str
    size: int


class ReportsFacts(msgspec.Struct, frozen=True):
    """A part of the kept reports, and what a new one can be about."""

    reports: PartOf[ReportLine]
    kinds: Sequence[tuple[str, str]]
    groups: Sequence[tuple[str, str]]
    levels: Sequence[tuple[str, str]]
    states: Sequence[tuple[str, str]]


class ReportFacts(msgspec.Struct, frozen=True):
    """A report with a part of its rows, its chart as value, number and share, and the earlier ones of its kind."""

    report: ReportLine
    columns: Sequence[ReportColumn]
    part: PartOf[tuple[str, ...]]
    charted: str
    bars: Sequence[tuple[str, int, int]]
    earlier: Sequence[tuple[str, str]]


class ChangesFacts(msgspec.Struct, frozen=True):
    """Difference between two reports: its numbers, and a part of the rows, each behind its change."""

    report: ReportLine
    before: ReportLine
    columns: Sequence[ReportColumn]
    added: int
    gone: int
    changed: int
    part: PartOf[tuple[str, Sequence[str]]]


REPORTS_PAGE = Template("reports.html", ReportsFacts)
REPORT_PAGE = Template("report.html", ReportFacts)
CHANGES_PAGE = Template("report_changes.html", ChangesFacts)


def _list(page: ManagerPage) -> Response:
    heads, place = list_reports(page.context), page.place()
    rows = tuple(map(_line, heads[place["offset"] : place["offset"] + place["limit"]]))
    return page.draw(
        REPORTS_PAGE,
        reports=PartOf(rows, len(heads), place["offset"]),
        kinds=[(str(kind), SUBJECTS[kind].title) for kind in ReportKind],
        groups=[("", "Any group"), *(pair(each.name) for each in page.do(LIST_GROUPS).rows)],
        levels=[("", "Any level"), *map(pair, list_levels(page.context))],
        states=list(STATES.items()),
    )


def _make(page: ManagerPage) -> Response:
    if page.value("kind") not in {str(each) for each in ReportKind}:
        raise BadInput("Choose what the report is about.", "kind")
    kind = ReportKind(page.value("kind"))
    chosen = DeviceFilter(page.value("group"), page.value("text"), page.value("level"), **list_query(page))
    with refused_beside("kind"):
        report = make_report(page.context, kind, chosen)
    return page.lead(f"/reports/{report.head.number}")


def _report(page: ManagerPage) -> Response:
    report = _found(page)
    rows, offset, limit = report.rows, page.place(ROWS)["offset"], ROWS
    if page.value("rows") == "all":
        offset, limit = 0, MOST_ROWS
    counts = counted(report)
    if len(counts) > MOST_BARS + 1:
        counts = [*counts[:MOST_BARS], ("others", sum(count for _, count in counts[MOST_BARS:]))]
    most = max((count for _, count in counts), default=1)
    return page.draw(
        REPORT_PAGE,
        report=_line(report.head),
        columns=report.columns,
        part=PartOf(rows[offset : offset + limit], len(rows), offset),
        charted=report.columns[report.chart].title,
        bars=[(value, count, max(100 * count // most, 1)) for value, count in counts],
        earlier=[(str(each.number), f"{each.number}, {_when(each.made)}") for each in _earlier(page, report.head)],
    )


def _act(page: ManagerPage) -> Response:
    number = _found(page).head.number
    with refused_beside(""):
        delete_report(page.context, number)
    page.tell(f"Report {number} deleted.")
    return page.lead("/reports")


def _changes(page: ManagerPage) -> Response:
    try:
        report, comparison = _compared(page)
    except BadInput as problem:
        page.problems.append(problem)
        return _report(page)
    rows, offset = tuple(changes(comparison)), page.place(ROWS)["offset"]
    return page.draw(
        CHANGES_PAGE,
        report=_line(report.head),
        before=_line(comparison.earlier),
        columns=report.columns,
        added=len(comparison.added),
        gone=len(comparison.gone),
        changed=len(comparison.changed),
        part=PartOf(rows[offset : offset + ROWS], len(rows), offset),
    )


def _found(page: ManagerPage) -> FleetReport:
    try:
        return show_report(page.context, _number(page))
    except NotAllowed as error:
        raise problem_of(error) from error
    except Refused:
        raise NotThere(f"There is no report {_number(page)}; the list has those that are kept.") from None


def _number(page: ManagerPage) -> int:
    text = str(page.request.path_params["number"])
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotThere("Reports have numbers.")
    return int(text)


def _compared(page: ManagerPage) -> tuple[FleetReport, ReportComparison]:
    """The report and what changed since the earlier one, which a number or a day names; else the one before it."""
    since = _day(page) if page.value("since") else None
    earlier = page.number("earlier") or None if since is None else None
    with refused_beside("since" if since is not None else "earlier"):
        return compare_reports(page.context, _number(page), earlier, since=since)


def _day(page: ManagerPage) -> int:
    """The last instant of a day."""
    try:
        day = datetime.strptime(page.value("since"), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise BadInput("Type a day such as 2010-03-01.", "since") from None
    return (int(day.timestamp()) + 86_400) * 1000 - 1


def _earlier(page: ManagerPage, head: ReportHead) -> list[ReportHead]:
    return [
        each
        for each in list_reports(page.context, head.kind)
        if each.number < head.number and each.chosen == head.chosen
    ]


def _line(head: ReportHead) -> ReportLine:
    title = SUBJECTS[head.kind].title
    return ReportLine(head.number, title, moment(head.made), head.by, head.chosen or "all", head.size)


def _when(made: int) -> str:
    return moment(made)[:16].replace("T", " ")


FORMATS: Mapping[str, Callable[[FleetReport], str]] = {
    "csv": report_csv,
    "json": lambda report: json.dumps(report_plain(report), indent=2) + "\n",
    "html": report_page,
}
"""Files of a report, by the ends of their names."""

CHANGE_FORMATS: Mapping[str, Callable[[FleetReport, ReportComparison], str]] = {
    "csv": comparison_csv,
    "json": lambda report, comparison: json.dumps(comparison_plain(report, comparison), indent=2) + "\n",
    "html": report_page,
}


def _file(page: ManagerPage) -> Response:
    kind = str(page.request.path_params["format"])
    if kind not in FORMATS:
        raise NotThere(f"A report is written as {', '.join(FORMATS)}.")
    if page.value("earlier"):
        report, comparison = _compared(page)
        name = f"report-{report.head.number}-since-{comparison.earlier.number}.{kind}"
        return download(name, CHANGE_FORMATS[kind](report, comparison))
    report = _found(page)
    return download(f"report-{report.head.number}-{report.head.kind}.{kind}", FORMATS[kind](report))


READ, MAKE = ManagerAction.READ_REPORTS, ManagerAction.MAKE_REPORTS

PAGES = (
    PageRoute(
        "/reports", Needing(READ, _list), Needing(MAKE, _make), again=_list, menu=MenuEntry("Reports", 80, "Reports")
    ),
    PageRoute("/reports/{number}", Needing(READ, _report), Needing(MAKE, _act)),
    PageRoute("/reports/{number}/changes", Needing(READ, _changes)),
    PageRoute("/reports/{number}/file/{format}", Needing(READ, _file)),
)
