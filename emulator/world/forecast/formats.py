"""A forecast written down: a table for people, JSON and CSV for programs, iCalendar for a calendar, SVG for a page.

Table, calendar and picture show days, so that a fleet stays readable; JSON and CSV have every single row.
"""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256

import msgspec

from emulator.kernel.spreadsheet import harmless
from emulator.kernel.time import clock_line
from emulator.world.forecast.timeline import timeline
from emulator.world.forecast.view import DayEntry, Forecast, days

COLUMNS = ("date", "router", "kind", "subject", "license", "left_ms", "pak", "installed", "text")


def forecast_table(forecast: Forecast) -> str:
    """Lines by day: what happens, to whom, and whether PAKs on hand cover it."""
    begin, end = (clock_line(forecast.calendar(at)) for at in (forecast.begin, forecast.end))
    entries = days(forecast)
    if not entries:
        return f"nothing runs out between {begin} and {end}\n"
    rows = [(f"{each.day:%a %Y-%m-%d}", each.text, each.who, each.cover) for each in entries]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "".join(
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1])).rstrip() + "\n"
        for row in rows
    )


def forecast_json(forecast: Forecast) -> str:
    """Every row, and the period that was looked at."""
    plain = {
        "world": forecast.world,
        "begin": forecast.calendar(forecast.begin).isoformat(),
        "end": forecast.calendar(forecast.end).isoformat(),
        "rows": [dict(zip(COLUMNS, cells, strict=True)) for cells in _cells(forecast)],
    }
    return msgspec.json.format(msgspec.json.encode(plain)).decode() + "\n"


def forecast_csv(forecast: Forecast) -> str:
    """Every row under its column names (RFC 4180); no spreadsheet computes a cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for cells in _cells(forecast):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue()


def _cells(forecast: Forecast) -> list[tuple[object, ...]]:
    return [
        (
            forecast.calendar(row.at).isoformat(),
            row.router,
            str(row.kind),
            row.subject,
            row.license,
            row.left,
            row.pak,
            row.installed,
            row.text,
        )
        for row in forecast.rows
    ]


def forecast_calendar(forecast: Forecast) -> str:
    """An all-day event for every entry of the table (RFC 5545)."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//isrtwin//forecast//EN")
    calendar.add("version", "2.0")
    for entry in days(forecast):
        event = Event()
        event.add("uid", f"{_digest(forecast, entry)}@{forecast.world}")
        event.add("dtstamp", forecast.calendar(forecast.begin).replace(microsecond=0))
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", f"{entry.who}: {entry.text}" if entry.routers else entry.text)
        event.add("categories", [str(entry.kind)])
        if entry.cover:
            event.add("description", entry.cover)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()


def _digest(forecast: Forecast, entry: DayEntry) -> str:
    """Identifier of an event of a world, always the same, so that a calendar updates it and does not add another."""
    said = f"{forecast.world} {entry.day} {entry.text} {' '.join(entry.routers)}"
    return sha256(said.encode()).hexdigest()[:32]


FORMATS: Mapping[str, Callable[[Forecast], str]] = {
    "table": forecast_table,
    "json": forecast_json,
    "csv": forecast_csv,
    "ical": forecast_calendar,
    "svg": timeline,
}
"""Functions that write a forecast, by the name of the format."""
