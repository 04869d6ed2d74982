"""Reading a configuration from a text: at boot, by a copy into the running configuration, and as a twin's.

At boot every line is carried out as if it were typed, with nobody there to ask; what a line asks for, as a banner
does, are the lines behind it. A line that the running level does not know is told on the console and dropped from the
running configuration; it stays in NVRAM until the next `write` (I).
"""

from collections.abc import Callable, Iterator

from emulator.console.line.terminal_line import TerminalLine
from emulator.console.modes import CONFIG, PRIVILEGED
from emulator.console.session.session import Session
from emulator.grammar import Grammar, Invalid, Outcome, Parsed
from emulator.kernel.effects import Ask, AskKey, Handler
from emulator.router.events import ConfigurationLineRejected

ABOUT = frozenset({"do", "end", "exit", "help"})
"""Words that move through the modes or run something else; in a file they configure nothing (I)."""


class ReadingSession(Session):
    """A session without a person, which reads a configuration."""

    interactive = False

    def misread(self, typed: str, outcome: Outcome) -> None:
        """Report on the console that a line was not understood."""
        column = outcome.column if isinstance(outcome, Invalid) else 0
        self.router.tell(ConfigurationLineRejected, line=typed, column=column)


class StartupReader:
    """The reader of saved configurations, on the console's grammar. Implements `router.ports.ConfigurationReader`."""

    def __init__(self, grammar: Grammar, line: Callable[[str], TerminalLine]) -> None:
        self._grammar, self._line = grammar, line

    def read(self, router: str, text: str) -> None:
        """Apply every line that the router knows."""
        line = self._line(router)
        line.exec.privilege = PRIVILEGED
        line.exec.enter(CONFIG)
        carry_out(ReadingSession(line.router, line, self._grammar), text)


def carry_out(session: ReadingSession, text: str) -> None:
    """Apply a text up to its `end`; a line that is not understood is reported on the console."""
    lines = iter(text.split("\n"))
    for raw in lines:
        typed = raw.strip()
        if typed == "end":
            return
        if typed and not typed.startswith("!"):
            _carry_out(session, typed, lines)


def _carry_out(session: ReadingSession, typed: str, following: Iterator[str]) -> None:
    typed_in = session.exec.frames[-1]
    outcome = session.parse(session.exec.mode, typed)
    if not isinstance(outcome, Parsed):
        session.misread(typed, outcome)
        return
    word = outcome.spelled.partition(" ")[0]
    if word not in ABOUT:
        answer(session.run(outcome, typed, typed_in), following)
    elif word != "exit":
        session.misread(typed, Invalid(0, 0))
    elif session.exec.mode != CONFIG:
        session.line.leave()


def answer(handler: Handler | None, following: Iterator[str]) -> list[str]:
    """Run a command to its end, with the following lines as answers to its questions; returns the lines used."""
    taken: list[str] = []
    if handler is None:
        return taken
    reply: str | None = None
    try:
        while True:
            effect = handler.send(reply)
            reply = None
            if isinstance(effect, (Ask, AskKey)):
                reply = next(following, None)
                if reply is None:
                    handler.close()
                    return taken
                taken.append(reply)
    except StopIteration:
        return taken
