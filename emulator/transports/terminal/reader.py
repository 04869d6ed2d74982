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
from prompt_toolkit.output import ColorDepth

from emulator.console.line.phases import ASKED, Prompt
from emulator.transports.terminal.endpoints import Endpoint
from emulator.transports.terminal.key_actions import Act, Overtaken
from emulator.transports.terminal.keys import key_bindings
from emulator.transports.terminal.live_clock import LiveTime
from emulator.transports.terminal.screen import TerminalScreen
from emulator.transports.terminal.seen_line import SeenLine

UNHURRIED = 60.0
"""Seconds that a person may take between Ctrl-^ and x."""


class Reader:
    """Asks at a place, while time goes on."""

    def __init__(
        self,
        source: Input,
        screen: TerminalScreen,
        live: LiveTime,
        toolbar: Callable[[Endpoint], str] | None,
        *,
        redraws: bool,
    ) -> None:
        """Read from a terminal.

        Args:
            source: the keys.
            screen: the screen.
            live: makes time pass.
            toolbar: the text below the prompt; None for no line there.
            redraws: a message stands above the prompt and the line, which are drawn anew.
        """
        self._redraws = redraws
        self._source, self._screen, self._live, self._toolbar = source, screen, live, toolbar
        self._app: Application[Act] | None = None

    async def read(self, place: Endpoint, kept: Document, prompt: Prompt | None = None) -> Act:
        """Read the next act of the person at a prompt.

        Args:
            place: where the person is.
            kept: text that stands in the line already.
            prompt: the prompt, if it is not that of the place.

        Raises:
            EOFError: the terminal is gone.
        """
        beneath = place.line.prompt
        prompt = prompt or beneath
        above, newline, _ = prompt.text.rpartition("\n")
        self._screen.write(above + newline)
        buffer = Buffer(document=kept, multiline=False)
        seen = SeenLine(prompt, lambda: self._screen.begun, place.line.columns, buffer)
        app = self._application(seen.control, key_bindings(prompt.kind, place), place)
        app.erase_when_done = prompt.erase or prompt.kind not in ASKED

        def holds() -> bool:
            return not place.line.busy and place.line.prompt == beneath

        def tear() -> str:
            return seen.tear(again=place.line.synchronous)

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

        self._screen.begin_prompt(app, None if self._redraws or prompt.kind not in ASKED else tear)
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


def _pass_on(ticking: asyncio.Task[None], app: Application[Act]) -> None:
    """A mistake met while time passed ends the prompt: it must not be lost."""
    if not ticking.cancelled() and (error := ticking.exception()) is not None and app.is_running and not app.is_done:
        app.exit(exception=error)
