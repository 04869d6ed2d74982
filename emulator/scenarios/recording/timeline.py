"""The licenses of every router over simulated time, as SVG.

A band is a router, a stretch of it a level and the license that it ran on, a mark something that happened to a license.

It has no style of its own: its classes are those of the page that it stands in.
"""

from collections.abc import Iterator
from html import escape

from emulator.kernel.time import DAY, HOUR, MINUTE, Duration, Instant, clock_line
from emulator.scenarios.recording.recording import LicenseMark, SessionRecording, Stretch

WIDTH, LEFT, RIGHT = 760, 76, 16
TOP, BAND, GAP, AXIS = 8, 26, 20, 24
INNER = WIDTH - LEFT - RIGHT
MOST_TICKS = 8
LEAST_WIDTH = 2.5
"""Least width of a stretch, however short it was."""

LETTER = 6.6
"""Width of a letter in a band."""

TICKS: tuple[Duration, ...] = (
    MINUTE // 60, MINUTE // 6, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY, 28 * DAY, 91 * DAY,
    364 * DAY, 3640 * DAY,
)  # fmt: skip


def as_timeline(recording: SessionRecording) -> str:
    """The timeline as an `svg` element."""
    routers = list(dict.fromkeys(each.router for each in recording.stretches))
    height = TOP + len(routers) * (BAND + GAP) + AXIS
    rows = {router: TOP + index * (BAND + GAP) for index, router in enumerate(routers)}
    parts = [
        (
            f'<svg class="timeline" viewBox="0 0 {WIDTH} {height}" role="img" '
            f'aria-label="Levels and licenses of {escape(", ".join(routers))} over time">'
        ),
        *(f'<text class="router" x="{LEFT - 10}" y="{y + 18}">{escape(name)}</text>' for name, y in rows.items()),
        *(_stretch(recording, each, rows[each.router]) for each in recording.stretches),
        *(_mark(recording, each, rows[each.router]) for each in recording.marks if each.router in rows),
        *_axis(recording, height - AXIS + 4),
        "</svg>",
    ]
    return "\n".join(parts)


def kind_of(stretch: Stretch) -> str:
    """The class that a stretch is drawn with."""
    return "off" if not stretch.level else stretch.license.lower().replace(" ", "-")


def _x(recording: SessionRecording, instant: Instant) -> float:
    return round(LEFT + INNER * instant / max(recording.end, 1), 1)


def _stretch(recording: SessionRecording, stretch: Stretch, y: int) -> str:
    begin, end = _x(recording, stretch.begin), _x(recording, stretch.end)
    width = max(end - begin, LEAST_WIDTH)
    told = f"{stretch.level}, {stretch.license}" if stretch.level else "not running"
    since = f"{clock_line(recording.calendar(stretch.begin))} to {clock_line(recording.calendar(stretch.end))}"
    band = (
        f'<rect class="{kind_of(stretch)}" x="{begin}" y="{y}" width="{round(width, 1)}" height="{BAND}">'
        f"<title>{escape(stretch.router)}: {escape(told)}, {since}</title></rect>"
    )
    words = next((text for text in (told, stretch.level) if text and len(text) * LETTER + 8 < width), "")
    return band + (
        f'<text class="told {kind_of(stretch)}" x="{begin + 5}" y="{y + 17}">{escape(words)}</text>' if words else ""
    )


def _mark(recording: SessionRecording, mark: LicenseMark, y: int) -> str:
    x = _x(recording, mark.at)
    moment = clock_line(recording.calendar(mark.at))
    return (
        f'<path class="mark {mark.kind}" d="M{x} {y + BAND - 2} l4 9 h-8 z">'
        f"<title>{escape(mark.router)}: {escape(mark.text)}, {moment}</title></path>"
    )


def _axis(recording: SessionRecording, y: int) -> Iterator[str]:
    yield f'<line class="axis" x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}"/>'
    step = next((tick for tick in TICKS if recording.end / tick <= MOST_TICKS), TICKS[-1])
    for instant in range(0, recording.end + 1, step):
        x, moment = _x(recording, instant), recording.calendar(instant)
        text = f"{moment:%H:%M:%S}" if step < MINUTE else f"{moment:%H:%M}" if step < DAY else f"{moment:%Y-%m-%d}"
        yield f'<line class="axis" x1="{x}" y1="{y}" x2="{x}" y2="{y + 4}"/>'
        if x < WIDTH - RIGHT - 30:
            yield f'<text class="tick" x="{x}" y="{y + 16}">{text}</text>'
