"""View of the prompt and of the line being typed behind it, as the screen shows them.

R: a message stands in the middle of the line; what was typed before it is not shown again, though it still counts. A
line that reaches the right margin is shifted (`console/line/line_window.py`).
"""

from collections.abc import Callable

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.layout import BufferControl, FormattedTextControl
from prompt_toolkit.layout.processors import BeforeInput, Processor, Transformation, TransformationInput

from emulator.console.line.line_window import LineWindow, room_behind
from emulator.console.line.phases import Prompt, PromptKind

LINES = {PromptKind.COMMAND, PromptKind.QUESTION}

SENT = "fg:ansidefault"
"""A style that shows nothing, but has the blank at a prompt's end sent as a blank instead of skipped over."""


class SeenLine(Processor):
    """A prompt and the line behind it, as they stand on the screen."""

    def __init__(self, prompt: Prompt, begun: Callable[[], str], columns: int, buffer: Buffer) -> None:
        """Show a prompt.

        Args:
            prompt: the prompt.
            begun: returns what stands in its line before it.
            columns: columns of the screen; 0 for one without bounds.
            buffer: what is typed.
        """
        self._kind, self._hidden, self._buffer = prompt.kind, prompt.hidden, buffer
        self._begun, self._text = begun, prompt.text.rpartition("\n")[2]
        self._window = LineWindow(room_behind(self._prompt, columns))
        self._torn = 0
        """Number of characters that stand above a message."""

    @property
    def control(self) -> BufferControl | FormattedTextControl:
        """Control that draws it."""
        if self._kind not in LINES:
            return FormattedTextControl(lambda: [(SENT, self._prompt), ("[SetCursorPosition]", "")], show_cursor=True)
        processors = [self, BeforeInput(lambda: self._prompt, style=SENT)]
        return BufferControl(self._buffer, input_processors=processors, include_default_input_processors=False)

    def tear(self, *, again: bool) -> str:
        """Return what stands on the screen, of which nothing is shown from now on unless all is to be shown `again`."""
        torn = self._prompt + self._seen()
        if not again:
            self._text, self._torn = "", len(self._buffer.text)
        return torn

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Replace the line by what is in sight of it."""
        self._window.follow(transformation_input.document.cursor_position)
        start, seen = self._start, self._seen()
        return Transformation([("", seen)], source_to_display=lambda at: min(max(at - start, 0), len(seen)))

    @property
    def _prompt(self) -> str:
        return (self._begun() + self._text).expandtabs()

    @property
    def _start(self) -> int:
        return max(self._window.first, self._torn)

    def _seen(self) -> str:
        return "" if self._hidden else self._window.shown(self._buffer.text)[self._start - self._window.first :]
