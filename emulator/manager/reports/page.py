"""Report as a page of its own: one HTML file without script that is read in a browser, light or dark, and printed.

The chart is inline SVG and shows the same figures as the table below it, so that nothing is told by a picture alone.
"""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from emulator.manager.report_entities import FleetReport, ReportColumn, ReportComparison, counted
from emulator.manager.reports.formats import changes
from emulator.manager.reports.subjects import date

MOST_BARS = 12
"""Bars of a chart; what is beyond them is one more."""

WIDTH, LABEL, BAR, GAP = 640, 220, 22, 8
"""Sizes in the chart, in pixels."""

STYLE = """
:root { color-scheme: light dark; }
body { font: 100%/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem;
  background: light-dark(#fff, #1a212b); color: light-dark(#1b2430, #e6eaf0); }
h1 { font-size: 1.75rem; } h2 { font-size: 1.125rem; } .quiet { color: light-dark(#55606f, #a3afbe); }
table { border-collapse: collapse; width: 100%; } .wide { overflow-x: auto; }
caption { text-align: left; padding: .5rem 0; }
th, td { text-align: left; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid light-dark(#d5dae1, #333f4e);
  vertical-align: top; }
th { font-size: .8125rem; } td.figures, th.figures { text-align: right; font-variant-numeric: tabular-nums; }
td:first-child { font-family: ui-monospace, monospace; font-variant-numeric: slashed-zero; }
svg { max-width: 40rem; width: 100%; height: auto; font: 14px system-ui, sans-serif; }
svg text { fill: currentColor; } .bar { fill: light-dark(#0b5c8a, #7cc0ea); }
@media print { :root { color-scheme: light; } body { margin: 0; max-width: none; font-size: 9pt; }
  thead { display: table-header-group; } tr, svg { break-inside: avoid; } }
"""


def report_page(report: FleetReport, comparison: ReportComparison | None = None) -> str:
    """Write a report as an HTML page, or what changed since an earlier one of its subject."""
    html = Element("html", lang="en")
    head = SubElement(html, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = report.title
    SubElement(head, "style").text = STYLE
    body = SubElement(SubElement(html, "body"), "main")
    SubElement(body, "h1").text = report.title
    of = report.head
    about = SubElement(body, "p", {"class": "quiet"})
    about.text = f"Report {of.number}, {date(of.made)}, made by {of.by}; {of.chosen or 'all'}"
    if comparison is None:
        _chart(body, report)
        _table(body, f"{of.size:,} {'row' if of.size == 1 else 'rows'}", report.columns, report.rows)
    else:
        _changes(body, report, comparison)
    return "<!doctype html>\n" + tostring(html, encoding="unicode", method="html") + "\n"


def _changes(body: Element, report: FleetReport, comparison: ReportComparison) -> None:
    SubElement(body, "h2").text = f"Since report {comparison.earlier.number} of {date(comparison.earlier.made)}"
    told = f"{len(comparison.added):,} new, {len(comparison.gone):,} gone, {len(comparison.changed):,} changed"
    rows = [(change, *row) for change, row in changes(comparison)]
    _table(body, told, (ReportColumn("Change"), *report.columns), rows)


def _chart(body: Element, report: FleetReport) -> None:
    """Draw a bar for each value of the report's chart column."""
    counts = counted(report)
    if len(counts) > MOST_BARS + 1:
        counts = [*counts[:MOST_BARS], ("others", sum(count for _, count in counts[MOST_BARS:]))]
    if not counts:
        return
    SubElement(body, "h2").text = f"By {_lower(report.columns[report.chart].title)}"
    height = len(counts) * (BAR + GAP)
    svg = SubElement(body, "svg", viewBox=f"0 0 {WIDTH} {height}", role="img")
    SubElement(svg, "title").text = "; ".join(f"{value}: {count:,}" for value, count in counts)
    most, room = max(count for _, count in counts), WIDTH - LABEL - 80
    for place, (value, count) in enumerate(counts):
        top = place * (BAR + GAP)
        label = SubElement(svg, "text", x="0", y=str(top + BAR - 6))
        label.text = value if len(value) <= 28 else f"{value[:27]}…"
        width = max(round(room * count / most), 1)
        SubElement(
            svg, "rect", {"class": "bar", "x": str(LABEL), "y": str(top), "width": str(width), "height": str(BAR)}
        )
        SubElement(svg, "text", x=str(LABEL + width + 8), y=str(top + BAR - 6)).text = f"{count:,}"


def _table(body: Element, caption: str, columns: Sequence[ReportColumn], rows: Iterable[Sequence[str]]) -> None:
    table = SubElement(SubElement(body, "div", {"class": "wide"}), "table")
    SubElement(table, "caption").text = caption
    heading = SubElement(SubElement(table, "thead"), "tr")
    kinds = [{"class": "figures"} if each.figures else {} for each in columns]
    for column, kind in zip(columns, kinds, strict=True):
        SubElement(heading, "th", {"scope": "col", **kind}).text = column.title
    cells = SubElement(table, "tbody")
    for row in rows:
        line = SubElement(cells, "tr")
        for cell, kind in zip(row, kinds, strict=True):
            SubElement(line, "td", kind).text = cell


def _lower(title: str) -> str:
    return title if title.isupper() else title[:1].lower() + title[1:]
