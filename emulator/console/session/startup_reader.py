"""Reading a configuration from a text: at boot, by a copy into the running configuration, and as a twin's.

At boot every line is carried out as if it were typed, with nobody there to ask; what a line asks for, as a banner
does, are the lines behind it. A line that the running level does not know is told on the console and dropped from the
running configuration; it stays in NVRAM until the next `write` (I).
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from emulator.console.configuration.difference import commands_between
from emulator.console.line.phases import Frame
from emulator.console.line.terminal_line import TerminalLine
from emulator.console.modes import CONFIG, EXEC, PRIVILEGED
from emulator.console.render.files.running_config import configuration_text
from emulator.console.session.session import Session
from emulator.grammar import Grammar, Invalid, Parsed, ParseOutcome
from emulator.kernel.effects import Ask, AskKey, Handler
from emulator.router.events import ConfigurationLineRejected

ABOUT = frozenset({"do", "end", "exit", "help"})
"""Words that move through the modes or run something else; in a file they configure nothing (I)."""


MOST_PASSES = 5


class Replacement(NamedTuple):
    """The outcome of a replacement: passes, and lines that were refused in the last of them."""

    passes: int
    refused: int


class ReadingSession(Session):
    """A session without a person, which reads a configuration."""

    interactive = False

    def misread(self, typed: str, outcome: ParseOutcome) -> None:
        """Report on the console that a line was not understood."""
        column = outcome.column if isinstance(outcome, Invalid) else 0
        self.router.tell(ConfigurationLineRejected, line=typed, column=column)


class LoadingSession(ReadingSession):
    """A session that makes the whole configuration of a text.

    C (procedures of password recovery): an interface of which the text says nothing is open after a boot, while a
    merge leaves it shut if it was, until `no shutdown` is typed.
    """

    loading = True


class StartupReader:
    """The reader of saved configurations, on the console's grammar. Implements `router.ports.ConfigurationReader`."""

    def __init__(self, grammar: Grammar, line: Callable[[str], TerminalLine]) -> None:
        self._grammar, self._line = grammar, line

    def read(self, router: str, text: str) -> None:
        """Apply every line that the router knows."""
        line = self._line(router)
        line.exec.privilege = PRIVILEGED
        line.exec.enter(CONFIG)
        carry_out(LoadingSession(line.router, line, self._grammar), text)

    def replace(self, router: str, text: str) -> None:
        """Make a text the whole running configuration."""
        line = self._line(router)
        replace_configuration(ReadingSession(line.router, line, self._grammar), text)


def replace_configuration(session: ReadingSession, text: str) -> Replacement:
    """Make a text the whole running configuration by what differs, in up to five passes (R)."""
    refused = 0
    for number in range(1, MOST_PASSES + 1):
        word = "no" if number == 1 else "default"
        typed = commands_between(configuration_text(session.router), text, word)
        if not typed:
            return Replacement(max(1, number - 1), 0)
        refused = merge_configuration(session, typed)
    return Replacement(MOST_PASSES, refused)


def merge_configuration(session: ReadingSession, text: str) -> int:
    """Apply a text while the line stays in its mode; returns the number of lines that were refused."""
    return len(merge_lines(session, text))


def merge_lines(session: ReadingSession, text: str) -> list[int]:
    """Apply a text as `merge_configuration` does; returns the numbers of the lines that were refused, from 1."""
    frames, privilege = session.exec.frames, session.exec.privilege
    session.exec.frames, session.exec.privilege = [Frame(EXEC), Frame(CONFIG)], PRIVILEGED
    try:
        return carry_out(session, text)
    finally:
        session.exec.frames, session.exec.privilege = frames, privilege


def carry_out(session: ReadingSession, text: str) -> list[int]:
    """Apply a text up to its `end`; a line that is not understood is reported on the console.

    Returns the numbers of those lines, from 1.
    """
    numbered, refused = enumerate(text.split("\n"), 1), list[int]()
    following = (raw for _, raw in numbered)
    commands = 0
    for number, raw in numbered:
        typed = raw.strip()
        if typed == "end":
            break
        if typed and not typed.startswith("!"):
            commands += 1
            if not _carry_out(session, typed, following):
                refused.append(number)
    session.router.running.commands_read = commands
    return refused


def _carry_out(session: ReadingSession, typed: str, following: Iterator[str]) -> bool:
    typed_in = session.exec.frames[-1]
    outcome = session.parse(session.exec.mode, typed)
    if not isinstance(outcome, Parsed):
        session.misread(typed, outcome)
        return False
    word = outcome.spelled.partition(" ")[0]
    if word not in ABOUT:
        answer(session.run(outcome, typed, typed_in), following)
    elif word != "exit":
        session.misread(typed, Invalid(0, 0))
        return False
    elif session.exec.mode != CONFIG:
        session.line.leave()
    return True


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
