"""The conversation with a person whose terminal has no cursor control: `TERM=dumb`, an editor's shell, expect.

The terminal is sent plain characters alone, by the same line discipline as one at a network line; every key is heard
at once. Nothing is written while nothing happens. `Ctrl-^ x` leads to the bench, Ctrl-D on its empty line out.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from emulator.kernel.errors import as_on_a_line
from emulator.sim.pacing import MAX, parse_pace
from emulator.transports.discipline.line_discipline import LineDiscipline
from emulator.transports.terminal.live_clock import LiveTime
from emulator.transports.terminal.saving import Saving
from emulator.transports.terminal.whereabouts import Whereabouts
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine

CONTROL_CIRCUMFLEX, CONTROL_D, LEAVE = "\x1e", "\x04", "x"


class PlainConversation:
    """One person at one terminal that is sent plain characters."""

    def __init__(
        self,
        world: World,
        bench: "Callable[[], BenchLine]",
        live: LiveTime,
        save: Callable[[], None],
        write: Callable[[str], object],
    ) -> None:
        """Talk at a terminal.

        Args:
            world: the world.
            bench: makes the line of the bench.
            live: makes time pass.
            save: saves the world, after every input that has taken effect.
            write: sends text to the terminal, with line feeds as line ends.
        """
        self._world, self._live = world, live
        self._send: Callable[[str], object] = write
        self._at = Whereabouts(world, bench, live, self._show, self._tell)
        live.logging_in = lambda: self._at.place.line.logging_in
        self._saving = Saving(save, self._show)
        self._typed: list[str] = []
        self._heard = asyncio.Event()
        self._escaped = self._gone = self._in_turn = False

    @cached_property
    def _discipline(self) -> LineDiscipline:
        return LineDiscipline(self._at.place.line, self._out, self._world.clock.settle)

    # --- the terminal ------------------------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """Take keys."""
        self._typed.append(text)
        self._heard.set()
        self._live.nudge()

    def gone(self) -> None:
        """Note that the terminal is gone."""
        self._gone = True
        self._heard.set()
        self._live.nudge()

    async def hold(self, start: str | None) -> None:
        """Talk until the person leaves or the terminal is gone.

        Raises:
            Refused: another terminal is at that console.
        """
        self._at.begin(start)
        self._live.restart()
        try:
            while not (self._gone or self._at.left):
                await self._go_on()
        finally:
            self._saving.keep()
            self._show("")
            self._at.end()

    # --- turns -------------------------------------------------------------------------------------------------

    async def _go_on(self) -> None:
        """Let one line or key take effect, or let time pass until there is one."""
        line = self._at.place.line
        if line.busy:
            rates = self._live.rates if self._at.place.name else parse_pace(MAX)
            await self._live.wait(lambda: line.busy, rates, self._pause)
            return
        prompt = line.prompt
        await self._live.catch_up(lambda: line.prompt == prompt)
        self._take_keys()
        more = self._turn()
        self._saving.keep()
        if self._at.follow_bench():
            self._discipline.move_to(self._at.place.line)
        elif not (more or self._typed or line.busy):
            await self._live.idle(lambda: not (self._heard.is_set() or self._gone or line.busy), self._show_prompt)
        await asyncio.sleep(0)

    def _turn(self) -> bool:
        """Act on one line or key, and show the prompt; says whether there is more to do at once."""
        self._in_turn = True
        more = self._discipline.run(1)
        self._in_turn = False
        return more

    def _show_prompt(self) -> None:
        self._turn()

    async def _pause(self, seconds: float) -> bool:
        """Let so much time pass, less if a key is pressed; tells whether to go on."""
        if seconds > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._heard.wait()
        else:
            await asyncio.sleep(0)
        place = self._at.place
        self._take_keys()
        return not self._gone and place is self._at.place

    def _take_keys(self) -> None:
        """Hand over what was typed, up to a key that leads away: what was typed before that takes effect first."""
        self._heard.clear()
        text, self._typed = "".join(self._typed), []
        keys = ""
        for at, key in enumerate(text):
            left = self._escaped and key == LEAVE
            ended = key == CONTROL_D and not self._at.place.name
            if (left or ended) and (keys or self._discipline.waiting) and not self._at.place.line.busy:
                self._typed = [text[at:]]
                break
            if left:
                self._at.go_to_bench()
                self._discipline.move_to(self._at.place.line)
            elif ended and self._discipline.empty:
                self._gone = True
            elif key != CONTROL_CIRCUMFLEX:
                keys += CONTROL_CIRCUMFLEX * self._escaped + key
            self._escaped = key == CONTROL_CIRCUMFLEX
        if keys:
            self._saving.due = True
            self._discipline.receive(keys)

    # --- what is shown -----------------------------------------------------------------------------------------

    def _out(self, text: str) -> None:
        self._send(as_on_a_line(text).replace("\r\n", "\n"))

    def _show(self, text: str) -> None:
        self._discipline.show(text)
        self._flush()

    def _tell(self, message: str) -> None:
        self._discipline.tell(message)
        self._flush()

    def _flush(self) -> None:
        if not self._in_turn:
            self._discipline.flush()
