"""`isrtwin manager report`: reports that are made, kept, shown and compared."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from emulator.cli.manager_tables import say_table
from emulator.cli.manager_values import chosen_devices, write_or_show
from emulator.cli.output import say, say_json
from emulator.kernel.errors import Refused, printable
from emulator.manager.context import ManagerContext
from emulator.manager.moments import moment
from emulator.manager.report_entities import FleetReport, ReportComparison, ReportKind
from emulator.manager.reports import formats, use_cases
from emulator.manager.reports.page import report_page


def _report(context: ManagerContext, options: Namespace) -> int:
    match options.verb:
        case "make":
            report = use_cases.make_report(context, ReportKind(options.kind), chosen_devices(options))
            _tell(report, options)
        case "show":
            _tell(use_cases.show_report(context, options.number), options)
        case "compare":
            since = None if options.since is None else _end_of_day(options.since)
            found = use_cases.compare_reports(context, options.number, options.earlier, since=since)
            _tell_changes(*found, options)
        case "delete":
            use_cases.delete_report(context, options.number)
        case _:
            heads = use_cases.list_reports(context, ReportKind(options.kind) if options.kind else None)
            if options.json:
                say_json([formats.head_plain(each) for each in heads])
            else:
                say_table(
                    ("REPORT", "ABOUT", "MADE", "BY", "DEVICES", "ROWS"),
                    [
                        (str(each.number), str(each.kind), moment(each.made), each.by, each.chosen or "all",
                         str(each.size))
                        for each in heads
                    ],
                )  # fmt: skip
    return 0


def _tell(report: FleetReport, options: Namespace) -> None:
    if options.format == "table":
        _no_file(options)
        say(f"Report {report.head.number}: {report.title}, {moment(report.head.made)}, {report.head.chosen or 'all'}")
        say_table([each.title.upper() for each in report.columns], report.rows)
        say(f"{report.head.size} row(s)")
        return
    writers: Mapping[str, Callable[[], str]] = {
        "csv": lambda: formats.report_csv(report),
        "json": lambda: _json(formats.report_plain(report)),
        "page": lambda: report_page(report),
    }
    write_or_show(options.output, writers[options.format]())


def _tell_changes(report: FleetReport, comparison: ReportComparison, options: Namespace) -> None:
    if options.format == "table":
        _no_file(options)
        earlier = comparison.earlier
        say(f"Report {report.head.number} since report {earlier.number} of {moment(earlier.made)}: {report.title}")
        heading = ("CHANGE", *(each.title.upper() for each in report.columns))
        say_table(heading, [(change, *row) for change, row in formats.changes(comparison)])
        say(f"{len(comparison.added)} new, {len(comparison.gone)} gone, {len(comparison.changed)} changed")
        return
    writers: Mapping[str, Callable[[], str]] = {
        "csv": lambda: formats.comparison_csv(report, comparison),
        "json": lambda: _json(formats.comparison_plain(report, comparison)),
        "page": lambda: report_page(report, comparison),
    }
    write_or_show(options.output, writers[options.format]())


def _no_file(options: Namespace) -> None:
    if options.output is not None:
        raise Refused("--output is for csv, json and page; say which by --format")


def _json(plain: Mapping[str, object]) -> str:
    return msgspec.json.format(msgspec.json.encode(plain)).decode() + "\n"


def _end_of_day(text: str) -> int:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise Refused(f"'{printable(text)}' is not a day; write YYYY-MM-DD, for example 2010-03-01") from None
    return round((day + timedelta(days=1)).timestamp() * 1000) - 1


RECORD_ACTS: Mapping[str, Callable[[ManagerContext, Namespace], int]] = {"report": _report}
