"""A recording as asciicast, version 2: a terminal player shows it, with a marker at every step.

https://docs.asciinema.org/manual/asciicast/v2/ — a header line, then one JSON list an event: seconds, kind, data. Time
is the simulated one with its waits shortened; what was typed comes key by key, at a speed that follows from the
simulated instant, so the same recording gives the same bytes.
"""

from collections.abc import Iterator
from zlib import crc32

import msgspec

from emulator.kernel.errors import visible
from emulator.kernel.time import SECOND, Instant, clock_line
from emulator.scenarios.recording.recording import Passage, Piece, SessionRecording

WIDTH, HEIGHT = 100, 32

LONGEST_WAIT = 1.5
"""Seconds that a wait is shown, however long it was."""

STEP_PAUSE = 1.2
"""Seconds to read a step's title."""

KEY, SPREAD = 0.03, 0.06
"""Seconds between two keys at least, and what may come on top."""

READING, LONGEST_READING = 0.02, 2.0
"""Seconds to read a line that was printed, and a whole screen."""

BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def as_cast(recording: SessionRecording) -> str:
    """The recording as an asciicast file."""
    header = {
        "version": 2,
        "width": WIDTH,
        "height": HEIGHT,
        "timestamp": int(recording.start.timestamp()),
        "title": visible(recording.title),
        "env": {"TERM": "xterm-256color"},
    }
    lines = [_json(header), *(_json([round(at, 3), kind, data]) for at, kind, data in _events(recording))]
    return "\n".join(lines) + "\n"


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _events(recording: SessionRecording) -> Iterator[tuple[float, str, str]]:
    clock, place, column = 0.0, "", 0
    yield clock, "o", f"{BOLD}{visible(recording.title)}{PLAIN}\r\n"
    before: Instant = 0
    for part in recording.parts:
        clock += STEP_PAUSE
        yield clock, "m", _label(part)
        if column:
            yield clock, "o", "\r\n"
        yield clock, "o", f"\r\n{BOLD}{visible(_heading(recording, part))}{PLAIN}\r\n"
        column, place = 0, ""
        clock += STEP_PAUSE if part.title else 0.0
        for piece in part.in_turn():
            clock += min(max(piece.at - before, 0) / SECOND, LONGEST_WAIT)
            before = max(before, piece.at)
            if piece.place != place:
                place = piece.place
                yield clock, "o", ("\r\n" if column else "") + f"{DIM}── {place} ──{PLAIN}\r\n"
            for pause, text in _shown(piece):
                clock += pause
                yield clock, "o", text.replace("\n", "\r\n")
            column = len(piece.text.rpartition("\n")[2])
            clock += min(piece.text.count("\n") * READING, LONGEST_READING)
    yield clock + STEP_PAUSE, "o", "\r\n"


def _shown(piece: Piece) -> Iterator[tuple[float, str]]:
    """The text of a piece as it comes: what was typed key by key, the rest at once."""
    end = f"{piece.typed}\n"
    if not piece.typed or not piece.text.endswith(end):
        yield 0.0, piece.text
        return
    yield 0.0, piece.text.removesuffix(end)
    for number, key in enumerate(piece.typed):
        yield _delay(piece.at, number, key), key
    yield KEY + SPREAD, "\n"


def _delay(at: Instant, number: int, key: str) -> float:
    """Seconds before a key is struck."""
    return KEY + SPREAD * (crc32(f"{at} {number} {key}".encode()) % 100) / 100


def _label(part: Passage) -> str:
    return visible(f"{part.number} {part.title}".strip())


def _heading(recording: SessionRecording, part: Passage) -> str:
    if not recording.timed:
        return part.title
    return f"{part.number}  {clock_line(recording.calendar(part.at))}  {part.title}".rstrip()
