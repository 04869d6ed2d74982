"""Lines that come through a pipe, shown as a terminal would have shown them, each behind its prompt.

Nobody waits before a pipe, so time runs only as far as commands need it (`max`), `--More--` goes on by itself and a
closed console is opened by itself. A line that ends in `?` asks for help; Ctrl-Z and Ctrl-^ x work as characters.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from emulator.console.line.phases import PromptKind
from emulator.kernel.errors import as_on_a_line
from emulator.transports.terminal.endpoints import BenchEndpoint, ConsoleEndpoint, Endpoint
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine

LEAVE, END = "\x1ex", "\x1a"


class Piped:
    """A world that is driven by a text stream."""

    def __init__(
        self, world: World, bench: "Callable[[], BenchLine]", save: Callable[[], None], source: TextIO, sink: TextIO
    ) -> None:
        self._world, self._save, self._source, self._sink = world, save, source, sink
        self._bench = BenchEndpoint(bench)
        self._place: Endpoint = self._bench

    def hold(self, start: str | None) -> None:
        """Go on to the end of the stream."""
        self._go(start)
        self._reach_prompt()
        for line in self._source:
            self._take(line.rstrip("\r\n"))
            self._reach_prompt()
            self._save()
            if self._place is self._bench and self._leaves:
                break
        self._write("\n")
        self._place.attach(None)

    @property
    def _leaves(self) -> bool:
        bench = self._bench.line.bench
        return bench.left or bench.travel is not None

    def _take(self, line: str) -> None:
        kind = self._place.line.prompt.kind
        if kind is PromptKind.RETURN:
            self._place.line.submit("")
            self._run()
            if not line or self._place.line.prompt.kind is PromptKind.RETURN:
                return
            self._write(self._place.line.prompt.text)
            kind = self._place.line.prompt.kind
        shown = "" if self._place.line.prompt.hidden else line.replace(END, "^Z").replace(LEAVE, "")
        self._write((shown[:1] if kind is PromptKind.KEY else shown) + "\n")
        if line.startswith(LEAVE):
            self._go(None)
        elif kind is PromptKind.KEY:
            self._place.line.submit(line[:1])
        elif kind is PromptKind.COMMAND and line.endswith("?"):
            self._write(self._place.line.help(line[:-1]))
        elif kind is not PromptKind.NONE:
            self._type(line)

    def _type(self, line: str) -> None:
        before, ended, _ = line.partition(END)
        if not ended:
            self._place.line.submit(line)
            return
        configuring = self._place.line.configuring
        if configuring and before.strip():
            self._place.line.submit(before)
            self._run()
        if configuring:
            self._place.line.end_configuration()

    def _run(self) -> None:
        """Let time pass until something is expected from the stream."""
        place = self._place
        self._world.clock.settle()
        self._world.clock.run_while(lambda: place.line.busy)
        while place.line.prompt.kind is PromptKind.KEY and place.line.prompt.erase:
            place.line.submit(" ")
            self._world.clock.settle()
            self._world.clock.run_while(lambda: place.line.busy)

    def _reach_prompt(self) -> None:
        self._run()
        if self._place is self._bench:
            bench = self._bench.line.bench
            name, bench.console, bench.pace = bench.console, None, None
            if name is not None:
                self._go(name)
                self._run()
        self._write(self._place.line.prompt.text)

    def _go(self, name: str | None) -> None:
        self._place.attach(None)
        world = self._world
        if name is None:
            self._place = self._bench
        else:
            self._place = ConsoleEndpoint(name, world.lines_of(name).console)
        self._place.attach(self._write)

    def _write(self, text: str) -> None:
        self._sink.write(as_on_a_line(text))
        self._sink.flush()
