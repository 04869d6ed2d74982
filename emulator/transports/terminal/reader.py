"""One prompt: a prompt_toolkit application that runs until something was typed, or until the prompt no longer holds.

The application is the same for all prompts, with another layout and other keys, for making one is slow.

The cursor position is not asked of the terminal (some do not answer, and every prompt would wait for it), so the
toolbar stands right below the prompt.
"""

import asyncio
from collections.abc import Callable

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindingsBase
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.processors import BeforeInput, Processor, Transformation, TransformationInput
from prompt_toolkit.output import ColorDepth

from emulator.console.line.phases import Prompt, PromptKind
from emulator.transports.terminal.endpoints import Endpoint
from emulator.transports.terminal.key_actions import Act, Overtaken
from emulator.transports.terminal.keys import key_bindings
from emulator.transports.terminal.live_clock import LiveTime
from emulator.transports.terminal.screen import TerminalScreen

LINES = {PromptKind.COMMAND, PromptKind.QUESTION}

SENT = "fg:ansidefault"
"""A style that shows nothing, but has the blank at a prompt's end sent as a blank instead of skipped over."""

UNHURRIED = 60.0
"""Seconds that a person may take between Ctrl-^ and x."""


class Unseen(Processor):
    """Shows nothing of what is typed, not even how much."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        del transformation_input
        return Transformation([], source_to_display=lambda _: 0, display_to_source=lambda _: 0)


class Reader:
    """Asks at a place, while time goes on."""

    def __init__(
        self, source: Input, screen: TerminalScreen, live: LiveTime, toolbar: Callable[[Endpoint], str] | None
    ) -> None:
        self._source, self._screen, self._live, self._toolbar = source, screen, live, toolbar
        self._app: Application[Act] | None = None

    async def read(self, place: Endpoint, kept: Document) -> Act:
        """Read the next act of the person at the place's prompt.

        Args:
            kept: text that stands in the line already.

        Raises:
            EOFError: the terminal is gone.
        """
        prompt = place.line.prompt
        above, newline, text = prompt.text.rpartition("\n")
        self._screen.write(above + newline)
        buffer = Buffer(document=kept, multiline=False)

        def shown() -> str:
            return (self._screen.begun + text).expandtabs()

        keys = key_bindings(prompt.kind, place)
        app = self._application(_control(prompt, buffer, shown), keys, place)
        app.erase_when_done = prompt.erase or prompt.kind in {PromptKind.RETURN, PromptKind.NONE}

        def holds() -> bool:
            return not place.line.busy and place.line.prompt == prompt

        toolbar = self._toolbar
        below = toolbar(place) if toolbar else ""

        def tick() -> None:
            nonlocal below
            if not app.is_running or app.is_done:
                return
            if holds():
                before, below = below, toolbar(place) if toolbar else ""
                if below != before:
                    app.invalidate()
            else:
                app.erase_when_done = True
                app.exit(result=Overtaken(buffer.text, buffer.cursor_position))

        self._screen.begin_prompt(app)
        ticking = asyncio.create_task(self._live.idle(holds, tick))
        ticking.add_done_callback(lambda task: _pass_on(task, app))
        try:
            return await app.run_async(handle_sigint=False, set_exception_handler=False)
        finally:
            ticking.cancel()
            self._screen.end_prompt(erased=app.erase_when_done)

    def _application(
        self, control: BufferControl | FormattedTextControl, keys: KeyBindingsBase, place: Endpoint
    ) -> Application[Act]:
        typed = Window(control, wrap_lines=True, dont_extend_height=True)
        toolbar = self._toolbar
        below = ConditionalContainer(
            Window(FormattedTextControl(lambda: toolbar(place) if toolbar else ""), height=1, style="reverse"),
            filter=~is_done & Condition(lambda: toolbar is not None),
        )
        if self._app is None:
            self._app = Application(
                input=self._source,
                output=self._screen.output,
                color_depth=ColorDepth.DEPTH_1_BIT,
                include_default_pygments_style=False,
            )
            self._app.timeoutlen = UNHURRIED
        self._app.layout, self._app.key_bindings = Layout(HSplit([typed, below])), keys
        return self._app


def _control(prompt: Prompt, buffer: Buffer, shown: Callable[[], str]) -> BufferControl | FormattedTextControl:
    if prompt.kind not in LINES:
        return FormattedTextControl(lambda: [(SENT, shown()), ("[SetCursorPosition]", "")], show_cursor=True)
    processors: list[Processor] = [Unseen()] if prompt.hidden else []
    processors.append(BeforeInput(shown, style=SENT))
    return BufferControl(buffer, input_processors=processors, include_default_input_processors=False)


def _pass_on(ticking: asyncio.Task[None], app: Application[Act]) -> None:
    """A mistake met while time passed ends the prompt: it must not be lost."""
    if not ticking.cancelled() and (error := ticking.exception()) is not None and app.is_running and not app.is_done:
        app.exit(exception=error)
