"""A recording as one HTML page that needs nothing else: timeline of the licenses, steps with their screens, mail."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from emulator.kernel.time import clock_line
from emulator.scenarios.recording.recording import Letter, Passage, Piece, SessionRecording
from emulator.scenarios.recording.timeline import as_timeline
from emulator.scenarios.transcript import BENCH

STYLE = Path(__file__).with_name("page.css")


def as_page(recording: SessionRecording) -> str:
    """The recording as an HTML document."""
    return framed(recording.title, "\n".join(_body(recording)))


def framed(title: str, body: str) -> str:
    """An HTML document with the style of these pages.

    Args:
        title: its name.
        body: HTML, trusted.
    """
    style = STYLE.read_text(encoding="utf-8")
    return f"""\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
{style}</style></head>
<body>
{body}
<footer>Simulated with isrtwin; no genuine router or license is shown.</footer>
</body></html>
"""


def screen(place: str, pieces: Iterable[Piece]) -> str:
    """HTML of the text that appeared at one place; typed text stands out."""
    kind = "bench" if place == BENCH else "console"
    text = "".join(map(_piece, pieces)).rstrip("\n")
    return f'<div class="screen {kind}"><b>{escape(place)}</b><pre tabindex="0">{text}</pre></div>'


def _body(recording: SessionRecording) -> Iterator[str]:
    yield f"<header><h1>{escape(recording.title)}</h1>"
    if recording.question:
        yield f'<p class="question">{escape(recording.question)}</p>'
    if recording.lesson:
        yield f'<p class="lesson">{escape(recording.lesson)}</p>'
    yield "</header><main>"
    if recording.stretches:
        yield "<h2>Licenses</h2>"
        yield f'<div class="sheet wide">{as_timeline(recording)}</div>'
        yield '<p class="quiet">A band is a router: the level that it ran, and the license that it ran on. Marks are '
        yield "licenses installed and agreements accepted (green), warnings (amber), ends and removals (red).</p>"
    yield "<h2>Steps</h2>"
    for part in recording.parts:
        yield from _step(recording, part)
    if recording.letters:
        yield "<h2>Mail</h2>"
        for number, letter in enumerate(recording.letters, 1):
            yield from _letter(recording, number, letter)
    yield "</main>"


def _step(recording: SessionRecording, part: Passage) -> Iterator[str]:
    moment = clock_line(recording.calendar(part.at))
    title = f"{part.number}. {part.title}" if part.title else f"{part.number}."
    yield f'<section class="step" id="step-{part.number}">'
    yield f'<h3><a href="#step-{part.number}">{escape(title)}</a> <time>{moment}</time></h3>'
    for place, pieces in groupby(part.in_turn(), lambda piece: piece.place):
        yield screen(place, pieces)
    yield "</section>"


def _piece(piece: Piece) -> str:
    end = f"{piece.typed}\n"
    if not piece.typed or not piece.text.endswith(end):
        return escape(piece.text, quote=False)
    before = escape(piece.text.removesuffix(end), quote=False)
    return f"{before}<kbd>{escape(piece.typed, quote=False)}</kbd>\n"


def _letter(recording: SessionRecording, number: int, letter: Letter) -> Iterator[str]:
    moment = clock_line(recording.calendar(letter.at))
    yield f'<details class="sheet letter" id="mail-{number}"><summary>{number}. {escape(letter.subject)}</summary>'
    yield f'<p class="quiet">From {escape(letter.sender)}, {moment}</p>'
    yield f"<pre>{escape(letter.body.rstrip(), quote=False)}</pre>"
    if letter.attachments:
        yield f'<p class="quiet">Attached: {escape(", ".join(letter.attachments))}</p>'
    yield "</details>"
