"""Lines typed at a router's console without a terminal: `isrtwin console -c`."""

from collections.abc import Callable

from emulator.console.line.phases import LinePhase, PromptKind
from emulator.console.line.terminal_line import TerminalLine
from emulator.grammar import HELP_KEY
from emulator.kernel.errors import Refused
from emulator.runtime.held_world import HeldWorld


def first_router(held: HeldWorld, wanted: str | None) -> str:
    """The router that is wanted, else the first of the rack.

    Raises:
        Refused: there is none.
        UnknownName: there is no such router.
    """
    if not held.world.routers:
        raise Refused("no router is racked in this world; rack one at the bench, or use --fresh")
    return held.world.router(wanted or min(held.world.routers)).name


class Script:
    """Types lines at privilege 15 on a booted router and prints what they print, nothing else.

    A question is printed with its answer, as on a terminal. A line is saved before its output is shown; one that ends
    in `?` asks for help.
    """

    def __init__(self, held: HeldWorld, name: str, show: Callable[[str], object]) -> None:
        self._held, self._name = held, name
        self._line, self._session = held.world.lines_of(name).console, held.world.lines_of(name).console.interpreter
        self._show = show

    def run(self, lines: list[str]) -> int:
        """Type them all; the status says whether each was understood and nothing is left unanswered.

        Raises:
            Refused: the router has no power, or the last line asked a question.
        """
        try:
            return self._type(lines)
        finally:
            self._held.save()

    def _type(self, lines: list[str]) -> int:
        line, terminal, understood = self._line, self._line.terminal, True
        terminal.prepare(messages=False)
        for text in lines:
            self._open()
            printed: list[str] = []
            terminal.output = printed.append
            if text.endswith(HELP_KEY) and line.prompt.kind is PromptKind.COMMAND:
                printed.append(self._session.help(text.removesuffix(HELP_KEY)))
            else:
                asked = line.prompt
                if asked.kind in {PromptKind.QUESTION, PromptKind.KEY}:
                    printed.append(f"{asked.text}{'' if asked.hidden else text}\n")
                terminal.submit(text)
                self._held.world.clock.settle()
                self._settle(line)
                understood = understood and self._session.understood
            terminal.output = None
            self._held.save()
            self._show("".join(printed))
        question = line.prompt
        if question.kind in {PromptKind.QUESTION, PromptKind.KEY}:
            terminal.interrupt()
            raise Refused(f"{self._name} was left with a question: {question.text.strip()}")
        return 0 if understood else 1

    def _open(self) -> None:
        """Come to a prompt at privilege 15, or to the question that the last line asked."""
        line = self._line
        self._held.world.clock.run_while(lambda: line.busy)
        if line.phase is LinePhase.DIALOG:
            line.terminal.submit("no")
            self._held.world.clock.run_while(lambda: line.busy)
        if line.prompt.kind is PromptKind.RETURN:
            line.terminal.prepare(messages=False)
        if line.place.misread:
            raise Refused(f"{line.place.misread}; at the bench: baud {self._name} {line.place.speed}")
        if line.phase is LinePhase.DARK:
            raise Refused(f"{self._name} has no power; at the bench: power {self._name} on")

    def _settle(self, line: TerminalLine) -> None:
        """Let a command run to its end; a boot that it began is waited for only when something is typed again."""
        self._held.world.clock.run_while(lambda: line.busy and line.phase is not LinePhase.BOOTING)
