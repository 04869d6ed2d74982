"""The keys that are heard while something goes on: Ctrl-C and Ctrl-^ x.

What else is typed waits for the next prompt, as in the buffer of a real port; a booting router loses it.
"""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

from prompt_toolkit.input import Input
from prompt_toolkit.input.typeahead import get_typeahead, store_typeahead
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys

from emulator.transports.terminal.endpoints import Endpoint
from emulator.transports.terminal.key_actions import HungUp, Interrupted, Left


class BreakKeys:
    """Listens as long as the context lasts."""

    def __init__(self, source: Input, place: Endpoint) -> None:
        self.act: Interrupted | Left | HungUp | None = None
        """Key action that was pressed, or None."""
        self._source, self._place = source, place
        self._heard = asyncio.Event()
        self._escaped = False
        self._ahead: list[KeyPress] = []
        self._after: list[KeyPress] = []
        """Pressed behind the act: heard by whoever listens next."""
        self._attached = source.attach(self._read)

    def __enter__(self) -> Self:
        for pressed in get_typeahead(self._source):
            self._press(pressed)
        self._attached.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._attached.__exit__(kind, error, at)
        self._forget_if_deaf()
        store_typeahead(self._source, self._ahead + self._after)

    async def pause(self, seconds: float) -> bool:
        """Let so much time pass, less if a key is pressed; tells whether to go on."""
        self._forget_if_deaf()
        if seconds > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._heard.wait()
        else:
            await asyncio.sleep(0)
        return self.act is None

    def _read(self) -> None:
        for pressed in self._source.read_keys():
            self._press(pressed)
        if self._source.closed:
            self._break(HungUp())

    def _press(self, pressed: KeyPress) -> None:
        if self.act is not None:
            self._after.append(pressed)
            return
        escaped, self._escaped = self._escaped, pressed.key == Keys.ControlCircumflex
        if escaped and pressed.key == "x":
            self._break(Left())
        elif pressed.key == Keys.ControlC:
            self._ahead.clear()
            self._break(Interrupted())
        elif not self._escaped:
            self._ahead.append(pressed)

    def _break(self, act: Interrupted | Left | HungUp) -> None:
        self.act = self.act or act
        self._heard.set()

    def _forget_if_deaf(self) -> None:
        if self._place.line.deaf:
            self._ahead.clear()
