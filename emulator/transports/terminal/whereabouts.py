"""Whereabouts of one person at a terminal: at the bench, or at the console of a router; and the ways between."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from emulator.console.line.phases import ASKED
from emulator.kernel.errors import Refused
from emulator.transports.terminal.endpoints import BenchEndpoint, ConsoleEndpoint, Endpoint
from emulator.transports.terminal.live_clock import LiveTime
from emulator.transports.terminal.unseen import UnseenMessages
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine


def in_use(place: Endpoint) -> str:
    """Reason why a console cannot be used, in words."""
    return f"another terminal is at the console of {place.name}"


class Whereabouts:
    """The place of one person.

    Attributes:
        place: the place.
        left: the person has left the world, by a verb of the bench.
    """

    def __init__(
        self,
        world: World,
        bench: "Callable[[], BenchLine]",
        live: LiveTime,
        write: Callable[[str], None],
        tell: Callable[[str], None],
    ) -> None:
        """Stand at the bench.

        Args:
            world: the world.
            bench: makes the line of the bench.
            live: makes time pass, at the pace that is set at the bench.
            write: prints.
            tell: prints a system message of the router at whose console the person is.
        """
        self._world, self._live, self._write, self._tell = world, live, write, tell
        self._bench = BenchEndpoint(bench)
        self.place: Endpoint = self._bench
        self.left = False
        self._bench_told = False
        self._unseen = UnseenMessages(world, self._show_at_bench, world.is_attended)

    def begin(self, start: str | None) -> None:
        """Go to where the person begins: a router's console, or with None the bench.

        Raises:
            Refused: another terminal is at that console.
        """
        self.place = self._bench if start is None else self._console(start)
        if self.place.taken:
            raise Refused(in_use(self.place))
        self._arrive()
        self._world.listeners.append(self._unseen.hear)

    def end(self) -> None:
        """Leave the place, and stop hearing what the world reports."""
        self._world.listeners.remove(self._unseen.hear)
        self.place.attach(None)

    @property
    def prompt_is_due(self) -> bool:
        """Tell whether a prompt follows, behind which a message has to stand."""
        line = self.place.line
        return not line.busy and line.prompt.kind in ASKED

    def go(self, place: Endpoint) -> None:
        """Go to a place; messages of the console that is left are no longer shown."""
        if place is not self.place and place.taken:
            self._write(f"% {in_use(place)}\n")
            return
        self.place.attach(None)
        self.place = place
        self._arrive()

    def go_to_bench(self) -> None:
        """Go to the bench."""
        self.go(self._bench)

    def follow_bench(self) -> bool:
        """Carry out what bench verbs have asked the terminal to do; True if it leads to another place."""
        if self.place is not self._bench:
            return False
        bench = self._bench.line.bench
        pace, bench.pace = bench.pace, None
        if pace is not None:
            self._live.set_rates(pace)
        name, bench.console = bench.console, None
        if name is not None:
            self.go(self._console(name))
        if bench.travel is not None or bench.left:
            self.left = True
        return name is not None or self.left

    def _arrive(self) -> None:
        place = self.place
        if place.name or not self._bench_told:
            self._write(place.hint)
        self._bench_told = self._bench_told or not place.name
        place.attach(self._write, self._tell)
        if place.name and (unseen := self._unseen.take(place.name)):
            self._write(unseen)

    def _console(self, name: str) -> Endpoint:
        self._world.router(name)
        return ConsoleEndpoint(name, self._world.lines_of(name).console)

    def _show_at_bench(self, text: str) -> None:
        """Show a message to a person at the bench, unless it is switched off, or a verb is under way that lists it."""
        if self.place is self._bench and not self.place.line.busy and self._bench.line.bench.messages:
            self._write(text)
