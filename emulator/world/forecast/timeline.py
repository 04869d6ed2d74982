"""The forecast as a picture: time from left to right, a lane for each router, or for each kind in a fleet.

One self-contained SVG that follows the reader's choice of light or dark. A mark's size says how many things it stands
for; its tooltip says what they are.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import msgspec

from emulator.kernel.time import WEEK, Duration, Instant, clock_line
from emulator.world.forecast.view import Forecast, ForecastKind, ForecastRow

MOST_LANES = 40
"""Routers that have lanes of their own; a larger fleet has one for each kind of event."""

WIDTH, LEFT, RIGHT, TOP, LANE, BOTTOM = 900, 130, 40, 44, 26, 34
SMALLEST, LARGEST = 4.0, 11.0
"""Radius of a mark, in pixels."""

LOWERED = {ForecastKind.RELOAD: 8}
"""Pixels below the line, for what comes at the very instant of something else."""

STYLE = """
svg { font: 12px system-ui, sans-serif; background: #fff; }
text { fill: #1f2933; } .axis { stroke: #9aa5b1; } .lane { stroke: #e4e7eb; }
.warning { fill: #f0b429; } .end { fill: #d64545; } .transition { fill: #3f7fbf; }
.reload { fill: #8a4fbf; } .letter { fill: #2f9e6e; }
@media (prefers-color-scheme: dark) {
  svg { background: #16191d; } text { fill: #e4e7eb; } .axis { stroke: #7b8794; } .lane { stroke: #323f4b; }
}
"""


class Mark(msgspec.Struct, frozen=True):
    """One dot: where, for how many things, and what its tooltip says."""

    at: Instant
    kind: ForecastKind
    count: int
    title: str


def timeline(forecast: Forecast) -> str:
    """The picture as text of an SVG file."""
    lanes = list(_lanes(forecast))
    height = TOP + LANE * max(len(lanes), 1) + BOTTOM
    svg = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}", role="img", width="100%")
    begin, end = forecast.calendar(forecast.begin), forecast.calendar(forecast.end)
    SubElement(svg, "title").text = f"{forecast.world} from {clock_line(begin)} to {clock_line(end)}"
    SubElement(svg, "style").text = STYLE
    _legend(svg)
    for place, (label, marks) in enumerate(lanes):
        y = TOP + LANE * place + LANE // 2
        _text(svg, 8, y + 4, label)
        _line(svg, "lane", LEFT, y, WIDTH - RIGHT, y)
        for mark in marks:
            _dot(svg, forecast, mark, y, max((each.count for each in marks), default=1))
    _axis(svg, forecast, height - BOTTOM)
    indent(svg)
    return tostring(svg, encoding="unicode") + "\n"


def _lanes(forecast: Forecast) -> Iterator[tuple[str, list[Mark]]]:
    routers = sorted({row.router for row in forecast.rows if row.router})
    if len(routers) <= MOST_LANES:
        for name in routers:
            yield name, [_single(forecast, row) for row in forecast.rows if row.router == name]
        letters = [_single(forecast, row) for row in forecast.rows if row.kind is ForecastKind.LETTER]
        if letters:
            yield "mail", letters
        return
    weeks = Counter((row.kind, (row.at - forecast.begin) // WEEK) for row in forecast.rows)
    for kind in ForecastKind:
        marks = [
            _weekly(forecast, kind, week, count)
            for (found, week), count in sorted(weeks.items(), key=lambda item: item[0][1])
            if found is kind
        ]
        if marks:
            yield str(kind), marks


def _single(forecast: Forecast, row: ForecastRow) -> Mark:
    return Mark(row.at, row.kind, 1, f"{clock_line(forecast.calendar(row.at))}: {row.text}")


def _weekly(forecast: Forecast, kind: ForecastKind, week: int, count: int) -> Mark:
    at = forecast.begin + week * WEEK
    return Mark(at, kind, count, f"week of {forecast.calendar(at):%Y-%m-%d}: {count} x {kind}")


def _dot(svg: Element, forecast: Forecast, mark: Mark, y: int, most: int) -> None:
    radius = SMALLEST + (LARGEST - SMALLEST) * (mark.count / most) ** 0.5 if most > 1 else SMALLEST + 1
    x, lowered = _x(forecast, mark.at), LOWERED.get(mark.kind, 0)
    dot = SubElement(
        svg, "circle", {"class": str(mark.kind), "cx": f"{x:.1f}", "cy": str(y + lowered), "r": f"{radius:.1f}"}
    )
    SubElement(dot, "title").text = mark.title


def _axis(svg: Element, forecast: Forecast, y: int) -> None:
    """The line of time, with the first of each month, or of each quarter where there are many."""
    _line(svg, "axis", LEFT, y, WIDTH - RIGHT, y)
    begin, end = forecast.calendar(forecast.begin), forecast.calendar(forecast.end)
    step = 1 if (end - begin) < timedelta(days=400) else 3
    months = [(number // 12, number % 12 + 1) for number in range(begin.year * 12 + begin.month, end.year * 12 + 12)]
    for year, month in months:
        moment = begin.replace(year=year, month=month, day=1, hour=0, minute=0, second=0, microsecond=0)
        if moment > end:
            return
        if (month - 1) % step == 0:
            x = _x(forecast, (moment - forecast.start) // timedelta(milliseconds=1))
            _line(svg, "axis", x, y, x, y + 5)
            _text(svg, x - 2, y + 18, f"{moment:%b}" if month > 1 else f"{moment:%Y}")


def _legend(svg: Element) -> None:
    for place, kind in enumerate(ForecastKind):
        x = LEFT + place * 110
        SubElement(svg, "circle", {"class": str(kind), "cx": str(x), "cy": "20", "r": "5"})
        _text(svg, x + 10, 24, str(kind))


def _x(forecast: Forecast, at: Instant) -> float:
    span: Duration = max(forecast.end - forecast.begin, 1)
    return LEFT + (WIDTH - LEFT - RIGHT) * (at - forecast.begin) / span


def _text(svg: Element, x: float, y: float, text: str) -> None:
    SubElement(svg, "text", x=f"{x:.1f}", y=f"{y:.1f}").text = text


def _line(svg: Element, kind: str, x1: float, y1: float, x2: float, y2: float) -> None:
    SubElement(svg, "line", {"class": kind, "x1": f"{x1:.1f}", "y1": f"{y1:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}"})
