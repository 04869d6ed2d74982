"""A router of a test's world, with a person at its console."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from emulator.console.line.phases import LinePhase, PromptKind
from emulator.console.line.terminal_line import TerminalLine
from emulator.kernel.errors import Refused
from emulator.kernel.time import parse_duration
from emulator.runtime.held_world import HeldWorld

Result = TypeVar("Result")


class Lab(Protocol):
    """The world that a router is in."""

    @property
    def held(self) -> HeldWorld:
        """The world as it is now; another one after a snapshot was gone back to."""

    def do(self, act: Callable[[], Result]) -> Result:
        """Do something with it, in its thread if it is served."""


class LabRouter:
    """Types at the console of one router and gives what is printed there."""

    def __init__(self, world: Lab, name: str) -> None:
        self._world, self.name = world, name
        self.screen = ""
        """All that was typed and printed at the console."""

    def type(self, *lines: str) -> str:
        """Type lines at the console, each once the router waits for one; gives what they print.

        A console that is closed is opened at privilege 15, without paging, once the router has booted.

        Raises:
            Refused: the router has no power.
        """
        return self._world.do(lambda: "".join(self._type(line) for line in lines))

    def wait(self) -> None:
        """Let time pass until the router has booted, and what was typed has come to its end.

        Raises:
            Refused: it has no power.
        """
        self._world.do(self._open)

    def begin(self, line: str, after: str) -> None:
        """Type a line, and stop while it is still under way.

        Args:
            line: what is typed.
            after: simulated time that it may go on, `500ms`; `0s`: none.

        Raises:
            Refused: it was through before, or `after` is no duration.
        """
        self._world.do(lambda: self._begin(line, after))

    # --- at the console ----------------------------------------------------------------------------------------

    @property
    def _console(self) -> TerminalLine:
        return self._world.held.world.lines_of(self.name).console

    def _run_while(self, busy: Callable[[], bool]) -> None:
        self._world.held.world.clock.run_while(busy)

    @contextmanager
    def _attended(self) -> Iterator[list[str]]:
        """Read what the console prints; nobody else can be there meanwhile.

        Raises:
            Refused: somebody is there.
        """
        terminal, printed = self._console.terminal, list[str]()
        if terminal.connected:
            raise Refused(f"somebody is at the console of {self.name}")

        def show(part: str) -> None:
            printed.append(part)
            self.screen += part

        terminal.output = show
        try:
            yield printed
        finally:
            terminal.output = None

    def _open(self) -> None:
        line = self._console
        with self._attended():
            self._run_while(lambda: line.busy)
            if line.phase is LinePhase.DIALOG:
                line.terminal.submit("no")
                self._run_while(lambda: line.busy)
        if line.phase is LinePhase.DARK:
            raise Refused(f"{self.name} has no power")
        if line.prompt.kind is PromptKind.RETURN:
            line.terminal.prepare(messages=True)

    def _type(self, text: str) -> str:
        self._open()
        line = self._console
        with self._attended() as printed:
            self._submit(text)
            self._run_while(lambda: line.busy and line.phase is not LinePhase.BOOTING)
        self._world.held.save()
        return "".join(printed)

    def _begin(self, text: str, after: str) -> None:
        self._open()
        try:
            duration = parse_duration(after)
        except ValueError as error:
            raise Refused(str(error)) from None
        with self._attended():
            self._submit(text)
            world = self._world.held.world
            if duration:
                world.clock.run_to(world.now + duration)
            if not self._console.busy:
                raise Refused(f"'{text}' was through before {after} had passed")

    def _submit(self, text: str) -> None:
        prompt = self._console.prompt
        self.screen += prompt.text + ("" if prompt.hidden else text) + "\n"
        self._console.terminal.submit(text)
        self._world.held.world.clock.settle()
