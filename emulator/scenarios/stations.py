"""The places where a scenario types: the console of every router, the clients that have connected, and the bench.

None of them has a screen, so nothing stops at `--More--`, and everything they print is kept, as on a paper terminal.
"""

from collections.abc import Iterator
from functools import partial
from typing import Protocol

from emulator.bench.host_files import HostFiles
from emulator.bench.line import BenchLine
from emulator.console.line.admission import LineRefused
from emulator.console.line.phases import Prompt, PromptKind
from emulator.console.line.terminal_line import TerminalLine
from emulator.kernel.errors import UnknownName
from emulator.scenarios.keys import ERASE, HELP, TAB, taken_apart
from emulator.scenarios.model import ClientConnection
from emulator.scenarios.transcript import BENCH
from emulator.world.world import World


class Record(Protocol):
    """Takes what appears."""

    def __call__(self, place: str, text: str, typed: str = "") -> None:
        """Take who printed, the text, and what a person typed of it: its end, before the line's end."""


class NoPrompt(Exception):
    """A place takes no input now; `args` says in which state it is."""


class Stations:
    """The places of one world.

    Args:
        world: whose they are.
        record: told of everything that is typed and printed.
        files: files of the computer that lines of the bench may reach.
    """

    def __init__(self, world: World, record: Record, files: HostFiles) -> None:
        self._world, self._record, self._files = world, record, files
        self.bench = self.another_bench()
        self._clients: dict[str, TerminalLine] = {}
        self.attach()

    def another_bench(self) -> BenchLine:
        """The bench for one more pair of hands, who do something while the others are busy."""
        bench = BenchLine(self._world, self._files)
        bench.output = partial(self._record, BENCH)
        return bench

    def attach(self) -> None:
        """Attach to every console that is still free; a router may have been racked just now."""
        for name in self._world.routers:
            line = self._world.lines_of(name).console
            if not line.terminal.connected:
                line.terminal.output = partial(self._record, name)
                line.terminal.take_screen()

    def line(self, name: str) -> TerminalLine:
        """The line of a client, or the console of a router.

        Raises:
            UnknownName: there is neither.
        """
        if name in self._clients:
            return self._clients[name]
        if name not in self._world.routers:
            raise UnknownName("router", name, {*self._world.routers, *self._clients})
        return self._world.lines_of(name).console

    def question(self, name: str) -> str:
        """The question that stands at a place and waits for an answer; empty where there is none."""
        line = self._clients.get(name)
        if line is None and name in self._world.routers:
            line = self._world.lines_of(name).console
        asks = line is not None and line.prompt.kind in {PromptKind.QUESTION, PromptKind.KEY}
        return line.prompt.text if line is not None and asks else ""

    # --- clients -----------------------------------------------------------------------------------------------

    def connect(self, connection: ClientConnection) -> str | None:
        """Open a line for a client; says why it was not let in.

        Raises:
            UnknownName: there is no such router.
        """
        lines, name = self._world.lines_of(connection.router), connection.client
        user: str | None = None
        level: int | None = None
        try:
            if connection.protocol == "ssh":
                user = connection.user
                level = lines.check_login(user, connection.password, connection.peer, connection.protocol)
                if level is None:
                    return "user name or password is wrong"
            line = lines.open_vty(connection.peer, connection.protocol, user, level)
        except LineRefused as refused:
            self._record(name, refused.text)
            return str(refused.reason)
        self._clients[name] = line
        line.terminal.take_screen()
        line.terminal.begin(partial(self._record, name), lambda: self._cut_off(name))
        self._settle(line)
        return None

    def disconnect(self, name: str) -> None:
        """Let a client go, whatever goes on at its line.

        Raises:
            UnknownName: it is not connected.
        """
        if name not in self._clients:
            raise UnknownName("client", name, self._clients)
        line = self._clients.pop(name)
        line.terminal.client_gone()
        self._world.clock.settle()

    def _cut_off(self, name: str) -> None:
        self._clients.pop(name, None)

    # --- typing ------------------------------------------------------------------------------------------------

    def type(self, name: str, text: str, *, waits: bool) -> None:
        """Type a line, with the keys in it.

        Raises:
            NoPrompt: nothing can be typed there.
            UnknownName: there is no such place.
        """
        line = self.line(name)
        self._world.clock.run_while(lambda: line.busy)
        prompt = line.prompt
        if prompt.kind is PromptKind.NONE:
            state = "off" if line.phase is line.phase.DARK else str(line.phase)
            raise NoPrompt(line.place.misread or f"{name} is {state}")
        typed = ""
        for piece in taken_apart(text, asks_help=prompt.kind is PromptKind.COMMAND):
            typed += piece.text
            if piece.key:
                typed = self._press(name, line, typed, piece.key)
        if text.endswith(_TAB):
            self._record(name, f"{prompt.text}{typed}\n")
        is_text = prompt.kind is not PromptKind.COMMAND and text.endswith(HELP)
        if is_text or not text.endswith(_ENDS):
            self._submit(name, line, line.prompt, typed)
        if waits:
            self._settle(line)

    def _submit(self, name: str, line: TerminalLine, prompt: Prompt, typed: str) -> None:
        shown = "" if prompt.hidden else typed
        self._record(name, f"{prompt.text}{shown}\n", shown)
        line.terminal.submit(typed)
        self._world.clock.settle()

    def _press(self, name: str, line: TerminalLine, typed: str, key: str) -> str:
        """Press a key; the value is what stands in the line after it."""
        shown = line.prompt.text + typed
        if key == HELP:
            self._record(name, f"{shown}?\n{line.terminal.help(typed)}")
        elif key == TAB:
            self._record(name, f"{shown}\n")
            return line.terminal.complete(typed)
        elif key != ERASE:
            self._record(name, f"{shown}{'' if key == 'Break' else f'^{key[-1]}'}\n")
            self._control(line, typed, key)
        return typed if key == HELP else ""

    def _control(self, line: TerminalLine, typed: str, key: str) -> None:
        if key == "Ctrl-Z":
            if typed:
                line.terminal.submit(typed)
                self._settle(line)
            line.terminal.end_configuration()
        elif key == "Break":
            line.terminal.send_break()
        else:
            line.terminal.interrupt()
        self._world.clock.settle()

    def _settle(self, line: TerminalLine) -> None:
        """Let what was typed come to its end; a boot that it began is waited for only when something is typed again."""
        self._world.clock.settle()
        self._world.clock.run_while(lambda: line.busy and line.phase is not line.phase.BOOTING)

    def names(self) -> Iterator[str]:
        """The routers and the clients."""
        yield from self._world.routers
        yield from self._clients


_TAB = f"<{TAB}>"
_ENDS = (HELP, _TAB, "<Ctrl-C>", "<Ctrl-Z>", f"<{ERASE}>", "<Break>")
"""A line that ends so is not ended by RETURN."""
