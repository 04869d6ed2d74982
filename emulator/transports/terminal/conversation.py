"""The conversation of a person with a world: from prompt to prompt, between the bench and the consoles."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from prompt_toolkit.document import Document
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from emulator.console.line.line_table import CTRL_Z
from emulator.console.line.phases import PromptKind
from emulator.console.session.help_pages import HelpPages
from emulator.sim.pacing import MAX, parse_pace
from emulator.transports.terminal.break_keys import BreakKeys
from emulator.transports.terminal.endpoints import Endpoint
from emulator.transports.terminal.key_actions import (
    Act,
    ConfigurationEnded,
    HungUp,
    Interrupted,
    Left,
    Overtaken,
    Repeated,
    TypedLine,
)
from emulator.transports.terminal.live_clock import LiveTime
from emulator.transports.terminal.reader import Reader
from emulator.transports.terminal.saving import Saving
from emulator.transports.terminal.screen import TerminalScreen
from emulator.transports.terminal.toolbar import Standing, standings, toolbar
from emulator.transports.terminal.whereabouts import Whereabouts
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine


class Conversation:
    """One person at one terminal that can move its cursor."""

    def __init__(
        self,
        world: World,
        bench: "Callable[[], BenchLine]",
        live: LiveTime,
        save: Callable[[], None],
        source: Input,
        output: Output,
        standing: Standing | None = None,
        *,
        plain: bool,
        redraws: bool = False,
    ) -> None:
        """Talk at a terminal.

        Args:
            world: the world.
            bench: makes the line of the bench.
            live: makes time pass.
            save: saves the world, after every input that has taken effect.
            source: the keys.
            output: the terminal.
            standing: tells what the line below the prompt says in place of the licenses.
            plain: no line with time and license below the prompt.
            redraws: a message stands above the line being typed, which is drawn anew, and not in the middle of it.
        """
        self._world, self._source, self._live, self._redraws = world, source, live, redraws
        self._screen = TerminalScreen(output)
        self._standing = standing or standings
        self._saving = Saving(save, self._screen.write)
        self._at = Whereabouts(world, bench, live, self._screen.write, self._tell)
        live.logging_in = lambda: self._at.place.line.logging_in
        self._reader = Reader(source, self._screen, live, None if plain else self._toolbar, redraws=redraws)
        self._kept = Document("")
        self._ending = False
        """Ctrl-Z was typed: configuration is left once the command before it is through."""
        self._hung_up = False

    async def hold(self, start: str | None) -> None:
        """Talk until the person leaves or the terminal is gone.

        Raises:
            Refused: another terminal is at that console.
        """
        self._at.begin(start)
        self._live.restart()
        try:
            while not (self._hung_up or self._at.left):
                act = await self._wait() if self._at.place.line.busy else await self._ask()
                await self._carry_out(act)
        except EOFError:
            pass
        finally:
            self._at.end()

    # --- from prompt to prompt ---------------------------------------------------------------------------------

    async def _wait(self) -> Act | None:
        place = self._at.place
        rates = self._live.rates if place.name else parse_pace(MAX)
        with BreakKeys(self._source, place) as keys:
            await self._live.wait(lambda: place.line.busy, rates, keys.pause)
        return keys.act

    async def _ask(self) -> Act:
        line = self._at.place.line
        if self._ending and line.prompt.kind is PromptKind.COMMAND:
            self._ending = False
            line.end_configuration()
            self._world.clock.settle()
        self._saving.keep()
        if self._at.follow_bench():
            return Repeated("", 0)
        kept, self._kept = self._kept, Document("")
        return await self._reader.read(self._at.place, kept)

    async def _carry_out(self, act: Act | None) -> None:
        place = self._at.place
        prompt = place.line.prompt
        await self._live.catch_up(lambda: place.line.prompt == prompt)
        match act:
            case TypedLine(text) if place.line.prompt == prompt:
                place.line.submit(text)
            case ConfigurationEnded(text) if place.line.prompt == prompt and prompt.ends:
                place.line.submit(text + CTRL_Z)
            case ConfigurationEnded(text) if place.line.prompt == prompt:
                self._ending = place.line.configuring
                if self._ending and text.strip():
                    place.line.submit(text)
            case Interrupted():
                place.line.interrupt()
            case Repeated(text, cursor, printed):
                self._kept = Document(text, cursor)
                await self._show_help(printed)
            case Overtaken(text, cursor):
                if place.line.prompt.kind is PromptKind.COMMAND:
                    self._kept = Document(text, cursor)
            case Left():
                self._ending = False
                self._at.go_to_bench()
            case HungUp():
                self._hung_up = True
            case _:
                pass
        self._world.clock.settle()
        self._saving.due = self._saving.due or not isinstance(act, Repeated)

    async def _show_help(self, text: str) -> None:
        """Show help, page by page; the line that it was asked for goes on behind it."""
        place = self._at.place
        pages = HelpPages(text, place.line.rows, place.line.prompt, self._screen.write)
        while pages.prompt is not None:
            match await self._reader.read(place, Document(""), pages.prompt):
                case TypedLine(typed):
                    pages.answer(typed)
                case Left():
                    pages.close()
                    self._kept = Document("")
                    self._at.go_to_bench()
                case _:
                    pages.close()

    # --- what is shown -----------------------------------------------------------------------------------------

    def _tell(self, message: str) -> None:
        self._screen.tell(message, due=self._at.prompt_is_due and not self._redraws)

    def _toolbar(self, place: Endpoint) -> str:
        shown = toolbar(self._world, place.name, self._live.rates.shown, self._standing)
        return f"{shown}   redraw" if self._redraws else shown
