"""A recording as a picture of a terminal: SVG that shows text as text and fetches nothing."""

from html import escape
from io import StringIO
from typing import TYPE_CHECKING

from emulator.scenarios.recording.recording import Piece, SessionRecording

if TYPE_CHECKING:
    from rich.text import Text

WIDTH = 96

FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>TITLE</title>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: system-ui, sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def as_picture(recording: SessionRecording) -> str:
    """The recording as an SVG document; it is as high as what was seen is long."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=WIDTH, file=StringIO(), color_system="truecolor", force_terminal=True)
    shown = Text()
    place = "" if len(recording.places) > 1 else recording.places[0] if recording.places else ""
    for part in recording.parts:
        for piece in part.in_turn():
            if piece.place != place:
                place = piece.place
                _break_line(shown)
                shown.append(f"── {place} ", "dim")
                shown.append("\n")
            _append(shown, piece)
    shown.rstrip()
    shown.expand_tabs(8)
    console.print(shown, soft_wrap=False)
    named = escape(recording.title).replace("{", "{{").replace("}", "}}")
    return console.export_svg(title=recording.title, code_format=FRAME.replace("TITLE", named))


def _break_line(shown: "Text") -> None:
    if shown.plain and not shown.plain.endswith("\n"):
        shown.append("\n")


def _append(shown: "Text", piece: Piece) -> None:
    end = f"{piece.typed}\n"
    if not piece.typed or not piece.text.endswith(end):
        shown.append(piece.text)
        return
    shown.append(piece.text.removesuffix(end))
    shown.append(piece.typed, "bold yellow")
    shown.append("\n")
