"""A person at a terminal, for tests: keys go through a pipe, the screen is what was sent to it."""

import asyncio
import io
import re
from collections.abc import Callable
from typing import Any

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from emulator.bench.line import BenchLine
from emulator.sim.pacing import parse_pace
from emulator.transports.terminal.conversation import Conversation
from emulator.transports.terminal.live_clock import LiveTime
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe

CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Person:
    """Types when something is seen."""

    def __init__(self, pipe, sent: io.StringIO, talk: asyncio.Task[None]) -> None:
        self._pipe, self._sent, self._talk, self._read = pipe, sent, talk, 0

    @property
    def sent(self) -> int:
        """Number of characters that were sent to the terminal, control codes included."""
        return len(self._sent.getvalue())

    async def types(self, keys: str) -> None:
        self._pipe.send_text(keys)

    async def sees(self, text: str) -> str:
        """Wait for a text; the value is what came since the last one was seen."""
        async with asyncio.timeout(20):
            while text not in (seen := CODES.sub("", self._sent.getvalue()).replace("\r", "")[self._read :]):
                if self._talk.done():
                    self._talk.result()
                    raise AssertionError(f"ended before {text!r} was seen in {seen!r}")
                await asyncio.sleep(0.005)
        end = seen.index(text) + len(text)
        self._read += end
        return seen[:end]

    async def leaves(self) -> None:
        await self.types("\x1ex\x04")
        async with asyncio.timeout(20):
            await self._talk


class Terminal:
    """A world with one router, and a person before it."""

    def __init__(self, *, pace: str = "max", plain: bool = True, redraws: bool = False) -> None:
        self.world = new_world(WorldRecipe(routers={"R1": RouterRecipe(serial="FTX1405YDC7")}))
        self.bench = BenchLine(self.world)
        self.line = self.world.lines_of("R1").console
        self.saves = 0
        self._pace, self._plain, self._redraws = pace, plain, redraws

    def boot(self) -> "Terminal":
        """Power R1 on and get it to the prompt of privileged EXEC."""
        clock = self.world.clock
        self.world.router("R1").power_on()
        clock.run_while(lambda: self.line.busy)
        for typed in ("no", "", "enable"):
            self.line.terminal.submit(typed)
            clock.settle()
            clock.run_while(lambda: self.line.busy)
        return self

    def play(self, start: str | None, script: Callable[..., Any]) -> str:
        """Have the script, a coroutine function, played by a person; the value is all that was on the screen."""
        return asyncio.run(self._play(start, script))

    def _save(self) -> None:
        self.saves += 1

    async def _play(self, start, script) -> str:
        sent = io.StringIO()
        output = Vt100_Output(sent, lambda: Size(rows=40, columns=120), term="xterm", enable_cpr=False)
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=output):
            live = LiveTime(self.world.clock, parse_pace(self._pace))
            talk = Conversation(
                self.world, lambda: self.bench, live, self._save, pipe, output,
                plain=self._plain, redraws=self._redraws,
            )  # fmt: skip
            task = asyncio.create_task(talk.hold(start))
            try:
                await script(Person(pipe, sent, task))
            finally:
                task.cancel()
                await asyncio.wait({task})
        return CODES.sub("", sent.getvalue()).replace("\r", "")
