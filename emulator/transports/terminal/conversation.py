"""The conversation of a person with a world: from prompt to prompt, between the bench and the consoles."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from prompt_toolkit.document import Document
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from emulator.console.line.line_table import CTRL_Z
from emulator.console.line.phases import PromptKind
from emulator.kernel.errors import Refused
from emulator.sim.pacing import MAX, parse_pace
from emulator.transports.terminal.break_keys import BreakKeys
from emulator.transports.terminal.endpoints import BenchEndpoint, ConsoleEndpoint, Endpoint
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
from emulator.transports.terminal.screen import TerminalScreen
from emulator.transports.terminal.toolbar import Standing, standings, toolbar
from emulator.transports.terminal.unseen import UnseenMessages
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine


def in_use(place: Endpoint) -> str:
    """Reason why a console cannot be used, in words."""
    return f"another terminal is at the console of {place.name}"


class Conversation:
    """One person at one terminal."""

    def __init__(
        self,
        world: World,
        bench: "Callable[[], BenchLine]",
        live: LiveTime,
        save: Callable[[], None],
        source: Input,
        output: Output,
        *,
        plain: bool,
        standing: Standing | None = None,
    ) -> None:
        self._world, self._save, self._source = world, save, source
        self._bench_place = BenchEndpoint(bench)
        self._screen = TerminalScreen(output)
        self._live = live
        self._standing = standing or standings
        self._reader = Reader(source, self._screen, self._live, None if plain else self._toolbar)
        self._place: Endpoint = self._bench_place
        self._kept = Document("")
        self._ending = False
        """Ctrl-Z was typed: configuration is left once the command before it is through."""
        self._unsaved = False
        self._save_failed = False
        self._bench_told = False
        self._hung_up = False
        self._unseen = UnseenMessages(world, self._show_at_bench, world.is_attended)

    async def hold(self, start: str | None) -> None:
        """Talk until the person leaves or the terminal is gone.

        Raises:
            Refused: another terminal is at that console.
        """
        place = self._bench_place if start is None else self._console(start)
        if place.taken:
            raise Refused(in_use(place))
        self._go(place)
        self._live.restart()
        self._world.listeners.append(self._unseen.hear)
        try:
            while not self._hung_up:
                act = await self._wait() if self._place.line.busy else await self._ask()
                await self._carry_out(act)
        except EOFError:
            pass
        finally:
            self._world.listeners.remove(self._unseen.hear)
            self._place.attach(None)

    # --- from prompt to prompt ---------------------------------------------------------------------------------

    async def _wait(self) -> Act | None:
        place = self._place
        rates = self._live.rates if place.name else parse_pace(MAX)
        with BreakKeys(self._source, place) as keys:
            await self._live.wait(lambda: place.line.busy, rates, keys.pause)
        return keys.act

    async def _ask(self) -> Act:
        if self._ending and self._place.line.prompt.kind is PromptKind.COMMAND:
            self._ending = False
            self._place.line.end_configuration()
            self._world.clock.settle()
        if self._unsaved:
            self._keep()
        if self._place is self._bench_place and self._follow_bench():
            return Repeated("", 0)
        kept, self._kept = self._kept, Document("")
        return await self._reader.read(self._place, kept)

    def _keep(self) -> None:
        """Save what was done; a save that fails is told, and tried again at the next prompt."""
        try:
            self._save()
        except Refused as error:
            if not self._save_failed:
                self._screen.write(f"% {error}\n% What is done now may be lost; saving is tried again.\n")
            self._save_failed = True
            return
        if self._save_failed:
            self._screen.write("% The world is saved again.\n")
        self._unsaved = self._save_failed = False

    async def _carry_out(self, act: Act | None) -> None:
        place = self._place
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
                self._screen.write(printed)
                self._kept = Document(text, cursor)
            case Overtaken(text, cursor):
                if place.line.prompt.kind is PromptKind.COMMAND:
                    self._kept = Document(text, cursor)
            case Left():
                self._go(self._bench_place)
            case HungUp():
                self._hung_up = True
            case _:
                pass
        self._world.clock.settle()
        self._unsaved = self._unsaved or not isinstance(act, Repeated)

    # --- from place to place -----------------------------------------------------------------------------------

    def _console(self, name: str) -> Endpoint:
        self._world.router(name)
        return ConsoleEndpoint(name, self._world.lines_of(name).console)

    def _go(self, place: Endpoint) -> None:
        """Whoever leaves a console hears no more of it."""
        if place is not self._place and place.taken:
            self._screen.write(f"% {in_use(place)}\n")
            return
        if place.name or not self._bench_told:
            self._screen.write(place.hint)
        self._bench_told = self._bench_told or not place.name
        self._place.attach(None)
        self._place, self._ending = place, False
        place.attach(self._screen.write)
        if place.name and (unseen := self._unseen.take(place.name)):
            self._screen.write(unseen)

    def _show_at_bench(self, text: str) -> None:
        """Show a message to a person at the bench, unless it is switched off, or a verb is under way that lists it."""
        if self._place is self._bench_place and not self._place.line.busy and self._bench_place.line.bench.messages:
            self._screen.write(text)

    def _follow_bench(self) -> bool:
        """Do what bench verbs asked of whoever runs the bench; tells whether it leads away."""
        if self._place is not self._bench_place:
            return False
        bench = self._bench_place.line.bench
        pace, bench.pace = bench.pace, None
        if pace is not None:
            self._live.set_rates(pace)
        name, bench.console = bench.console, None
        if name is not None:
            self._go(self._console(name))
        if bench.travel is not None or bench.left:
            self._hung_up = True
        return name is not None or self._hung_up

    def _toolbar(self, place: Endpoint) -> str:
        return toolbar(self._world, place.name, self._live.rates.shown, self._standing)
